## Showing: show

show-consumption = consumption
show-production = production
show-weekdays = Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday
show-weekdays-short = Mon,Tue,Wed,Thu,Fri,Sat,Sun
show-months = January,February,March,April,May,June,July,August,September,October,November,December
show-months-short = Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec
show-instant = { $day }, { $time }
show-summer = summer time
show-winter = winter time
show-summer-short = summer
show-winter-short = winter
show-hour = Hour
show-hour-of = { $hour }:00
show-short-day = A day of 23 hours: at 2:00 it is at once 3:00.
show-long-day = A day of 25 hours: the hour from 2:00 to 3:00 comes twice, first in summer time, then in winter time.
show-table-caption = Mean power of each interval in W, energy of each row in Wh
show-energy = The day’s energy by Enedis
show-curve-sum = Sum of the curve
show-difference = Difference, Enedis less curve
show-curve = Curve
show-curve-complete = complete, { $points } points
show-curve-partial = partial, { $points } points, { $missing } missing
show-no-curve = No curve on that day: { $state }.
show-hole = Missing: from { $from } to { $to }
show-more-holes = { $count ->
    [one] … and one more hole
   *[other] … and { $count } more holes
    }
show-state-complete = complete
show-state-partial = partial
show-state-awaited = awaited
show-state-absent-at-source = absent at Enedis
show-state-refused = refused
show-state-before-activation = before activation
show-state-beyond-history = older than what Enedis keeps
show-state-to-come = yet to come
show-state-never = never asked
show-to-come = to come
show-week-of = week from { $first } to { $last }
show-column-energy = Enedis, kWh
show-column-curve = curve, kWh
show-curve-holes = holes in the curve
show-differs = difference { $difference }
show-not-compared = not compared, days are missing
show-days-of = { $held ->
    [one] { $held } day of { $days }
   *[other] { $held } days of { $days }
    }
show-total = Enedis total: { $energy } ({ $held })
show-total-partial = PARTIAL total: { $energy } ({ $held }). Nothing is estimated for the others.
show-missing = { $missing ->
    [one] { $missing } day is missing.
   *[other] { $missing } days are missing.
    }
show-missing-to-come = { $to_come ->
    [one] { $to_come } day is to come.
   *[other] { $to_come } days are to come.
    }
show-total-so-far = Total SO FAR: { $energy } ({ $held }). The rest is to come; nothing is estimated.
show-no-total = No daily energy of Enedis is kept for this period.
show-curve-total = Sum of the curve: { $energy } (complete days: { $held } of { $days })
show-source-total = Total of source “{ $source }”: { $energy } ({ $compared })
show-max-title = maximum powers from { $first } to { $last }
show-subscribed = Subscribed power: { $power }
show-no-maximum = No maximum power is kept for this period.
show-phase = phase
show-ambiguous = ambiguous hour
show-ambiguous-note = Ambiguous hour: this hour comes twice on that day, and nothing says whether it is summer or winter time.
show-above = above subscribed power
show-highest = The highest: { $power }, { $day }.
