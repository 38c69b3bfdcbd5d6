## Importing and fetching: messages of the commands import, sync and run

error-import-other-consumption = { $path }: this file holds the consumption, not the other direction.
error-import-other-production = { $path }: this file holds the production, not the other direction.
error-import-other-direction-do = Leave --direction out: the file says its direction itself.
import-ask-point = { $file } does not give a whole usage point (“{ $found }”). Usage point (14 digits):
import-ask-again = A usage point has 14 digits.
import-file = { $file }: usage point { $prm }, { $direction }
import-points =
    { $points ->
        [one] 1 reading
       *[other] { $points } readings
    }, { $written } new, { $revised } corrected, { $energy }
import-days =
    { $complete ->
        [one] 1 complete day
       *[other] { $complete } complete days
    }, { $partial ->
        [one] 1 partial day
       *[other] { $partial } partial days
    }, from { $from } to { $to }
import-duplicates =
    { $count ->
        [one] 1 repeated line, counted once
       *[other] { $count } repeated lines, counted once
    }
import-empty-values =
    { $count ->
        [one] 1 line without a value
       *[other] { $count } lines without a value
    }
import-unplaced = Line { $line }: { $reason }
import-unplaced-unknown-step = stands alone, nothing tells how long its interval is; not kept
import-unplaced-conflict = two values for the same instant; neither is kept
import-unplaced-more =
    { $count ->
        [one] … and 1 more line not kept
       *[other] … and { $count } more lines not kept
    }
import-out-of-order = The lines were out of order: they have been sorted by instant.
import-hole = Missing from { $from } to { $to }
import-holes-more =
    { $count ->
        [one] … and 1 more hole (whole list: --json)
       *[other] … and { $count } more holes (whole list: --json)
    }
import-nothing = Nothing new: all of it was there already.
import-unplaced-midnight = a reading far from midnight, no day begins with it; not kept
import-index =
    { $readings ->
        [one] { $readings } register reading
       *[other] { $readings } register readings
    }, { $written ->
        [one] { $written } new value
       *[other] { $written } new values
    }, { $revised } corrected
import-index-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }, from { $from } to { $to }; { $energy } between the first and the last reading
import-index-days-reset =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }, from { $from } to { $to }; the total goes back: the meter was changed, or set anew
import-index-calendar = Calendar { $id } ({ $label }): { $classes }
import-unbalanced = Line { $line }: the classes do not sum to the total; kept as it is
import-unbalanced-more =
    { $count ->
        [one] … and { $count } more line whose classes do not sum to the total
       *[other] … and { $count } more lines whose classes do not sum to the total
    }
sync-no-source = no source is configured: there is nobody to ask
sync-no-source-do = Add a [sources.…] section (see releve.example.toml), or import a file: releve import FILE.
sync-no-points = no usage point is configured
sync-no-points-do = Add [[usage_points]] with your 14-digit number (on the bill or the meter), or run releve init.
sync-unknown-point = usage point { $prm } is not in the configuration
sync-unknown-point-do = Add it under [[usage_points]], or correct the number.
sync-done =
    { $calls ->
        [one] 1 call
       *[other] { $calls } calls
    }, { $written ->
        [one] 1 new reading
       *[other] { $written } new readings
    }, { $revised } corrected.
sync-up-to-date = Up to date: nothing to ask now.
sync-problem = { $who }: { $what }
sync-progress = { $point } { $kind } { $from } → { $to }
run-begin = Relevé is collecting; it looks again every { $every } minutes. Ctrl-C to stop.
run-end = Asked to stop: everything that arrived is kept.
direction-consumption = consumption
direction-production = production
kind-curve = curve
kind-daily = daily energy
kind-maximum = maximum power
kind-index = registers
policy-head-code = code
policy-head-means = what it means
policy-head-do = what to do
policy-head-waits = what waits
policy-head-again = asked again
policy-reach-answer = nothing: it is an answer without data
policy-reach-border = the days before the service began
policy-reach-beyond = older days
policy-reach-window = the days of this call
policy-reach-series = this kind of data
policy-reach-direction = this direction
policy-reach-usage-point = this usage point
policy-reach-source = the whole source
policy-wait-rhythm = by the age of the day
policy-wait-never = never by itself
policy-wait-back-off = after 1, 2, 4, 8, then every 12 hours
policy-wait-doubling = after 1, 2, 4, 8, then every 16 hours
policy-wait-moments = three times after 2 seconds, then once the clock hour is over
policy-wait-clock-hour = at the time it says, else once the clock hour is over
policy-wait-next-day = at the time it says, else the next day
policy-wait-morning = after 8 o’clock
policy-wait-person = as soon as you have acted
policy-wait-day = 24 hours later
policy-wait-month = after a month (`production_every`)
inbox-kept = { $file }: read from the folder for { $prm }, { $written } new readings
inbox-left = { $file } stays in the folder: { $why }
inbox-stranger = this folder is not for usage point { $prm }
inbox-not-moved = its readings are recorded, but it could not be moved ({ $why })
inbox-no-folder = The folder { $path } cannot be read: { $why }
