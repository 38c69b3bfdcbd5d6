# Relevé's texts, English. Names go by room: problem-…, show-…, status-…, help-…

yes = yes
no = no

## Configuration

config-kind-text = text
config-kind-integer = a whole number
config-kind-float = a decimal number
config-kind-boolean = true or false
config-kind-date = a date
config-kind-list = a list
config-kind-table = a section
config-file-missing = this file does not exist
config-file-missing-do = Create it with “releve init”, or give the right path with --config.
config-file-not-a-file = this is not a file
config-file-not-a-file-do = Give the path of releve.toml itself, not of its folder.
config-file-unreadable = this user may not read the file
config-file-unreadable-do = See who owns it with “ls -l”, or run Relevé as the right user.
config-file-too-large = this file is larger than 1 MB: it is no configuration
config-file-not-text = this file is not UTF-8 text
config-file-not-text-do = Save it as UTF-8 in your editor.
config-not-toml = this is not valid TOML
config-not-toml-do = Compare this line with those of releve.example.toml.
config-duplicate-key = this key is given further up already
config-duplicate-key-do = Keep one of the two lines.
config-unquoted = this text must be in quotes
config-unquoted-do = Write: key = "text" (only numbers, true and false go without).
config-backslash = in double quotes “\” begins a special character
config-backslash-do = Put this text in single quotes: key = 'text'
config-key = a key has only letters without accents, digits, “-” and “_”
config-one-a-line = there is something more after this value
config-one-a-line-do = A line holds one key and its value; what follows must begin with #.
config-no-value = “=” or the value of this key is missing
config-no-value-do = Write: key = "text"
config-unclosed = a quote, bracket or brace is not closed
config-unknown-key = there is no key “{ $key }” here
config-did-you-mean = Did you mean “{ $nearest }”?
config-known-keys = Possible keys here: { $known }.
config-missing-key = “{ $key }” is missing in section “{ $table }”
config-missing-key-do = Add a line “{ $key } = …” to this section.
config-wrong-kind = “{ $key }” takes { $expected }, not { $found }
config-wrong-kind-quote = Put the value in quotes: { $key } = "…"
config-wrong-kind-unquote = Write the value without quotes.
config-wrong-kind-double = There may be several: write [[{ $key }]], with double brackets.
config-wrong-kind-single = There is only one: write [{ $key }], with single brackets.
config-choice = “{ $key }” cannot be “{ $value }”
config-choice-do = Choose one of: { $choices }.
config-out-of-range = “{ $key }” must be between { $min } and { $max }
config-env-unknown = this environment variable is no setting; it is ignored
config-env-not-text = the value of this environment variable is not UTF-8 text
config-prm-length = a usage point (PRM) has 14 digits; this one has { $found }
config-prm-length-do = The number is on your bill, or on the meter: press “+” until “NUMERO DE PRM”.
config-prm-digit = a usage point (PRM) has digits only; this one contains “{ $found }”
config-prm-digit-do = The number is on your bill, or on the meter: press “+” until “NUMERO DE PRM”.
config-prm-twice = usage point { $prm } is given twice
config-prm-twice-do = Remove one of the two [[usage_points]] sections.
config-name = a name has 1 to 60 characters and no control character
config-data-dir = this path is empty
config-no-home = no folder for the data: neither HOME nor XDG_DATA_HOME is set
config-no-home-do = Add a line data_dir = "/var/lib/releve" to the configuration, or give --data-dir.
config-source-name = the source name “{ $name }” is not valid
config-source-name-do = Use lower-case letters without accents, digits, “-” and “_”, 40 at most.
config-url = this is not a web address
config-url-do = An address looks like: https://gw.ext.prod.api.enedis.fr
config-url-https = this address is not encrypted: your secret would travel in the clear
config-url-https-do = Write https://; http:// is allowed to this machine only (localhost, 127.0.0.1, ::1).
config-url-parts = this address must have no user, no password, no “?” and no “#”
config-url-parts-do = Keep the beginning: https://, the host and, where needed, the port and path.
config-client-id = this identifier is empty or has an impossible character
config-client-id-do = Copy your application’s client id from the Enedis DataHub site.
config-secret-missing = source “{ $source }” has no secret
config-secret-missing-do = Add client_secret_file = "/path/of/the/file", or set { $variable }.
config-secret-twice = the secret of source “{ $source }” is given twice
config-secret-twice-do = Keep client_secret or client_secret_file, not both.
config-secret-empty = this secret is empty or has a control character
config-secret-empty-do = Copy your application’s client secret from the Enedis DataHub site.
config-secret-exposed = this file holds a secret and anybody on the machine can read it
config-secret-exposed-do = Run: chmod 600 { $path }
config-secret-file-missing = the secret file { $path } does not exist
config-secret-file-missing-do = Create it with nothing but the secret, or correct the path (relative ones count from the configuration’s folder).
config-secret-file-not-a-file = { $path } is a folder or a device, not a file
config-secret-file-not-a-file-do = Give the path of a file that holds nothing but the secret. With Docker, a folder appears here when the mounted file did not exist.
config-secret-file-unreadable = this user may not read the secret file { $path }
config-secret-file-unreadable-do = Give it to the user who runs Relevé: chown USER { $path }
config-secret-file-open = anybody on the machine can read the secret file { $path }
config-secret-file-open-do = Run: chmod 600 { $path } (in a container: give the secret the mode 0400).
config-secret-file-empty = the secret file { $path } is empty
config-secret-file-empty-do = Write the secret into it, on one line.
config-secret-file-not-a-line = the secret file { $path } is not one line of text
config-secret-file-not-a-line-do = It must hold nothing but the secret, on one line, in UTF-8.
config-token-missing = source “{ $source }” has no token for all of its usage points
config-token-missing-do = Add token_file = "/path/of/the/file" to this section or to that of each point, or set { $variable }. The token comes from the gateway’s site.
config-token-twice = the token of “{ $source }” is given twice
config-token-twice-do = Keep token or token_file, not both.
config-token-empty = this token is empty or has a control character
config-token-empty-do = Copy it from the gateway’s site again, on one line.
config-token-idle = this usage point has a token, but source “{ $source }” asks for none
config-token-idle-do = Remove the token, or name a gateway: source = "…".
config-source-unknown = no source is called “{ $source }”
config-source-unknown-do = Give the name of a [sources.…] section, or remove this line: the first source is then asked.
config-pacing = the pace of the calls can be free to this machine only
config-pacing-do = Remove pacing = false: Enedis admits 5 calls a second.
config-every = “{ $value }” is not a duration
config-every-do = Write for example "30min", "1h" or "1h 30min".
config-every-range = this duration must be between 1 minute and 24 hours

## Problems: what Enedis answers, what it means, what to do

problem-no-data = Enedis has no measure for this period.
problem-no-data-advice = Nothing to do: yesterday’s measures arrive during the day, at times some days later. Relevé will ask again; what has not come after several days will most likely never come.
problem-wrong-direction = This usage point has no measures in this direction: it does not produce, or does not consume.
problem-wrong-direction-advice = If you have solar panels, check that your feed-in contract is active. Otherwise there is nothing to do: Relevé asks for this direction only once a month.
problem-before-activation = The period asked for is before the usage point was last put into service.
problem-before-activation-advice = Nothing to do: the history begins on that day.
problem-beyond-history = The period asked for is older than the history Enedis keeps.
problem-beyond-history-advice = Enedis keeps about two years of curve and three years of totals. For more, import a file you downloaded earlier.
problem-before-consent = The period asked for begins before your consent.
problem-before-consent-advice = Give your consent again, then retry: Enedis usually serves earlier measures too.
problem-curve-not-activated = The recording of the load curve is not switched on for this meter.
problem-curve-not-activated-advice = In your Enedis account, open “Gérer l’accès à mes données” and tick the boxes “enregistrement” (recording) and “collecte” (collection) of the hourly consumption. Allow two days; daily totals remain available.
problem-not-holder = Whoever gave the consent no longer holds the contract of this usage point, or Enedis has lost the consent.
problem-not-holder-advice = After a move or a change of holder, the new holder must give a new consent. Otherwise give yours again; you can see it in your Enedis account, page “Gérer l’accès à mes données”.
problem-no-consent = Enedis finds no consent for this usage point: it has expired, was withdrawn or was never given.
problem-no-consent-advice = Give a new consent. Your consents are listed in your Enedis account, page “Gérer l’accès à mes données”.
problem-consent-in-doubt = Enedis refused access without saying clearly why.
problem-consent-in-doubt-advice = Relevé will try again: a failure at Enedis often looks like this. If it lasts more than two days, check your consent in your Enedis account, page “Gérer l’accès à mes données”.
problem-token-expired = Enedis refused the application’s token, even a fresh one.
problem-token-expired-advice = Relevé will try again. If it lasts, check on Enedis’ DataHub site that your application is still active.
problem-bad-credentials = Enedis refused the application’s identifier or secret.
problem-bad-credentials-advice = Copy your application’s identifier (“client id”) and secret (“client secret”) from Enedis’ DataHub site again, then retry.
problem-token-refused = The service refused your token: it is wrong, has expired, or is not for this usage point.
problem-token-refused-advice = Get a new token on the service’s site, for this usage point, and replace the old one in the configuration.
problem-gateway-outage = The gateway is out of order or does not reach Enedis (answer { $said }).
problem-gateway-outage-advice = Nothing to do: Relevé will try again, and nothing already recorded is lost.
problem-address-blocked = The gateway has banned you, or its firewall turns your Internet address away.
problem-address-blocked-advice = Too many calls came from it, yours or those of another home that shares it. Stop other programs that ask the same gateway; Relevé will try again in 24 hours.
problem-quota-daily = The calls that the gateway admits a day for this usage point are used up.
problem-quota-daily-advice = Nothing to do: Relevé waits and will go on tomorrow.
problem-quota-own = Relevé stops before the gateway’s limit on calls.
problem-quota-own-advice = Nothing to do: Relevé waits and will go on, tomorrow at the latest.
problem-api-not-subscribed = The application has not subscribed to this API of Enedis; your consent is not concerned.
problem-api-not-subscribed-advice = Subscribe the application to this API on Enedis’ DataHub site. Everything else keeps working.
problem-bad-request = The request was wrong: { $what }.
problem-bad-request-advice = This is an error of Relevé’s, not yours: please report it with the log of this request.
problem-request-usage-point = the usage point (PRM) is missing or does not have 14 digits
problem-request-dates = a date is missing or badly written
problem-request-order = the period is empty or ends before it begins
problem-request-future = the period ends in the future
problem-request-parameter = a parameter is missing
problem-request-not-offered = this generation of the API does not offer this measure
problem-request-unsaid = Enedis does not say in what
problem-window-too-long = The period asked for is too long for one call.
problem-window-too-long-advice = This is an error of Relevé’s, not yours: please report it. Enedis gives at most 7 days of curve per call.
problem-quota = The application has made too many calls to Enedis.
problem-quota-advice = Nothing to do: Relevé waits and will go on, after the full hour at the latest.
problem-quota-until-day-advice = Nothing to do: Relevé waits until { $time } on { $year }-{ $month }-{ $day } (Paris time) and will go on.
problem-quota-until-advice = Nothing to do: Relevé waits until { $time } (Paris time) and will go on.
problem-outage = Enedis is out of order (answer { $said }).
problem-outage-advice = Nothing to do: Relevé will try again, and nothing already recorded is lost.
problem-malformed = Enedis’ answer cannot be read (technical detail: { $detail }).
problem-malformed-advice = Relevé will try again and has kept nothing of this answer. If it lasts, please report it: the API may have changed.
problem-wrong-usage-point = Enedis answered about another usage point; nothing was kept.
problem-wrong-usage-point-advice = Relevé will try again. If it happens again, check the number (PRM) in the configuration, then report it to Enedis.
problem-services-absent = No service is open on this usage point.
problem-services-absent-advice = Just after giving your consent, wait a few minutes and retry. Otherwise give your consent again and check in your Enedis account, page “Gérer l’accès à mes données”, that “collecte” (collection) and “enregistrement” (recording) are ticked.
problem-no-such-resource = Enedis serves nothing at this address: this generation of the API may have been withdrawn.
problem-no-such-resource-advice = In the configuration, check the address and switch to generation “2026”.
problem-unreachable = No answer from Enedis: { $what }.
problem-unreachable-advice = Check this machine’s access to the Internet. Relevé will try again.
problem-network-timeout = nothing came in time
problem-network-connect = no connection could be made
problem-network-too-large = the answer is far too large
problem-network-redirected = the answer points to another server
problem-network-broke-off = the answer broke off
problem-network-other = the request could not be sent
problem-access-denied = The consent was refused on Enedis’ page.
problem-access-denied-advice = If that was a mistake, start again and accept. Without a consent Enedis gives no measures.
problem-consent-unfinished = Enedis’ page could not finish the consent request.
problem-consent-unfinished-advice = Try again a little later, signed in to the holder’s Enedis account, after accepting its terms of use.
problem-bad-duration = Enedis refused the duration of the consent.
problem-bad-duration-advice = Choose a duration in days, weeks, months or years, of three years at most (for example P3Y).

## First configuration

init-intro = A few questions, then { $path } is written. Ctrl+D gives up and writes nothing.
init-prm = Usage point (PRM), 14 digits
init-prm-more = Another usage point (Enter: no)
init-twice-do = Give another one, or press Enter to go on.
init-name = Its name, such as Home (Enter: none)
init-client-id = Client id of your Enedis application (Enter: none, imports from files only)
init-generation = Generation of the Data Connect API, 2026 or v5 (Enter: 2026)
init-generation-wrong = The generation is 2026 or v5.
init-secret-where = The application’s secret: 1 to type it, 2 to name a file that holds it
init-secret-where-wrong = Answer 1 or 2.
init-secret = Secret
init-secret-hidden = Secret (it is not shown)
init-secret-file = Path of the file
init-secret-file-wrong = This path is empty.
init-secret-file-later = The path is noted all the same; put this right before the first collection.
init-written = { $path } is written; only you can read it.
init-next = Next: “releve check” verifies, “releve sync” collects.
init-next-import = Next: “releve import FILE” reads a file downloaded from Enedis.
init-exists = { $path } exists already; it is left as it is
init-exists-do = Change it with your editor, or move it away first.
init-ended = the dialogue broke off: nothing is written
init-unwritable = { $path } cannot be written ({ $why })
init-unwritable-do = Check the permissions of this folder and the space on the disk.
init-terminal = the terminal no longer answers ({ $why }): nothing is written
init-file-head =
    Configuration of Relevé, written by “releve init”.
    After a change: releve check
    This file may hold a secret: keep it in mode 0600.
init-file-language = Language of messages: fr or en.
init-file-data-dir = Folder of the readings; without this line: ~/.local/share/releve
init-file-no-source = No source: imported files only. To collect from Enedis, with an application of your own:
init-file-source = The Data Connect API of Enedis, with an application of your own.
init-file-generation = Generation of the API: "2026" (the current one) or "v5" (the one before).
init-file-client-id = The application’s client id and secret, from the Enedis DataHub site.
init-file-usage-points = One usage point (PRM) per [[usage_points]] section.
init-file-schedule = How often “releve run” looks whether something is due.

## The demonstration

demo-usage =
    Usage: ./demo [--once] [--data-dir FOLDER] [--lang fr|en]

      --once       ends after the summary
      --data-dir   where the data stays (default: releve-demo)
demo-begin = An invented household on { $day }: consumption, production and a second usage point.
demo-fetched = Three years fetched from a simulated Enedis: { $calls } calls, { $rows } readings, { $seconds } s.
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

## Command line

cli-about = Relevé keeps at your home, exactly, what your communicating meter has recorded.
cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-options = Options
cli-heading-arguments = Arguments
cli-heading-global = Common options
cli-value-command = COMMAND
cli-value-path = PATH
cli-value-file = FILE
cli-value-date = DATE
cli-value-prm = PRM
cli-value-word = WORD
cli-help = Print this help
cli-version = Print the version
cli-config = Configuration file
cli-data-dir = Folder of the readings, instead of the configured one
cli-lang = Language
cli-json = Give results as JSON (schemas: docs/schema)
cli-log = What is logged: errors, the essential, or each step
cli-quiet = Say only what matters
cli-init = Write a first configuration, in a few questions
cli-init-force = Replace a configuration that exists already
cli-sync = Ask Enedis once for everything that is missing
cli-run = Ask regularly for what is missing, until stopped
cli-import = Read files downloaded from Enedis’ site
cli-import-files = The files to read
cli-show = Show a day, week, month, year, or the maximum powers
cli-show-what = A day, a week, a month, a year, or the maximum powers
cli-show-date = 2026-11-20, 20/11/2026, yesterday, 2026-11 or 2026; else the latest that is kept
cli-status = Say what is kept, what is missing, and why
cli-export = Write readings as CSV or JSON
cli-export-format = The format
cli-export-kind = The curve, the energy of days, their maximum power, the registers, or the state of each day
cli-export-from = First day (or month, or year)
cli-export-to = Last day (or month, or year), included
cli-export-output = File to write; else standard output
cli-export-force = Replace a file that exists already
cli-exported = { $rows } rows written to { $path }
cli-check = Check the configuration and say where things are
cli-completions = Write what a shell needs to complete commands
cli-completions-shell = The shell
cli-usage-point = Usage point (PRM), 14 digits
cli-direction = Consumption or production
cli-examples =
    Examples:
      releve init
      releve sync
      releve import curve.csv
      releve show day yesterday
      releve status
    
    Exit codes: 0 all is well, 2 command line, 3 configuration, 4 data,
    5 source, 6 database busy.
cli-init-examples =
    Examples:
      releve init
      releve --config ./releve.toml init
cli-sync-examples =
    Examples:
      releve sync
      releve sync --usage-point 22516914714270
cli-import-examples =
    Examples:
      releve import Enedis_Conso_Heure_*.csv
      releve import --usage-point 22516914714270 curve.csv
cli-show-examples =
    Examples:
      releve show day yesterday
      releve show week 20/11/2026
      releve show month 2026-11 --direction production
      releve show year 2026
      releve show max 2026-01
cli-status-examples =
    Examples:
      releve status
      releve status --json
cli-export-examples =
    Examples:
      releve export csv --kind curve --usage-point 22516914714270 --output curve.csv
      releve export csv --kind daily --usage-point 22516914714270 --from 2025 --to 2025
      releve export json --kind days --usage-point 22516914714270
cli-completions-examples =
    Example:
      releve completions bash > ~/.local/share/bash-completion/completions/releve

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
status-next-call = Next request for an incomplete day: { $at }

## Checking: check

check-title = The configuration is valid.
check-file = Configuration: { $value }
check-no-file = Configuration: none, and none is needed to import and read (looked for in: { $value })
check-data-dir = Folder of the readings: { $value }
check-ledger = Database: { $value }
check-ledger-absent = Database: { $value } (not made yet)
check-language = Language: { $value }
check-every = Pace of “run”: every { $value }
check-source = Source “{ $name }”: { $facts }
check-no-source = Source: none. File imports work without one.
check-pace = { $calls ->
    [one] { $calls } call a second at most
   *[other] { $calls } calls a second at most
    }
check-no-pace = no limit of pace
check-usage-point = Usage point: { $value }

## Errors of the command line, the files and the database

error-line = error: { $message }
error-output = the result could not be written: { $cause }
error-file = { $path }: { $cause }
error-usage-unknown = there is no option “{ $arg }”
error-usage-command = there is no command “{ $name }”
error-usage-no-command = a command is missing
error-usage-missing = { $arg } is missing
error-usage-no-value = the value of { $arg } is missing
error-usage-value = { $arg } cannot be “{ $value }”; choose from: { $choices }
error-usage-conflict = { $arg } does not go with { $other }
error-usage-utf8 = an argument is not text in UTF-8
error-usage-other = this command line is incomplete or unclear
error-usage-help = See: { $command }
error-usage-nearest = Did you mean “{ $nearest }”? See: { $command }
error-date = “{ $text }” is not a date
error-date-do = Write 2026-11-20, 20/11/2026, yesterday, 2026-11 (a month) or 2026 (a year).
error-date-too-long = this date is longer than the period to show
error-date-too-long-do = Give a day for “day” and “week”, a day or a month for “month”.
error-prm-length = a usage point (PRM) has 14 digits; this one has { $found }
error-prm-digit = a usage point (PRM) has digits only; this one contains “{ $found }”
error-prm-do = The number is on your bill, or on the meter: press “+” until “NUMERO DE PRM”.
error-no-readings = nothing of that is kept yet
error-no-readings-of = nothing of that is kept for usage point { $prm }
error-no-readings-do = “releve status” says what is kept.
error-no-config-place = there is no place to write the configuration: HOME is not set
error-no-config-place-do = Give a path with --config.
error-export-exists = { $path } exists already; nothing was written
error-export-exists-do = Choose another name, or add --force to replace it.
error-export-order = --to comes before --from
error-ledger-absent = nothing is kept here yet: { $path }
error-ledger-absent-do = Run “releve import FILE” or “releve sync”, or give the right folder with --data-dir.
error-ledger-older = this ledger comes from an older version and has to be brought up to date first: { $path }
error-ledger-older-do = Run “releve sync” or “releve import FILE”: it is then brought up to date, and nothing is lost.
error-ledger-newer = { $path } comes from a newer version of Relevé (schema { $found }, this one knows { $known }); nothing in it was changed
error-ledger-newer-do = Update Relevé.
error-ledger-foreign = { $path } is not a database of Relevé; nothing in it was changed
error-ledger-foreign-do = Give another folder with --data-dir, or move this file away.
error-ledger-busy = another process is writing: releve { $command } (process { $pid })
error-ledger-busy-do = Wait until it ends, or stop it. “status”, “show” and “export” work meanwhile.
error-ledger-full = the disk is full; what was kept is still kept
error-ledger-full-do = Make room, then run it again: nothing is to be done over.
error-ledger-disk = the disk refuses to read or write the database: { $cause }; what was kept is still kept
error-ledger-disk-do = Check the rights, the room, the quotas and the health of the disk, then run it again: nothing is to be done over.
error-ledger-damaged = the database cannot be read or written: { $cause }
error-ledger-damaged-do = If this lasts, put the file aside and restore a copy.
error-ledger-row = the database holds what this version cannot read: { $cause }
error-ledger-row-do = Update Relevé; if it stays, please report it.
error-ledger-closed = the database was closed during the work
error-import-folder = { $path } is a folder
error-import-folder-do = Give the files in it, for example folder/*.csv.
error-import-binary = { $path } is not a text file
error-import-too-large = { $path } is larger than { $limit } MB: it is no export of Enedis
error-import-empty = { $path } is empty
error-import-again-do = Nothing of this file was kept. Download it again.
error-import-format = { $path } is not a load curve exported by Enedis; it begins with “{ $found }”
error-import-format-do = Take the CSV export “courbe de charge” (load curve, power per step) or “index” (register readings) of your Enedis account.
error-import-other-data = { $path } holds “{ $found }”, neither a load curve nor register readings
error-import-truncated = { $path } is cut off at line { $line }
error-import-stamp = { $path }, line { $line }: “{ $found }” is not a date and time
error-import-value = { $path }, line { $line }: “{ $found }” is not a power in W
error-import-other-point = { $path } is about usage point { $found }, not { $wanted }
error-import-other-point-do = Leave --usage-point out: the file itself says whose it is.
error-import-which-point = { $path } does not say its whole usage point (“{ $found }”)
error-import-which-point-do = Add --usage-point with its 14 digits.

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

## Prices: cost, compare, tariff

config-off-peak = off-peak hours: { $reason }
config-plans-twice = “off_peak” and “plans” both say the off-peak hours
config-plans-twice-do = Keep one of the two.
config-plan-backwards = this last day comes before the first, { $from }
config-day = “{ $value }” is not a day
config-day-do = Write for example "2026-11-01".
config-zone = no zone of public holidays is called “{ $value }”
config-zone-do = The zones: { $names }.
cli-cost = Says what a period cost, class by class
cli-cost-period = Day, month, year or FROM..TO, for example 2026-10 or 2026-11-01..2026-11-15
cli-cost-offer = Id of the offer; else that of the configuration
cli-value-period = PERIOD
cli-value-offer = OFFER
cli-cost-examples =
    Examples:
      releve cost 2026-10
      releve cost 2026-11-01..2026-11-15 --offer trv-tempo --json
cli-compare = Compares what your curve would cost under each offer
cli-compare-offers = Only these offers, separated by commas
cli-compare-examples =
    Examples:
      releve compare 2026
      releve compare 2026-10 --offers trv-base,trv-hphc,trv-tempo
cli-tariff = Lists, shows or checks offers
cli-tariff-list = Lists the known offers, built in and your own
cli-tariff-show = Shows the prices of an offer, all or those of a day
cli-tariff-check = Checks a file of offers and tells every mistake with its line
cli-tariff-id = Id of the offer
cli-tariff-date = The day whose prices are wanted
cli-tariff-file = The file of offers (TOML)
cli-tariff-examples =
    Examples:
      releve tariff list
      releve tariff show trv-tempo 2026-11-20
      releve tariff check offers.toml
price-unit = €{ $amount }
price-title = From { $first } to { $last }
price-offer = Offer: { $name } ({ $id }), { $taxes }
price-taxes-included = all taxes included
price-taxes-excluded = without taxes
price-power = Subscribed power: { $kva } kVA ({ $source })
price-source-configuration = configuration
price-source-enedis = says Enedis
price-power-unknown = Subscribed power unknown: add subscribed_kva to the configuration.
price-column-class = class
price-column-energy = kWh
price-column-euros = euros
price-row-energy = Energy
price-row-subscription = Subscription
price-row-total = Total
price-row-known = Known total
price-class-base = base
price-class-peak = peak
price-class-off_peak = off-peak
price-class-blue_off_peak = blue, off-peak
price-class-blue_peak = blue, peak
price-class-white_off_peak = white, off-peak
price-class-white_peak = white, peak
price-class-red_off_peak = red, off-peak
price-class-red_peak = red, peak
price-class-normal = normal hours
price-class-spot = changing prices
price-class-ejp-peak = EJP peak
price-complete = Complete: all is measured and every price is known.
price-partial = Partial: { $priced } of { $minutes } minutes have a price (days: { $days }).
price-to-come = Days of the period that have not passed yet, and do not count: { $days }.
price-unknown-no_colour = Without a price: { $energy }, the colour is not known ({ $days }).
price-unknown-disputed_colour = Without a price: { $energy }, the sources contradict each other about the colour ({ $days }).
price-unknown-no_plan = Without a price: { $energy }, no off-peak hours are known ({ $days }).
price-unknown-no_price = Without a price: { $energy }, the offer has no known price ({ $days }).
price-no-subscription = Subscription unknown for { $kva } ({ $days }).
price-kva = { $kva } kVA
price-kva-unknown = an unknown power
price-missing = The curve is missing, { $days }: { $energy } without a class.
price-missing-amount = The curve is missing, and it is not known how much energy: { $days }.
price-from-totals = Of it { $energy } by the daily totals, where the curve is missing.
price-difference = Difference between daily totals and curve: { $difference }.
price-days = { $count } days, { $first } to { $last }
price-one-day = { $day }
price-resale-offer = Resale: { $name } ({ $id }), { $taxes }
price-plan-gap = Off-peak hours unknown from { $first } to { $last }.
price-plan-overlap = Off-peak hours contradict each other from { $first } to { $last }: “{ $one }” and “{ $two }”; neither is used.
price-plan-unreadable = Off-peak hours not understood from { $first } to { $last }: “{ $one }”.
price-plan-as-stated = Off-peak hours “{ $one }”: as Enedis stated them on { $last }, counted from { $first } on too. If they changed in between, date them in the configuration (plans).
price-plan-differs = Off-peak hours from { $first } to { $last }: the configuration says “{ $one }” and Enedis “{ $two }”; the configuration is followed.
price-power-differs = Subscribed power: the configuration says { $one } kVA and Enedis { $two } kVA; the configuration is followed.
compare-column-offer = offer
compare-column-kva = kVA
compare-column-total = total
compare-column-above = more
compare-cheapest = The cheapest: { $offer } ({ $total }).
compare-no-cheapest = No offer has all its prices in this period: nothing is called the cheapest.
compare-exceeded = power exceeded { $days } d (max. { $va })
compare-unpriced = { $offer } is incomplete: { $reasons }.
compare-incomplete = incomplete
compare-partial = All are counted over the same { $covered } minutes of curve; { $missing } minutes are missing.
compare-maxima-unknown = No daily maximum is known: nothing tells whether a lower power would do.
compare-current = current
compare-reason-no_colour = colours unknown
compare-reason-disputed_colour = colours disputed
compare-reason-no_plan = off-peak hours unknown
compare-reason-no_price = prices unknown
compare-reason-subscription = subscription unknown
tariff-column-id = id
tariff-column-name = name
tariff-column-from = from
tariff-column-until = until
tariff-built-in = built in
tariff-own = your own
tariff-source = Source: { $source }
tariff-direction-production = Buys production.
tariff-prices = Price of a kWh
cli-value-offers = OFFERS
compare-without-taxes = Left aside, since their prices are without taxes: { $ids }.
tariff-since = From { $first } on
tariff-months = Subscription per month: { $months }
tariff-every-power = any power
tariff-nothing-on = Nothing is known for { $day }.
tariff-dynamic = Changing prices from a file: { $count } prices.
tariff-checked = { $file } is right: { $count } offers.
error-period = “{ $text }” is not a period
error-period-do = Write for example 2026, 2026-10, 2026-11-20 or 2026-11-01..2026-11-15.
error-period-backwards = the period ends before it begins
error-period-to-come = this period has not begun yet
error-offer-none = no offer is configured for usage point { $prm }
error-offer-none-do = Add offer = "trv-base" to its [[usage_points]], or --offer. The offers: { $ids }.
error-offer-unknown = no offer is called “{ $id }”
error-offer-unknown-do = The offers: { $ids }.
error-offer-nearest = Did you mean “{ $nearest }”?
error-offer-production = the offer “{ $id }” buys production; it does not price consumption
error-offer-consumption = the offer “{ $id }” does not buy production
error-offer-twice = two offers are called “{ $id }”: in { $path }, and elsewhere
error-offer-twice-do = Give it another id.
error-offers-file = { $path } cannot be read: { $cause }
error-offers = { $path }: { $count } mistakes
error-offers-one = { $path }: one mistake
error-offers-do = Correct the file; releve tariff check { $path } checks it.
offer-mistake = { $path }:{ $line }: { $text }
offer-mistake-of = offer “{ $offer }”: { $text }
offer-fault-toml = { $problem }
offer-fault-comma = { $found } has a comma: write { $instead }
offer-fault-same-name = another offer is already called “{ $name }”
offer-fault-overlap = { $what }: two lines hold on { $from }
offer-fault-gap = { $what }: no line holds from { $from } until { $to } begins
offer-fault-backwards = { $what }: { $to } comes before { $from }
offer-fault-class = no class is called “{ $found }”; there are { $known }
offer-fault-no-price = the class “{ $name }” has no price
offer-fault-cents = { $what }: { $found } euros per kWh; prices are in euros: { $instead }?
offer-fault-kind = kind “{ $kind }”: { $problem }
offer-fault-hours = “{ $text }” is not a range of hours; write "22:00-06:00"
offer-fault-day = “{ $text }” is not a day; write "monday" … "sunday" or "holiday"
offer-fault-season = “{ $text }” is not a day of the year; write "11-01"
offer-fault-unclaimed = no rule says what { $day } at { $minute } is
offer-fault-classes = more than { $count } classes
offer-fault-prices = { $file }, line { $line }: { $problem }

## Exporter et importer sans rien abîmer / export and import without harm

error-export-own = { $path } is a file of Relevé itself: no export replaces it
error-export-own-do = Choose another name, outside the folder of the readings.
import-unknown-point = Careful: usage point { $prm } is not in your configuration. Check the number.
