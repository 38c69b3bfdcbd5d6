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
config-pacing = the pace of the calls can be free to this machine only
config-pacing-do = Remove pacing = false: Enedis admits 5 calls a second.
config-every = “{ $value }” is not a duration
config-every-do = Write for example "30min", "1h" or "1h 30min".
config-every-range = this duration must be between 1 minute and 24 hours

## Problems: what Enedis answers, what it means, what to do

problem-no-data = Enedis has no measure for this period.
problem-no-data-advice = Nothing to do: yesterday’s measures arrive during the day, at times some days later. Relevé will ask again; what has not come after several days will most likely never come.
problem-wrong-direction = This usage point has no measures in this direction: it does not produce, or does not consume.
problem-wrong-direction-advice = If you have solar panels, check that your feed-in contract is active. Otherwise remove this direction from the configuration.
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
problem-quota-until-advice = Nothing to do: Relevé waits until { $time } (Paris time) and will go on.
problem-outage = Enedis is out of order (answer { $said }).
problem-outage-advice = Nothing to do: Relevé will try again, and nothing already recorded is lost.
problem-malformed = Enedis’ answer cannot be read ({ $detail }).
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
