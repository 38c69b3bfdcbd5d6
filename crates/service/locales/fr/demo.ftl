## La démonstration

demo-usage =
    Usage : ./demo [--once] [--data-dir DOSSIER] [--lang fr|en]

      --once       s’arrête après le résumé
      --data-dir   où laisser les données (par défaut : releve-demo)
demo-begin = Un foyer inventé, le { $day } : consommation, production et un second point de livraison.
demo-consent = Le boîtier affiche { $code } ; quelqu’un donne son accord à la passerelle puis chez Enedis.
demo-fetched = Trois ans récupérés par la passerelle auprès d’un Enedis simulé : { $calls } appels, { $rows } relevés, { $seconds } s.
demo-usage-point = Point
demo-direction = Sens
demo-intervals = Intervalles
demo-totals = Jours
demo-compared = Comparés
demo-unequal = Écarts
demo-exact = Chaque jour dont la courbe et le total sont connus : les deux sont égaux, au watt-minute près.
demo-different = Des jours diffèrent : la courbe n’est pas égale au total.
demo-where = Les données restent dans { $path } (à supprimer quand vous voulez).
demo-days = Les jours passent maintenant, un toutes les trois secondes ; Ctrl-C pour arrêter.
demo-awaited = attendu
