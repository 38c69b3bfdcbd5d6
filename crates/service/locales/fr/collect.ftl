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
policy-head-code = code
policy-head-means = ce que cela veut dire
policy-head-do = que faire
policy-head-waits = ce qui attend
policy-head-again = redemandé
policy-reach-answer = rien : c’est une réponse sans données
policy-reach-border = les jours d’avant la mise en service
policy-reach-beyond = les jours plus anciens
policy-reach-window = les jours de cet appel
policy-reach-series = cette sorte de données
policy-reach-direction = ce sens
policy-reach-usage-point = ce point de livraison
policy-reach-source = toute la source
policy-wait-rhythm = selon l’âge du jour
policy-wait-never = jamais automatiquement
policy-wait-back-off = après 1, 2, 4, 8, puis toutes les 12 heures
policy-wait-doubling = après 1, 2, 4, 8, puis toutes les 16 heures
policy-wait-moments = trois fois à 2 secondes, puis après l’heure pleine
policy-wait-clock-hour = à l’heure dite, sinon après l’heure pleine
policy-wait-next-day = à l’heure dite, sinon le lendemain
policy-wait-morning = après 8 h
policy-wait-person = dès que vous avez agi
policy-wait-day = 24 heures plus tard
policy-wait-month = après un mois (`production_every`)
inbox-kept = { $file } : lu depuis le dossier pour { $prm }, { $written } relevés nouveaux
inbox-left = { $file } reste dans le dossier : { $why }
inbox-stranger = ce dossier n’est pas pour le point de livraison { $prm }
inbox-not-moved = ses relevés sont enregistrés, mais il n’a pas pu être déplacé ({ $why })
inbox-no-folder = Le dossier { $path } ne peut pas être lu : { $why }
