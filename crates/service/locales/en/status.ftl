## State: status

status-title = State at { $now }
status-place = Readings: { $path } ({ $size } MB)
status-no-ledger = Readings: { $path } (nothing yet)
status-writer = Being written: releve { $command } (process { $pid })
status-pause = Source “{ $source }” is left in peace until { $until }.
status-contract = Contract: { $facts }
status-power = { $power } subscribed
status-consumption-since = consumption since { $day }
status-production-since = production since { $day }
status-contract-problem = The contract could not be read.
status-no-series = nothing is kept yet
status-nothing = Nothing is kept yet. Run “releve import FILE” with a file downloaded from Enedis’ site, or “releve init” and then “releve sync”.
status-first = from
status-last = to
status-complete = complete
status-partial = partial
status-awaited = awaited
status-missing = missing
status-kind-curve = curve
status-kind-daily = energy
status-kind-maximum = maximum
status-kind-index = registers
status-problem-of = { $series }:
status-since = (since { $at })
status-unknown-problem = A problem that this version does not know: { $code }.
status-refused = { $days ->
    [one] One day is refused by the source.
   *[other] { $days } days are refused by the source.
    }
status-never-asked = { $days ->
    [one] One day between the first and the last was never asked.
   *[other] { $days } days between the first and the last were never asked.
    }
status-next-call = Next request: { $at }
status-yesterday = yesterday
status-month = 30 days
status-year = 365 days
status-answered = last success
status-calls = calls
status-yesterday-complete = complete
status-yesterday-partial = partial
status-yesterday-awaited = awaited
status-yesterday-absent-at-source = absent
status-yesterday-refused = refused
status-yesterday-before-activation = before
status-yesterday-beyond-history = old
status-consent-until = Consent valid until { $at }
status-consent = Consent given on { $at }
status-calls-today = Calls today: { $calls }
status-not-running = “releve run” is not running: nothing is asked automatically.
