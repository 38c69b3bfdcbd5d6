# Textes de Relevé, français. Les noms vont par pièce : problem-…, show-…, status-…, help-…

yes = oui
no = non

## Configuration

config-kind-text = du texte
config-kind-integer = un nombre entier
config-kind-float = un nombre à virgule
config-kind-boolean = true ou false
config-kind-date = une date
config-kind-list = une liste
config-kind-table = une section
config-file-missing = ce fichier n’existe pas
config-file-missing-do = Créez-le avec « releve init », ou donnez le bon chemin avec --config.
config-file-not-a-file = ce n’est pas un fichier
config-file-not-a-file-do = Donnez le chemin du fichier releve.toml lui-même, pas celui de son dossier.
config-file-unreadable = ce fichier n’est pas lisible par cet utilisateur
config-file-unreadable-do = Vérifiez à qui il appartient avec « ls -l », ou lancez Relevé sous le bon utilisateur.
config-file-too-large = ce fichier dépasse 1 Mo : ce n’est pas une configuration
config-file-not-text = ce fichier n’est pas du texte en UTF-8
config-file-not-text-do = Enregistrez-le en UTF-8 dans votre éditeur.
config-not-toml = ce n’est pas du TOML valide
config-not-toml-do = Comparez cette ligne avec celles de releve.example.toml.
config-duplicate-key = cette clé est déjà donnée plus haut
config-duplicate-key-do = Gardez une seule des deux lignes.
config-unquoted = ce texte doit être entre guillemets
config-unquoted-do = Écrivez : clé = "texte" (seuls les nombres, true et false s’en passent).
config-backslash = entre guillemets doubles, « \ » commence un caractère spécial
config-backslash-do = Mettez ce texte entre apostrophes : clé = 'texte'
config-key = une clé n’a que des lettres sans accent, des chiffres, « - » et « _ »
config-one-a-line = il y a quelque chose de trop après cette valeur
config-one-a-line-do = Une ligne tient une clé et sa valeur ; ce qui suit doit commencer par #.
config-no-value = il manque « = » ou la valeur de cette clé
config-no-value-do = Écrivez : clé = "texte"
config-unclosed = un guillemet, un crochet ou une accolade n’est pas refermé
config-unknown-key = la clé « { $key } » n’existe pas ici
config-did-you-mean = Vouliez-vous écrire « { $nearest } » ?
config-known-keys = Clés possibles ici : { $known }.
config-missing-key = il manque « { $key } » dans la section « { $table } »
config-missing-key-do = Ajoutez une ligne « { $key } = … » à cette section.
config-wrong-kind = « { $key } » attend { $expected }, pas { $found }
config-wrong-kind-quote = Mettez la valeur entre guillemets : { $key } = "…"
config-wrong-kind-unquote = Écrivez la valeur sans guillemets.
config-wrong-kind-double = Il peut y en avoir plusieurs : écrivez [[{ $key }]], avec des crochets doubles.
config-wrong-kind-single = Il n’y en a qu’une : écrivez [{ $key }], avec des crochets simples.
config-choice = « { $key } » ne peut pas valoir « { $value } »
config-choice-do = Choisissez parmi : { $choices }.
config-out-of-range = « { $key } » doit être compris entre { $min } et { $max }
config-env-unknown = cette variable d’environnement ne correspond à aucun réglage ; elle est ignorée
config-env-not-text = la valeur de cette variable d’environnement n’est pas du texte en UTF-8
config-prm-length = un point de livraison (PRM) a 14 chiffres ; celui-ci en a { $found }
config-prm-length-do = Le numéro figure sur votre facture, ou sur le compteur : touche « + » jusqu’à « NUMERO DE PRM ».
config-prm-digit = un point de livraison (PRM) n’a que des chiffres ; celui-ci contient « { $found } »
config-prm-digit-do = Le numéro figure sur votre facture, ou sur le compteur : touche « + » jusqu’à « NUMERO DE PRM ».
config-prm-twice = le point de livraison { $prm } est donné deux fois
config-prm-twice-do = Supprimez une des deux sections [[usage_points]].
config-name = un nom a entre 1 et 60 caractères, sans caractère de contrôle
config-data-dir = ce chemin est vide
config-no-home = aucun dossier pour les données : ni HOME ni XDG_DATA_HOME n’est défini
config-no-home-do = Ajoutez une ligne data_dir = "/var/lib/releve" à la configuration, ou donnez --data-dir.
config-source-name = le nom de source « { $name } » n’est pas valable
config-source-name-do = Prenez des lettres minuscules sans accent, des chiffres, « - » et « _ », 40 au plus.
config-url = ce n’est pas une adresse web
config-url-do = Une adresse ressemble à : https://gw.ext.prod.api.enedis.fr
config-url-https = cette adresse n’est pas chiffrée : votre secret y circulerait en clair
config-url-https-do = Écrivez https:// ; http:// n’est permis que vers cette machine (localhost, 127.0.0.1, ::1).
config-url-parts = cette adresse ne doit contenir ni identifiant, ni mot de passe, ni « ? », ni « # »
config-url-parts-do = Gardez le début : https://, l’hôte et, s’il le faut, le port et le chemin.
config-client-id = cet identifiant est vide ou contient un caractère impossible
config-client-id-do = Recopiez l’identifiant (« client id ») de votre application, sur le site DataHub d’Enedis.
config-secret-missing = il manque le secret de la source « { $source } »
config-secret-missing-do = Ajoutez client_secret_file = "/chemin/du/fichier", ou définissez { $variable }.
config-secret-twice = le secret de la source « { $source } » est donné deux fois
config-secret-twice-do = Gardez client_secret ou client_secret_file, pas les deux.
config-secret-empty = ce secret est vide ou contient un caractère de contrôle
config-secret-empty-do = Recopiez le secret (« client secret ») de votre application, sur le site DataHub d’Enedis.
config-secret-exposed = ce fichier contient un secret et tout le monde sur la machine peut le lire
config-secret-exposed-do = Lancez : chmod 600 { $path }
config-secret-file-missing = le fichier de secret { $path } n’existe pas
config-secret-file-missing-do = Créez-le avec le secret pour seul contenu, ou corrigez le chemin (relatif : compté depuis le dossier de la configuration).
config-secret-file-not-a-file = { $path } est un dossier ou un périphérique, pas un fichier
config-secret-file-not-a-file-do = Donnez le chemin d’un fichier dont le secret est le seul contenu. Avec Docker, un dossier apparaît ici quand le fichier monté n’existait pas.
config-secret-file-unreadable = le fichier de secret { $path } n’est pas lisible par cet utilisateur
config-secret-file-unreadable-do = Donnez-le à l’utilisateur qui lance Relevé : chown UTILISATEUR { $path }
config-secret-file-open = tout le monde sur la machine peut lire le fichier de secret { $path }
config-secret-file-open-do = Lancez : chmod 600 { $path } (conteneur : donnez au secret le mode 0400).
config-secret-file-empty = le fichier de secret { $path } est vide
config-secret-file-empty-do = Écrivez-y le secret, sur une seule ligne.
config-secret-file-not-a-line = le fichier de secret { $path } n’est pas une ligne de texte
config-secret-file-not-a-line-do = Il ne doit contenir que le secret, sur une seule ligne, en UTF-8.
config-token-missing = la source « { $source } » n’a pas de jeton pour tous ses points de livraison
config-token-missing-do = Ajoutez token_file = "/chemin/du/fichier" à cette section ou à celle de chaque point, ou définissez { $variable }. Le jeton s’obtient sur le site de la passerelle.
config-token-twice = le jeton de « { $source } » est donné deux fois
config-token-twice-do = Gardez token ou token_file, pas les deux.
config-token-empty = ce jeton est vide ou contient un caractère de contrôle
config-token-empty-do = Recopiez-le depuis le site de la passerelle, sur une seule ligne.
config-token-idle = ce point de livraison a un jeton, mais la source « { $source } » n’en demande pas
config-token-idle-do = Retirez le jeton, ou nommez une passerelle : source = "…".
config-source-unknown = aucune source ne s’appelle « { $source } »
config-source-unknown-do = Donnez le nom d’une section [sources.…], ou retirez cette ligne : la première source est alors interrogée.
config-pacing = le rythme des appels ne peut être libre que vers cette machine
config-pacing-do = Supprimez pacing = false : Enedis n’admet que 5 appels par seconde.
config-every = « { $value } » n’est pas une durée
config-every-do = Écrivez par exemple "30min", "1h" ou "1h 30min".
config-every-range = cette durée doit être comprise entre 1 minute et 24 heures

## Problèmes : ce qu’Enedis répond, ce que cela veut dire, que faire

problem-no-data = Enedis n’a pas de mesure pour cette période.
problem-no-data-advice = Rien à faire : les mesures d’hier arrivent dans la journée, parfois quelques jours plus tard. Relevé redemandera ; ce qui n’est pas venu après plusieurs jours ne viendra sans doute plus.
problem-wrong-direction = Ce point de livraison n’a pas de mesures dans ce sens : il ne produit pas, ou ne consomme pas.
problem-wrong-direction-advice = Si vous avez des panneaux solaires, vérifiez que votre contrat d’injection est en service. Sinon, il n’y a rien à faire : Relevé ne redemande ce sens qu’une fois par mois.
problem-before-activation = La période demandée est antérieure à la dernière mise en service du point de livraison.
problem-before-activation-advice = Rien à faire : l’historique commence à cette mise en service.
problem-beyond-history = La période demandée est plus ancienne que l’historique conservé par Enedis.
problem-beyond-history-advice = Enedis garde environ deux ans de courbe et trois ans de totaux. Plus loin, importez un fichier que vous aviez téléchargé.
problem-before-consent = La période demandée commence avant votre autorisation.
problem-before-consent-advice = Renouvelez votre autorisation, puis relancez : Enedis sert d’ordinaire aussi les mesures antérieures.
problem-curve-not-activated = L’enregistrement de la courbe de charge n’est pas activé sur ce compteur.
problem-curve-not-activated-advice = Dans votre compte Enedis, ouvrez « Gérer l’accès à mes données » et cochez les cases « enregistrement » et « collecte » de la consommation horaire. Comptez deux jours ; les totaux par jour restent disponibles.
problem-not-holder = La personne qui a donné l’autorisation n’est plus titulaire de ce point de livraison, ou Enedis a perdu l’autorisation.
problem-not-holder-advice = Après un déménagement ou un changement de titulaire, le nouveau titulaire doit donner une nouvelle autorisation. Sinon, redonnez la vôtre ; vérifiez-la dans votre compte Enedis, page « Gérer l’accès à mes données ».
problem-no-consent = Enedis ne trouve pas d’autorisation pour ce point de livraison : elle a expiré, a été retirée ou n’a jamais été donnée.
problem-no-consent-advice = Donnez une nouvelle autorisation. Vos autorisations se lisent dans votre compte Enedis, page « Gérer l’accès à mes données ».
problem-consent-in-doubt = Enedis a refusé l’accès sans dire clairement pourquoi.
problem-consent-in-doubt-advice = Relevé réessaiera : un incident chez Enedis donne souvent cette réponse. Si cela dure plus de deux jours, vérifiez votre autorisation dans votre compte Enedis, page « Gérer l’accès à mes données ».
problem-token-expired = Enedis a refusé le jeton de l’application, même renouvelé.
problem-token-expired-advice = Relevé réessaiera. Si cela dure, vérifiez sur le site DataHub d’Enedis que votre application est toujours active.
problem-bad-credentials = Enedis a refusé l’identifiant ou le secret de l’application.
problem-bad-credentials-advice = Recopiez l’identifiant (« client id ») et le secret (« client secret ») de votre application depuis le site DataHub d’Enedis, puis relancez.
problem-token-refused = Le service a refusé votre jeton : il est faux, périmé, ou ne vaut pas pour ce point de livraison.
problem-token-refused-advice = Demandez un nouveau jeton sur le site du service, avec ce point de livraison, et remplacez l’ancien dans la configuration.
problem-gateway-outage = La passerelle est en panne ou ne joint pas Enedis (réponse { $said }).
problem-gateway-outage-advice = Rien à faire : Relevé réessaiera, et rien de ce qui est déjà enregistré n’est perdu.
problem-address-blocked = La passerelle vous a banni, ou son pare-feu refuse votre adresse Internet.
problem-address-blocked-advice = Trop d’appels en sont partis, les vôtres ou ceux d’une autre installation qui la partage. Arrêtez les autres logiciels qui interrogent la même passerelle ; Relevé réessaiera dans 24 heures.
problem-quota-daily = Les appels que la passerelle admet par jour pour ce point de livraison sont épuisés.
problem-quota-daily-advice = Rien à faire : Relevé attend et reprendra demain.
problem-quota-own = Relevé s’arrête avant la limite d’appels de la passerelle.
problem-quota-own-advice = Rien à faire : Relevé attend et reprendra, au plus tard demain.
problem-api-not-subscribed = L’application n’est pas abonnée à cette API d’Enedis ; votre autorisation n’est pas en cause.
problem-api-not-subscribed-advice = Sur le site DataHub d’Enedis, abonnez l’application à cette API. Le reste continue de fonctionner.
problem-bad-request = La demande était incorrecte : { $what }.
problem-bad-request-advice = C’est une erreur de Relevé, pas la vôtre : signalez-la avec le journal de cette demande.
problem-request-usage-point = le point de livraison (PRM) manque ou n’a pas 14 chiffres
problem-request-dates = une date manque ou est mal écrite
problem-request-order = la période est vide ou finit avant de commencer
problem-request-future = la période finit dans le futur
problem-request-parameter = il manque un paramètre
problem-request-not-offered = cette génération de l’API n’offre pas cette mesure
problem-request-unsaid = Enedis ne dit pas en quoi
problem-window-too-long = La période demandée est trop longue pour un seul appel.
problem-window-too-long-advice = C’est une erreur de Relevé, pas la vôtre : signalez-la. Enedis donne au plus 7 jours de courbe par appel.
problem-quota = L’application a fait trop d’appels à Enedis.
problem-quota-advice = Rien à faire : Relevé attend et reprendra, au plus tard après l’heure pleine.
problem-quota-until-day-advice = Rien à faire : Relevé attend jusqu’au { $day }/{ $month }/{ $year } à { $time } (heure de Paris) et reprendra.
problem-quota-until-advice = Rien à faire : Relevé attend jusqu’à { $time } (heure de Paris) et reprendra.
problem-outage = Enedis est en panne (réponse { $said }).
problem-outage-advice = Rien à faire : Relevé réessaiera, et rien de ce qui est déjà enregistré n’est perdu.
problem-malformed = La réponse d’Enedis est illisible (détail technique : { $detail }).
problem-malformed-advice = Relevé réessaiera et n’a rien gardé de cette réponse. Si cela dure, signalez-le : l’API a peut-être changé.
problem-wrong-usage-point = Enedis a répondu pour un autre point de livraison ; rien n’a été gardé.
problem-wrong-usage-point-advice = Relevé réessaiera. Si cela se répète, vérifiez le numéro (PRM) dans la configuration, puis signalez-le à Enedis.
problem-services-absent = Aucun service n’est ouvert sur ce point de livraison.
problem-services-absent-advice = Juste après l’autorisation, attendez quelques minutes et relancez. Sinon, redonnez votre autorisation et vérifiez dans votre compte Enedis, page « Gérer l’accès à mes données », que la « collecte » et l’« enregistrement » sont cochés.
problem-no-such-resource = Enedis ne sert rien à cette adresse : cette génération de l’API a peut-être été retirée.
problem-no-such-resource-advice = Dans la configuration, vérifiez l’adresse et passez à la génération « 2026 ».
problem-unreachable = Pas de réponse d’Enedis : { $what }.
problem-unreachable-advice = Vérifiez l’accès à Internet de cette machine. Relevé réessaiera.
problem-network-timeout = rien n’est arrivé à temps
problem-network-connect = la connexion n’a pas pu s’établir
problem-network-too-large = la réponse est démesurée
problem-network-redirected = la réponse renvoie vers un autre serveur
problem-network-broke-off = la réponse s’est interrompue
problem-network-other = la demande n’a pas pu partir
problem-access-denied = L’autorisation a été refusée sur la page d’Enedis.
problem-access-denied-advice = Si c’était une erreur, recommencez et acceptez. Sans autorisation, Enedis ne donne aucune mesure.
problem-consent-unfinished = La page d’Enedis n’a pas pu terminer la demande d’autorisation.
problem-consent-unfinished-advice = Recommencez un peu plus tard, connecté au compte Enedis du titulaire, après avoir accepté les conditions d’utilisation.
problem-bad-duration = Enedis a refusé la durée d’autorisation demandée.
problem-bad-duration-advice = Choisissez une durée en jours, semaines, mois ou années, de trois ans au plus (par exemple P3Y).

## Première configuration

init-intro = Quelques questions, puis { $path } est écrit. Ctrl+D abandonne sans rien écrire.
init-prm = Point de livraison (PRM), 14 chiffres
init-prm-more = Un autre point de livraison (Entrée : non)
init-twice-do = Donnez-en un autre, ou appuyez sur Entrée pour continuer.
init-name = Son nom, par exemple Maison (Entrée : aucun)
init-client-id = Identifiant (« client id ») de votre application Enedis (Entrée : aucune, import de fichiers seulement)
init-generation = Génération de l’API Data Connect, 2026 ou v5 (Entrée : 2026)
init-generation-wrong = La génération est 2026 ou v5.
init-secret-where = Secret de l’application : 1 pour le taper, 2 pour indiquer un fichier qui le contient
init-secret-where-wrong = Répondez 1 ou 2.
init-secret = Secret
init-secret-hidden = Secret (il ne s’affiche pas)
init-secret-file = Chemin du fichier
init-secret-file-wrong = Ce chemin est vide.
init-secret-file-later = Ce chemin est noté quand même ; à régler avant la première collecte.
init-written = { $path } est écrit ; vous seul pouvez le lire.
init-next = La suite : « releve check » vérifie, « releve sync » collecte.
init-next-import = La suite : « releve import FICHIER » lit un fichier téléchargé chez Enedis.
init-exists = { $path } existe déjà ; il n’est pas modifié
init-exists-do = Modifiez-le avec votre éditeur, ou déplacez-le d’abord.
init-ended = dialogue interrompu : rien n’est écrit
init-unwritable = { $path } ne peut pas être écrit ({ $why })
init-unwritable-do = Vérifiez les droits de ce dossier et la place sur le disque.
init-terminal = le terminal ne répond plus ({ $why }) : rien n’est écrit
init-file-head =
    Configuration de Relevé, écrite par « releve init ».
    Après une modification : releve check
    Ce fichier peut contenir un secret : gardez-le en mode 0600.
init-file-language = Langue des messages : fr ou en.
init-file-data-dir = Dossier des relevés ; sans cette ligne : ~/.local/share/releve
init-file-no-source = Aucune source : seuls les fichiers importés. Pour collecter chez Enedis, avec votre propre application :
init-file-source = L’API Data Connect d’Enedis, avec votre propre application.
init-file-generation = Génération de l’API : "2026" (l’actuelle) ou "v5" (la précédente).
init-file-client-id = Identifiant et secret de l’application, sur le site DataHub d’Enedis.
init-file-usage-points = Un point de livraison (PRM) par section [[usage_points]].
init-file-schedule = Fréquence à laquelle « releve run » regarde s’il y a quelque chose à collecter.

## La démonstration

demo-usage =
    Usage : ./demo [--once] [--data-dir DOSSIER] [--lang fr|en]

      --once       s’arrête après le résumé
      --data-dir   où laisser les données (par défaut : releve-demo)
demo-begin = Un foyer inventé, le { $day } : consommation, production et un second point de livraison.
demo-fetched = Trois ans récupérés auprès d’un Enedis simulé : { $calls } appels, { $rows } relevés, { $seconds } s.
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

## Importer et récupérer : messages des commandes import, sync et run

error-import-other-consumption = { $path } : ce fichier contient la consommation, pas l’autre sens.
error-import-other-production = { $path } : ce fichier contient la production, pas l’autre sens.
error-import-other-direction-do = Retirez --direction : le fichier dit lui-même son sens.
import-ask-point = { $file } ne donne pas un point de livraison complet (« { $found } »). Point de livraison (14 chiffres) :
import-ask-again = Un point de livraison a 14 chiffres.
import-file = { $file } : point { $prm }, { $direction }
import-points =
    { $points ->
        [one] { $points } relevé
       *[other] { $points } relevés
    }, { $written ->
        [one] { $written } nouveau
       *[other] { $written } nouveaux
    }, { $revised ->
        [one] { $revised } corrigé
       *[other] { $revised } corrigés
    }, { $energy }
import-days =
    { $complete ->
        [one] { $complete } jour complet
       *[other] { $complete } jours complets
    }, { $partial ->
        [one] { $partial } jour partiel
       *[other] { $partial } jours partiels
    }, du { $from } au { $to }
import-duplicates =
    { $count ->
        [one] { $count } ligne en double, comptée une seule fois
       *[other] { $count } lignes en double, comptées une seule fois
    }
import-empty-values =
    { $count ->
        [one] { $count } ligne sans valeur
       *[other] { $count } lignes sans valeur
    }
import-unplaced = Ligne { $line } : { $reason }
import-unplaced-unknown-step = isolée, rien ne dit la durée de son intervalle ; non gardée
import-unplaced-conflict = deux valeurs pour le même instant ; aucune n’est gardée
import-unplaced-more =
    { $count ->
        [one] … et { $count } autre ligne non gardée
       *[other] … et { $count } autres lignes non gardées
    }
import-out-of-order = Les lignes n’étaient pas dans l’ordre : elles ont été rangées par instant.
import-hole = Manque du { $from } au { $to }
import-holes-more =
    { $count ->
        [one] … et { $count } autre trou (liste complète : --json)
       *[other] … et { $count } autres trous (liste complète : --json)
    }
import-nothing = Rien de nouveau : tout était déjà là.
import-unplaced-midnight = relevé loin de minuit, aucun jour ne commence là ; non gardé
import-index =
    { $readings ->
        [one] { $readings } relevé d’index
       *[other] { $readings } relevés d’index
    }, { $written ->
        [one] { $written } valeur nouvelle
       *[other] { $written } valeurs nouvelles
    }, { $revised ->
        [one] { $revised } corrigée
       *[other] { $revised } corrigées
    }
import-index-days =
    { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    }, du { $from } au { $to } ; { $energy } entre le premier et le dernier relevé
import-index-days-reset =
    { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    }, du { $from } au { $to } ; le total recule : le compteur a été changé ou remis à zéro
import-index-calendar = Calendrier { $id } ({ $label }) : { $classes }
import-unbalanced = Ligne { $line } : la somme des classes n’est pas le total ; gardée telle quelle
import-unbalanced-more =
    { $count ->
        [one] … et { $count } autre ligne dont les classes ne font pas le total
       *[other] … et { $count } autres lignes dont les classes ne font pas le total
    }
sync-no-source = aucune source n’est configurée : il n’y a personne à interroger
sync-no-source-do = Ajoutez une section [sources.…] (voir releve.example.toml), ou importez un fichier : releve import FICHIER.
sync-no-points = aucun point de livraison n’est configuré
sync-no-points-do = Ajoutez [[usage_points]] avec votre numéro de 14 chiffres (sur la facture ou le compteur), ou lancez releve init.
sync-unknown-point = le point { $prm } n’est pas dans la configuration
sync-unknown-point-do = Ajoutez-le sous [[usage_points]], ou corrigez le numéro.
sync-done =
    { $calls ->
        [one] { $calls } appel
       *[other] { $calls } appels
    }, { $written ->
        [one] { $written } relevé nouveau
       *[other] { $written } relevés nouveaux
    }, { $revised ->
        [one] { $revised } corrigé
       *[other] { $revised } corrigés
    }.
sync-up-to-date = À jour : rien à demander maintenant.
sync-problem = { $who } – { $what }
sync-progress = { $point } { $kind } { $from } → { $to }
run-begin = Relevé collecte ; il vérifie toutes les { $every } minutes. Ctrl-C pour arrêter.
run-end = Arrêt demandé : tout ce qui est arrivé est gardé.
direction-consumption = consommation
direction-production = production
kind-curve = courbe
kind-daily = énergie quotidienne
kind-maximum = puissance maximale
kind-index = index

## Ligne de commande

cli-about = Relevé garde chez vous, exactement, ce que votre compteur communicant a enregistré.
cli-heading-usage = Utilisation :
cli-heading-commands = Commandes 
cli-heading-options = Options 
cli-heading-arguments = Arguments 
cli-heading-global = Options communes 
cli-value-command = COMMANDE
cli-value-path = CHEMIN
cli-value-file = FICHIER
cli-value-date = DATE
cli-value-prm = PRM
cli-value-word = MOT
cli-help = Affiche cette aide
cli-version = Affiche la version
cli-config = Fichier de configuration
cli-data-dir = Dossier des relevés, à la place de celui de la configuration
cli-lang = Langue
cli-json = Donne les résultats en JSON (schémas : docs/schema)
cli-log = Ce qui est journalisé : les erreurs, l’essentiel ou chaque étape
cli-quiet = Ne dit que l’important
cli-init = Écrit une première configuration, en quelques questions
cli-init-force = Remplace une configuration qui existe déjà
cli-sync = Demande une fois à Enedis tout ce qui manque
cli-run = Demande régulièrement ce qui manque, jusqu’à l’arrêt
cli-import = Lit des fichiers téléchargés sur le site d’Enedis
cli-import-files = Les fichiers à lire
cli-show = Montre un jour, une semaine, un mois, une année ou les puissances maximales
cli-show-what = Un jour, une semaine, un mois, une année, ou les puissances maximales
cli-show-date = 2026-11-20, 20/11/2026, hier, 2026-11 ou 2026 ; sinon, ce qui est gardé de plus récent
cli-status = Dit ce qui est gardé, ce qui manque, et pourquoi
cli-export = Écrit les relevés en CSV ou en JSON
cli-export-format = Le format
cli-export-kind = La courbe, l’énergie des jours, leur puissance maximale, les index, ou l’état de chaque jour
cli-export-from = Premier jour (ou mois, ou année)
cli-export-to = Dernier jour (ou mois, ou année), compris
cli-export-output = Fichier à écrire ; sinon, la sortie standard
cli-export-force = Remplace un fichier qui existe déjà
cli-exported = { $rows } lignes écrites dans { $path }
cli-check = Vérifie la configuration et dit où sont les choses
cli-completions = Écrit de quoi compléter les commandes dans un shell
cli-completions-shell = Le shell
cli-usage-point = Point de livraison (PRM), 14 chiffres
cli-direction = Consommation ou production
cli-examples =
    Exemples :
      releve init
      releve sync
      releve import courbe.csv
      releve show day hier
      releve status
    
    Codes de sortie : 0 tout va bien, 2 commande, 3 configuration, 4 données,
    5 source, 6 base occupée.
cli-init-examples =
    Exemples :
      releve init
      releve --config ./releve.toml init
cli-sync-examples =
    Exemples :
      releve sync
      releve sync --usage-point 22516914714270
cli-import-examples =
    Exemples :
      releve import Enedis_Conso_Heure_*.csv
      releve import --usage-point 22516914714270 courbe.csv
cli-show-examples =
    Exemples :
      releve show day hier
      releve show week 20/11/2026
      releve show month 2026-11 --direction production
      releve show year 2026
      releve show max 2026-01
cli-status-examples =
    Exemples :
      releve status
      releve status --json
cli-export-examples =
    Exemples :
      releve export csv --kind curve --usage-point 22516914714270 --output courbe.csv
      releve export csv --kind daily --usage-point 22516914714270 --from 2025 --to 2025
      releve export json --kind days --usage-point 22516914714270
cli-completions-examples =
    Exemple :
      releve completions bash > ~/.local/share/bash-completion/completions/releve

## Montrer : show

show-consumption = consommation
show-production = production
show-weekdays = lundi,mardi,mercredi,jeudi,vendredi,samedi,dimanche
show-weekdays-short = lun.,mar.,mer.,jeu.,ven.,sam.,dim.
show-months = janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre
show-months-short = janv.,févr.,mars,avr.,mai,juin,juil.,août,sept.,oct.,nov.,déc.
show-instant = { $day } à { $time }
show-summer = heure d’été
show-winter = heure d’hiver
show-summer-short = été
show-winter-short = hiver
show-hour = Heure
show-hour-of = { $hour } h
show-short-day = Jour de 23 heures : à 2 h, il est aussitôt 3 h.
show-long-day = Jour de 25 heures : l’heure de 2 h à 3 h passe deux fois, d’abord en heure d’été, puis en heure d’hiver.
show-table-caption = Puissance moyenne de chaque intervalle en W, énergie de chaque ligne en Wh
show-energy = Énergie du jour selon Enedis
show-curve-sum = Somme de la courbe
show-difference = Écart, Enedis moins courbe
show-curve = Courbe
show-curve-complete = complète, { $points } points
show-curve-partial = partielle, { $points } points, il manque { $missing }
show-no-curve = Pas de courbe ce jour-là : { $state }.
show-hole = Manque : de { $from } à { $to }
show-more-holes = { $count ->
    [one] … et un autre trou
   *[other] … et { $count } autres trous
    }
show-state-complete = complet
show-state-partial = partiel
show-state-awaited = attendu
show-state-absent-at-source = absent chez Enedis
show-state-refused = refusé
show-state-before-activation = avant la mise en service
show-state-beyond-history = plus ancien que ce qu’Enedis garde
show-state-never = jamais demandé
show-to-come = à venir
show-week-of = semaine du { $first } au { $last }
show-column-energy = Enedis, kWh
show-column-curve = courbe, kWh
show-curve-holes = trous dans la courbe
show-differs = écart { $difference }
show-not-compared = non comparé, il manque des jours
show-days-of = { $held ->
    [one] { $held } jour sur { $days }
   *[other] { $held } jours sur { $days }
    }
show-total = Total Enedis : { $energy } ({ $held })
show-total-partial = Total PARTIEL : { $energy } ({ $held }). Rien n’est estimé pour les autres.
show-missing = { $missing ->
    [one] { $missing } jour manque.
   *[other] { $missing } jours manquent.
    }
show-missing-to-come = { $to_come ->
    [one] { $to_come } jour est à venir.
   *[other] { $to_come } jours sont à venir.
    }
show-total-so-far = Total À CE JOUR : { $energy } ({ $held }). Le reste est à venir ; rien n’est estimé.
show-no-total = Aucune énergie quotidienne d’Enedis n’est gardée pour cette période.
show-curve-total = Somme de la courbe : { $energy } (jours complets : { $held } sur { $days })
show-source-total = Total de la source « { $source } » : { $energy } ({ $compared })
show-max-title = puissances maximales du { $first } au { $last }
show-subscribed = Puissance souscrite : { $power }
show-no-maximum = Aucune puissance maximale n’est gardée pour cette période.
show-phase = phase
show-ambiguous = heure ambiguë
show-ambiguous-note = Heure ambiguë : cette heure passe deux fois ce jour-là, et rien ne dit si c’est en été ou en hiver.
show-above = dépasse la souscription
show-highest = Le plus haut : { $power }, { $day }.

## État : status

status-title = État au { $now }
status-place = Relevés : { $path } ({ $size } Mo)
status-no-ledger = Relevés : { $path } (rien encore)
status-writer = Écriture en cours : releve { $command } (processus { $pid })
status-pause = La source « { $source } » est laissée en paix jusqu’au { $until }.
status-contract = Contrat : { $facts }
status-power = { $power } souscrits
status-consumption-since = consommation depuis le { $day }
status-production-since = production depuis le { $day }
status-contract-problem = Le contrat n’a pas pu être lu.
status-no-series = rien n’est encore gardé
status-nothing = Rien n’est encore gardé. Lancez « releve import FICHIER » avec un fichier téléchargé sur le site d’Enedis, ou « releve init » puis « releve sync ».
status-first = du
status-last = au
status-complete = complets
status-partial = partiels
status-awaited = attendus
status-missing = manquants
status-kind-curve = courbe
status-kind-daily = énergie
status-kind-maximum = maximum
status-kind-index = index
status-problem-of = { $series } :
status-since = (depuis le { $at })
status-unknown-problem = Un problème que cette version ne connaît pas : { $code }.
status-refused = { $days ->
    [one] Un jour est refusé par la source.
   *[other] { $days } jours sont refusés par la source.
    }
status-never-asked = { $days ->
    [one] Un jour entre le premier et le dernier n’a jamais été demandé.
   *[other] { $days } jours entre le premier et le dernier n’ont jamais été demandés.
    }
status-next-call = Prochaine demande d’un jour incomplet : { $at }

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

## Erreurs de la ligne de commande, des fichiers et de la base

error-line = erreur : { $message }
error-output = le résultat n’a pas pu être écrit : { $cause }
error-file = { $path } : { $cause }
error-usage-unknown = l’option « { $arg } » n’existe pas
error-usage-command = la commande « { $name } » n’existe pas
error-usage-no-command = il manque une commande
error-usage-missing = il manque { $arg }
error-usage-no-value = il manque la valeur de { $arg }
error-usage-value = { $arg } ne peut pas valoir « { $value } » ; au choix : { $choices }
error-usage-conflict = { $arg } ne va pas avec { $other }
error-usage-utf8 = un argument n’est pas du texte en UTF-8
error-usage-other = cette ligne de commande n’est pas complète ou pas claire
error-usage-help = Voir : { $command }
error-usage-nearest = Vouliez-vous écrire « { $nearest } » ? Voir : { $command }
error-date = « { $text } » n’est pas une date
error-date-do = Écrivez 2026-11-20, 20/11/2026, hier, 2026-11 (un mois) ou 2026 (une année).
error-date-too-long = cette date est plus longue que la période à montrer
error-date-too-long-do = Donnez un jour pour « day » et « week », un jour ou un mois pour « month ».
error-prm-length = un point de livraison (PRM) a 14 chiffres ; celui-ci en a { $found }
error-prm-digit = un point de livraison (PRM) n’a que des chiffres ; celui-ci contient « { $found } »
error-prm-do = Le numéro figure sur votre facture, ou sur le compteur : touche « + » jusqu’à « NUMERO DE PRM ».
error-no-readings = rien de cela n’est encore gardé
error-no-readings-of = rien de cela n’est gardé pour le point { $prm }
error-no-readings-do = « releve status » dit ce qui est gardé.
error-no-config-place = aucun endroit où écrire la configuration : HOME n’est pas défini
error-no-config-place-do = Donnez un chemin avec --config.
error-export-exists = { $path } existe déjà ; rien n’a été écrit
error-export-exists-do = Choisissez un autre nom, ou ajoutez --force pour le remplacer.
error-export-order = --to vient avant --from
error-ledger-absent = rien n’est encore gardé ici : { $path }
error-ledger-absent-do = Lancez « releve import FICHIER » ou « releve sync », ou donnez le bon dossier avec --data-dir.
error-ledger-older = cette base vient d’une version plus ancienne et doit d’abord être mise à jour : { $path }
error-ledger-older-do = Lancez « releve sync » ou « releve import FICHIER » : la mise à jour se fait alors, sans rien perdre.
error-ledger-newer = { $path } vient d’une version plus récente de Relevé (schéma { $found }, celle-ci connaît { $known }) ; rien n’y a été changé
error-ledger-newer-do = Mettez Relevé à jour.
error-ledger-foreign = { $path } n’est pas une base de Relevé ; rien n’y a été changé
error-ledger-foreign-do = Donnez un autre dossier avec --data-dir, ou déplacez ce fichier.
error-ledger-busy = un autre processus écrit déjà : releve { $command } (processus { $pid })
error-ledger-busy-do = Attendez qu’il finisse, ou arrêtez-le. « status », « show » et « export » marchent pendant ce temps.
error-ledger-full = le disque est plein ; ce qui était gardé l’est toujours
error-ledger-full-do = Libérez de la place, puis relancez : rien n’est à refaire.
error-ledger-disk = le disque refuse de lire ou d’écrire la base : { $cause } ; ce qui était gardé l’est toujours
error-ledger-disk-do = Vérifiez les droits, la place, les quotas et l’état du disque, puis relancez : rien n’est à refaire.
error-ledger-damaged = la base ne peut pas être lue ou écrite : { $cause }
error-ledger-damaged-do = Si cela dure, mettez le fichier de côté et restaurez une copie.
error-ledger-row = la base contient ce que cette version ne sait pas lire : { $cause }
error-ledger-row-do = Mettez Relevé à jour ; si cela reste, signalez-le.
error-ledger-closed = la base a été fermée pendant le travail
error-import-folder = { $path } est un dossier
error-import-folder-do = Donnez les fichiers qu’il contient, par exemple dossier/*.csv.
error-import-binary = { $path } n’est pas un fichier de texte
error-import-too-large = { $path } dépasse { $limit } Mo : ce n’est pas un export d’Enedis
error-import-empty = { $path } est vide
error-import-again-do = Rien n’a été gardé de ce fichier. Téléchargez-le à nouveau.
error-import-format = { $path } n’est pas une courbe de charge exportée par Enedis ; il commence par « { $found } »
error-import-format-do = Prenez l’export CSV « courbe de charge » (puissances atteintes par pas) ou « index » de votre compte Enedis.
error-import-other-data = { $path } contient « { $found } », ni courbe de charge ni index
error-import-truncated = { $path } est coupé à la ligne { $line }
error-import-stamp = { $path }, ligne { $line } : « { $found } » n’est pas une date et une heure
error-import-value = { $path }, ligne { $line } : « { $found } » n’est pas une puissance en W
error-import-other-point = { $path } concerne le point { $found }, pas { $wanted }
error-import-other-point-do = Retirez --usage-point : le fichier dit lui-même son point de livraison.
error-import-which-point = { $path } ne dit pas en entier son point de livraison (« { $found } »)
error-import-which-point-do = Ajoutez --usage-point avec ses 14 chiffres.

## Heures creuses : off-peak

cli-off-peak = Explique une expression d’heures creuses, ou l’interroge
cli-off-peak-explain = Dessine la semaine qu’une expression décrit
cli-off-peak-at = Dit si des instants sont en heures creuses, une réponse par ligne
cli-off-peak-expression = L’expression, par exemple « 2h00-7h00 13h00-16h00 »
cli-off-peak-instants = Instants locaux ou UTC ; sinon, un par ligne de l’entrée standard
cli-off-peak-holidays = Zone des jours fériés : mainland (par défaut), alsace-moselle, reunion…
cli-value-expression = EXPRESSION
cli-value-instant = INSTANT
cli-value-zone = ZONE
cli-off-peak-examples =
    Exemples :
      releve off-peak explain "22h38-6h38 samedi dimanche 0h-24h"
      releve off-peak at "22h38-6h38" "2026-11-20 23:00"
cli-off-peak-explain-examples =
    Exemples :
      releve off-peak explain "2h00-7h00 13h00-16h00"
      releve off-peak explain "HC (0H54-6H54;11H54-13H54)"
      releve off-peak explain "1h-7h fériés 0h-24h" --holidays alsace-moselle
      releve off-peak explain "1h-7h été 2h-6h 14h-16h"
cli-off-peak-at-examples =
    Exemples :
      releve off-peak at "22h38-6h38" "2026-11-20 23:00" 2026-11-20T05:00Z
      releve off-peak at "2h-7h P 11h-17h" --direction production < instants.txt
off-peak-understood = Compris : { $expression }
off-peak-nothing = aucune heure creuse
off-peak-general = Cas général
off-peak-point = Point { $prm }
off-peak-both = consommation et production
off-peak-summer = été (avril à octobre)
off-peak-winter = hiver (novembre à mars)
off-peak-holiday-short = fériés
off-peak-holidays = Jours fériés : { $zone }.
off-peak-zone-mainland = métropole
off-peak-zone-alsace-moselle = Alsace-Moselle
off-peak-zone-guadeloupe = Guadeloupe
off-peak-zone-martinique = Martinique
off-peak-zone-guyane = Guyane
off-peak-zone-reunion = La Réunion
off-peak-zone-mayotte = Mayotte
off-peak-zone-saint-barthelemy = Saint-Barthélemy
off-peak-zone-saint-martin = Saint-Martin
off-peak-zone-saint-pierre-et-miquelon = Saint-Pierre-et-Miquelon
off-peak-zone-nouvelle-caledonie = Nouvelle-Calédonie
off-peak-zone-polynesie = Polynésie française
off-peak-zone-wallis-et-futuna = Wallis-et-Futuna
off-peak-zone-terres-australes = Terres australes et antarctiques
off-peak-at = { $instant }  heures creuses ({ $range })
off-peak-at-nothing = { $instant }  ?
off-peak-at-peak = { $instant }  heures pleines
off-peak-error = heures creuses, colonne { $column } : { $reason }
off-peak-error-write = Écrivez à la place « { $proposal } ».
off-peak-error-remove = Retirez cette partie.
off-peak-error-examples = Des exemples : releve off-peak explain --help
off-peak-error-unknown-word = « { $what } » n’est ni un jour, ni « fériés », ni une saison, ni « P »
off-peak-error-unknown-character = « { $what } » n’a pas de sens ici
off-peak-error-unclear-week = la semaine de cinq jours (lundi-vendredi) ou de sept (tous les jours) ?
off-peak-error-unclear-we = « we » peut être le week-end (weekend) ou, en anglais, le mercredi (mercredi)
off-peak-error-unfinished-phrase = après « { $what } », on attend les jours dont il s’agit
off-peak-error-one-holiday = « { $what } » : les jours fériés ont tous les mêmes heures, aucun n’a les siennes
off-peak-error-usage-point-digits = un point de livraison (PRM) a 14 chiffres ; celui-ci en a { $what }
off-peak-error-not-a-time = « { $what } » n’est ni une heure (22h00) ni un point de livraison (14 chiffres)
off-peak-error-no-end = une plage a un début et une fin, par exemple 12h00-14h00
off-peak-error-empty-range = la plage commence et finit à la même heure : jamais, ou toute la journée ?
off-peak-error-starts-at-24 = une plage ne commence pas à 24 h : est-ce 0 h, et de quel jour ?
off-peak-error-hour = une heure va de 0 à 24, pas { $what }
off-peak-error-minute = les minutes vont de 00 à 59 et la journée finit à 24h00 ; pas de { $what } ici
off-peak-error-minute-digits = les minutes s’écrivent avec deux chiffres, pas « { $what } »
off-peak-error-day-before = ce jour est-il pour ce qui précède « { $what } » ou pour ce qui suit ?
off-peak-error-stray-join = ceci ne relie rien : deux heures, ou deux jours
off-peak-error-day-range = une suite de jours va d’un jour à un autre
off-peak-error-nothing-and-hours = « aucune » et des heures à la fois
error-zone = aucune zone de jours fériés ne s’appelle « { $name } »
error-zone-do = Les zones : { $names }.
error-off-peak-instant = « { $text } » n’est pas un instant que montre une horloge de France
error-off-peak-instant-do = Écrivez par exemple 2026-11-20 23:00 (heure locale) ou 2026-11-20T22:00Z (UTC).
error-off-peak-input = l’entrée standard ne peut pas être lue : { $cause }

## Prix : cost, compare, tariff

config-off-peak = heures creuses : { $reason }
config-plans-twice = « off_peak » et « plans » disent tous deux les heures creuses
config-plans-twice-do = Gardez l’un des deux.
config-plan-backwards = ce dernier jour vient avant le premier, { $from }
config-day = « { $value } » n’est pas un jour
config-day-do = Écrivez par exemple "2026-11-01".
config-zone = aucune zone de jours fériés ne s’appelle « { $value } »
config-zone-do = Les zones : { $names }.
cli-cost = Dit ce qu’une période a coûté, classe par classe
cli-cost-period = Jour, mois, année ou DE..À, par exemple 2026-10 ou 2026-11-01..2026-11-15
cli-cost-offer = Identifiant de l’offre ; sinon, celle de la configuration
cli-value-period = PÉRIODE
cli-value-offer = OFFRE
cli-cost-examples =
    Exemples :
      releve cost 2026-10
      releve cost 2026-11-01..2026-11-15 --offer trv-tempo --json
cli-compare = Compare ce que votre courbe coûterait sous chaque offre
cli-compare-offers = Seulement ces offres, séparées par des virgules
cli-compare-examples =
    Exemples :
      releve compare 2026
      releve compare 2026-10 --offers trv-base,trv-hphc,trv-tempo
cli-tariff = Liste, montre ou vérifie des offres
cli-tariff-list = Liste les offres connues, fournies et les vôtres
cli-tariff-show = Montre les prix d’une offre, tous ou ceux d’un jour
cli-tariff-check = Vérifie un fichier d’offres et dit chaque faute avec sa ligne
cli-tariff-id = Identifiant de l’offre
cli-tariff-date = Le jour dont on veut les prix
cli-tariff-file = Le fichier d’offres (TOML)
cli-tariff-examples =
    Exemples :
      releve tariff list
      releve tariff show trv-tempo 2026-11-20
      releve tariff check offers.toml
price-unit = { $amount } €
price-title = Du { $first } au { $last }
price-offer = Offre : { $name } ({ $id }), { $taxes }
price-taxes-included = toutes taxes comprises
price-taxes-excluded = hors taxes
price-power = Puissance souscrite : { $kva } kVA ({ $source })
price-source-configuration = configuration
price-source-enedis = selon Enedis
price-power-unknown = Puissance souscrite inconnue : ajoutez subscribed_kva à la configuration.
price-column-class = classe
price-column-energy = kWh
price-column-euros = euros
price-row-energy = Énergie
price-row-subscription = Abonnement
price-row-total = Total
price-row-known = Total connu
price-class-base = base
price-class-peak = heures pleines
price-class-off_peak = heures creuses
price-class-blue_off_peak = bleu, heures creuses
price-class-blue_peak = bleu, heures pleines
price-class-white_off_peak = blanc, heures creuses
price-class-white_peak = blanc, heures pleines
price-class-red_off_peak = rouge, heures creuses
price-class-red_peak = rouge, heures pleines
price-class-normal = heures normales
price-class-spot = prix variables
price-class-ejp-peak = pointe mobile
price-complete = Complet : tout est mesuré et tous les prix sont connus.
price-partial = Partiel : { $priced } minutes sur { $minutes } ont un prix (jours : { $days }).
price-to-come = Jours de la période qui ne sont pas encore passés, et ne comptent pas : { $days }.
price-unknown-no_colour = Sans prix : { $energy }, la couleur n’est pas connue ({ $days }).
price-unknown-disputed_colour = Sans prix : { $energy }, les sources se contredisent sur la couleur ({ $days }).
price-unknown-no_plan = Sans prix : { $energy }, aucun horaire d’heures creuses n’est connu ({ $days }).
price-unknown-no_price = Sans prix : { $energy }, l’offre n’a pas de prix connu ({ $days }).
price-no-subscription = Abonnement inconnu pour { $kva } ({ $days }).
price-kva = { $kva } kVA
price-kva-unknown = une puissance inconnue
price-missing = La courbe manque, { $days } : { $energy } sans classe.
price-missing-amount = La courbe manque, et l’on ne sait pas combien d’énergie : { $days }.
price-from-totals = Dont { $energy } selon les totaux journaliers, là où la courbe manque.
price-difference = Écart entre totaux journaliers et courbe : { $difference }.
price-days = { $count } jours, du { $first } au { $last }
price-one-day = le { $day }
price-resale-offer = Revente : { $name } ({ $id }), { $taxes }
price-plan-gap = Heures creuses inconnues du { $first } au { $last }.
price-plan-overlap = Heures creuses contradictoires du { $first } au { $last } : « { $one } » et « { $two } » ; aucune n’est retenue.
price-plan-unreadable = Heures creuses incomprises du { $first } au { $last } : « { $one } ».
price-plan-as-stated = Heures creuses « { $one } » : celles qu’Enedis a indiquées le { $last }, comptées aussi dès le { $first }. Si elles ont changé entre-temps, datez-les dans la configuration (plans).
price-plan-differs = Heures creuses du { $first } au { $last } : la configuration dit « { $one } » et Enedis « { $two } » ; c’est la configuration qui est suivie.
price-power-differs = Puissance souscrite : la configuration dit { $one } kVA et Enedis { $two } kVA ; c’est la configuration qui est suivie.
compare-column-offer = offre
compare-column-kva = kVA
compare-column-total = total
compare-column-above = de plus
compare-cheapest = La moins chère : { $offer } ({ $total }).
compare-no-cheapest = Aucune offre n’a tous ses prix sur cette période : rien n’est dit « moins cher ».
compare-exceeded = puissance dépassée { $days } j (max. { $va })
compare-unpriced = { $offer } est incomplète : { $reasons }.
compare-incomplete = incomplète
compare-partial = Tout est compté sur les mêmes { $covered } minutes de courbe ; { $missing } minutes manquent.
compare-maxima-unknown = Aucune puissance maximale n’est connue : rien ne dit si une puissance plus basse suffirait.
compare-current = actuelle
compare-reason-no_colour = couleurs inconnues
compare-reason-disputed_colour = couleurs contestées
compare-reason-no_plan = heures creuses inconnues
compare-reason-no_price = prix inconnus
compare-reason-subscription = abonnement inconnu
tariff-column-id = identifiant
tariff-column-name = nom
tariff-column-from = depuis
tariff-column-until = jusqu’au
tariff-built-in = fournie
tariff-own = la vôtre
tariff-source = Source : { $source }
tariff-direction-production = Rachète la production.
tariff-prices = Prix du kWh
cli-value-offers = OFFRES
compare-without-taxes = Laissées de côté, car leurs prix sont hors taxes : { $ids }.
tariff-since = Depuis le { $first }
tariff-months = Abonnement par mois : { $months }
tariff-every-power = toute puissance
tariff-nothing-on = Rien n’est connu pour le { $day }.
tariff-dynamic = Prix variables d’un fichier : { $count } prix.
tariff-checked = { $file } est juste : { $count } offres.
error-period = « { $text } » n’est pas une période
error-period-do = Écrivez par exemple 2026, 2026-10, 2026-11-20 ou 2026-11-01..2026-11-15.
error-period-backwards = la période finit avant de commencer
error-period-to-come = cette période n’a pas encore commencé
error-offer-none = aucune offre n’est configurée pour le point { $prm }
error-offer-none-do = Ajoutez offer = "trv-base" à son [[usage_points]], ou --offer. Les offres : { $ids }.
error-offer-unknown = aucune offre ne s’appelle « { $id } »
error-offer-unknown-do = Les offres : { $ids }.
error-offer-nearest = Vouliez-vous écrire « { $nearest } » ?
error-offer-production = l’offre « { $id } » rachète de la production ; elle ne fixe pas le prix de la consommation
error-offer-consumption = l’offre « { $id } » ne rachète pas de production
error-offer-twice = deux offres s’appellent « { $id } » : dans { $path }, et ailleurs
error-offer-twice-do = Donnez-lui un autre identifiant.
error-offers-file = { $path } ne peut pas être lu : { $cause }
error-offers = { $path } : { $count } fautes
error-offers-one = { $path } : une faute
error-offers-do = Corrigez le fichier ; releve tariff check { $path } le vérifie.
offer-mistake = { $path }:{ $line } : { $text }
offer-mistake-of = offre « { $offer } » : { $text }
offer-fault-toml = { $problem }
offer-fault-comma = { $found } a une virgule : écrivez { $instead }
offer-fault-same-name = une autre offre s’appelle déjà « { $name } »
offer-fault-overlap = { $what } : deux lignes valent le { $from }
offer-fault-gap = { $what } : aucune ligne ne vaut du { $from } jusqu’au début de { $to }
offer-fault-backwards = { $what } : { $to } vient avant { $from }
offer-fault-class = aucune classe ne s’appelle « { $found } » ; il y a { $known }
offer-fault-no-price = la classe « { $name } » n’a pas de prix
offer-fault-cents = { $what } : { $found } euros par kWh ; les prix sont en euros : { $instead } ?
offer-fault-kind = genre « { $kind } » : { $problem }
offer-fault-hours = « { $text } » n’est pas une plage d’heures ; écrivez "22:00-06:00"
offer-fault-day = « { $text } » n’est pas un jour ; écrivez "monday" … "sunday" ou "holiday"
offer-fault-season = « { $text } » n’est pas un jour de l’année ; écrivez "11-01"
offer-fault-unclaimed = aucune règle ne dit ce qu’est le { $day } à { $minute }
offer-fault-classes = plus de { $count } classes
offer-fault-prices = { $file }, ligne { $line } : { $problem }

## Exporter et importer sans rien abîmer / export and import without harm

error-export-own = { $path } est un fichier de Relevé lui-même : aucun export ne le remplace
error-export-own-do = Choisissez un autre nom, hors du dossier des relevés.
import-unknown-point = Attention : le point { $prm } n’est pas dans votre configuration. Vérifiez le numéro.
