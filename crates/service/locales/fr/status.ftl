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
status-next-call = Prochaine demande : { $at }
status-yesterday = hier
status-month = 30 jours
status-year = 365 jours
status-answered = dernier succès
status-calls = appels
status-yesterday-complete = complet
status-yesterday-partial = partiel
status-yesterday-awaited = attendu
status-yesterday-absent-at-source = absent
status-yesterday-refused = refusé
status-yesterday-before-activation = avant
status-yesterday-beyond-history = ancien
status-consent-until = Autorisation valable jusqu’au { $at }
status-consent = Autorisation donnée le { $at }
status-calls-today = Appels aujourd’hui : { $calls }
status-not-running = « releve run » ne tourne pas : rien n’est demandé automatiquement.
