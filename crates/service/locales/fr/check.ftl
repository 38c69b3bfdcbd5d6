## Vérifier : check

check-title = La configuration est valable.
check-file = Configuration : { $value }
check-no-file = Configuration : aucune, il n’en faut pas pour importer et lire (cherchée dans : { $value })
check-data-dir = Dossier des relevés : { $value }
check-ledger = Base : { $value }
check-ledger-absent = Base : { $value } (pas encore créée)
check-language = Langue : { $value }
check-every = Rythme de « run » : toutes les { $value }
check-source = Source « { $name } » : { $facts }
check-no-source = Source : aucune. Les imports de fichiers marchent sans.
check-pace = { $calls ->
    [one] { $calls } appel par seconde au plus
   *[other] { $calls } appels par seconde au plus
    }
check-no-pace = sans limite de rythme
check-usage-point = Point de livraison : { $value }
check-prices = Prix : { $facts }
check-offer = offre { $value }
check-resale = revente { $value }
check-holidays = jours fériés { $value }
check-off-peak = heures creuses « { $value } »
check-offers = Fichier d’offres : { $value }
check-colours = Couleurs demandées : { $value }
check-pace-proxy = un appel toutes les 6 secondes
