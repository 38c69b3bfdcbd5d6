## The demonstration

demo-usage =
    Usage: ./demo [--once] [--data-dir FOLDER] [--lang fr|en]

      --once       ends after the summary
      --data-dir   where the data stays (default: releve-demo)
demo-begin = An invented household on { $day }: consumption, production and a second usage point.
demo-consent = The box shows { $code }; somebody agrees on the consent gateway and at Enedis.
demo-fetched = Three years fetched from a simulated Enedis through the gateway: { $calls } calls, { $rows } readings, { $seconds } s.
demo-usage-point = Usage point
demo-direction = Direction
demo-intervals = Intervals
demo-totals = Days
demo-compared = Compared
demo-unequal = Unequal
demo-exact = Every day whose curve and total are both known: the two are equal, to the watt-minute.
demo-different = Some days differ: the curve is not equal to the total.
demo-where = The data stays in { $path } (delete it whenever you like).
demo-days = Days go by now, one every three seconds; Ctrl-C to stop.
demo-awaited = awaited
