## Days: how each of them stands, and why

day-complete = Everything that this day can hold is kept.
day-partial = A part of this day is kept.
day-partial-holes = A part of this day is kept: Enedis has not published all of its points.
day-partial-repeated-hour = A part of this day is kept: its hour from 2 to 3 comes twice, and nothing says which of them some points are about.
day-partial-conflict = A part of this day is kept: two different values claim the same minutes, and neither is chosen.
day-awaited = Nothing is there yet.
day-awaited-no-data = Enedis has not published anything for this day yet; that is often late.
day-awaited-to-come = This day has not passed yet.
day-awaited-not-yet-asked = This day has only just passed; Relevé has not asked for it yet.
day-absent-at-source = Enedis has nothing for this day.
day-absent-at-source-no-data = Enedis has nothing for this day, and is not likely to publish it any more.
day-refused = The source refuses this day.
day-refused-curve-not-activated = The curve was not activated on this day: Enedis never recorded it.
day-before-activation = This day lies before the service began: nothing is missing.
day-beyond-history = This day is older than what Enedis keeps.
day-never = Relevé has never asked for this day.
day-because = { $state }: { $why }
day-unknown = { $state }, for a reason that this version does not know: { $code }
day-next = Next try: { $at }
day-next-now = Will be asked at the next occasion
day-next-never = Is no longer asked by itself
output-problem-unknown = A problem that this version does not know.
output-problem-unknown-advice = Update Relevé, or look into the log.
