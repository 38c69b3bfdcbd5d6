## Les jours : comment chacun se présente, et pourquoi

day-complete = Tout ce que ce jour peut contenir est gardé.
day-partial = Une partie de ce jour est gardée.
day-partial-holes = Une partie de ce jour est gardée : Enedis n’en a pas publié tous les points.
day-partial-repeated-hour = Une partie de ce jour est gardée : l’heure de 2 h à 3 h y passe deux fois, et rien ne dit laquelle certains points décrivent.
day-partial-conflict = Une partie de ce jour est gardée : deux valeurs différentes prétendent aux mêmes minutes, et aucune n’est choisie.
day-awaited = Rien n’est encore là.
day-awaited-no-data = Enedis n’a encore rien publié pour ce jour ; cela arrive souvent avec retard.
day-awaited-to-come = Ce jour n’est pas encore passé.
day-awaited-not-yet-asked = Ce jour vient de passer ; Relevé ne l’a pas encore demandé.
day-absent-at-source = Enedis n’a rien pour ce jour.
day-absent-at-source-no-data = Enedis n’a rien pour ce jour, et ne le publiera sans doute plus.
day-refused = La source refuse ce jour.
day-refused-curve-not-activated = La courbe n’était pas activée ce jour-là : Enedis ne l’a jamais enregistrée.
day-before-activation = Ce jour précède la mise en service : rien n’y manque.
day-beyond-history = Ce jour est plus ancien que ce qu’Enedis garde.
day-never = Relevé n’a jamais demandé ce jour.
day-because = { $state } : { $why }
day-unknown = { $state }, pour une raison que cette version ne connaît pas : { $code }
day-next = Prochain essai : { $at }
day-next-now = Sera demandé à la prochaine occasion
day-next-never = N’est plus demandé de soi-même
output-problem-unknown = Un problème que cette version ne connaît pas.
output-problem-unknown-advice = Mettez Relevé à jour, ou regardez le journal.
