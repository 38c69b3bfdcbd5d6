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
