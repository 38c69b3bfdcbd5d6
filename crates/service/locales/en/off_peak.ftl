## Off-peak hours: off-peak

cli-off-peak = Explain an off-peak hours expression, or ask it
cli-off-peak-explain = Draw the week that an expression describes
cli-off-peak-at = Say whether instants are off-peak, one answer a line
cli-off-peak-expression = The expression, for example “2:00-7:00 13:00-16:00”
cli-off-peak-instants = Local or UTC instants; else one a line from standard input
cli-off-peak-holidays = Zone of public holidays: mainland (default), alsace-moselle, reunion…
cli-value-expression = EXPRESSION
cli-value-instant = INSTANT
cli-value-zone = ZONE
cli-off-peak-examples =
    Examples:
      releve off-peak explain "22:38-6:38 saturday sunday 0:00-24:00"
      releve off-peak at "22:38-6:38" "2026-11-20 23:00"
cli-off-peak-explain-examples =
    Examples:
      releve off-peak explain "2:00-7:00 13:00-16:00"
      releve off-peak explain "HC (0H54-6H54;11H54-13H54)"
      releve off-peak explain "1:00-7:00 holidays 0:00-24:00" --holidays reunion
      releve off-peak explain "1:00-7:00 summer 2:00-6:00 14:00-16:00"
cli-off-peak-at-examples =
    Examples:
      releve off-peak at "22:38-6:38" "2026-11-20 23:00" 2026-11-20T05:00Z
      releve off-peak at "2:00-7:00 P" --direction production < instants.txt
off-peak-understood = Understood: { $expression }
off-peak-nothing = no off-peak hours
off-peak-general = General case
off-peak-point = Usage point { $prm }
off-peak-both = both directions
off-peak-summer = summer (April to October)
off-peak-winter = winter (November to March)
off-peak-holiday-short = hols
off-peak-holidays = Public holidays: { $zone }.
off-peak-zone-mainland = mainland France
off-peak-zone-alsace-moselle = Alsace-Moselle
off-peak-zone-guadeloupe = Guadeloupe
off-peak-zone-martinique = Martinique
off-peak-zone-guyane = French Guiana
off-peak-zone-reunion = Réunion
off-peak-zone-mayotte = Mayotte
off-peak-zone-saint-barthelemy = Saint Barthélemy
off-peak-zone-saint-martin = Saint Martin
off-peak-zone-saint-pierre-et-miquelon = Saint Pierre and Miquelon
off-peak-zone-nouvelle-caledonie = New Caledonia
off-peak-zone-polynesie = French Polynesia
off-peak-zone-wallis-et-futuna = Wallis and Futuna
off-peak-zone-terres-australes = French Southern and Antarctic Lands
off-peak-at = { $instant }  off-peak ({ $range })
off-peak-at-nothing = { $instant }  ?
off-peak-at-peak = { $instant }  peak
off-peak-error = off-peak hours, column { $column }: { $reason }
off-peak-error-write = Write “{ $proposal }” instead.
off-peak-error-remove = Remove this part.
off-peak-error-examples = Examples: releve off-peak explain --help
off-peak-error-unknown-word = “{ $what }” is neither a day, nor “holidays”, nor a season, nor “P”
off-peak-error-unknown-character = “{ $what }” means nothing here
off-peak-error-unclear-week = the week of five days (monday-friday) or of seven (every day)?
off-peak-error-unclear-we = “we” may be Wednesday (wednesday) or, in French, the week-end (weekend)
off-peak-error-unfinished-phrase = after “{ $what }”, the days that it is about are expected
off-peak-error-one-holiday = “{ $what }”: all public holidays have the same hours, none has its own
off-peak-error-usage-point-digits = a usage point (PRM) has 14 digits; this one has { $what }
off-peak-error-not-a-time = “{ $what }” is neither a time (22:00) nor a usage point (14 digits)
off-peak-error-no-end = a range has a start and an end, for example 12:00-14:00
off-peak-error-empty-range = the range starts and ends at the same time: never, or all day?
off-peak-error-starts-at-24 = a range does not start at 24:00: is it 0:00, and of which day?
off-peak-error-hour = an hour goes from 0 to 24, not { $what }
off-peak-error-minute = minutes go from 00 to 59 and the day ends at 24:00; no { $what } here
off-peak-error-minute-digits = minutes are written with two digits, not “{ $what }”
off-peak-error-day-before = is this day for what comes before “{ $what }” or for what comes after?
off-peak-error-stray-join = this joins nothing: two times, or two days
off-peak-error-day-range = a range of days goes from one day to another
off-peak-error-nothing-and-hours = “none” and hours at the same time
error-zone = no zone of public holidays is called “{ $name }”
error-zone-do = The zones: { $names }.
error-off-peak-instant = “{ $text }” is no instant that a clock in France shows
error-off-peak-instant-do = Write for example 2026-11-20 23:00 (local time) or 2026-11-20T22:00Z (UTC).
error-off-peak-input = standard input cannot be read: { $cause }
