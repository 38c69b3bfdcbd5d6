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
show-state-to-come = à venir
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
