## Health: why yesterday is missing, what concerns a person

health-yesterday-here = Yesterday ({ $day }) is there.
health-yesterday-missing = Yesterday ({ $day }) is missing, and { $who }: { $what }
health-yesterday-no-curve = Yesterday’s curve ({ $day }) is missing, and { $who }: { $what }
health-who-enedis = that comes from Enedis
health-who-gateway = that comes from the gateway
health-who-consent = that comes from the consent
health-who-you = it is for you to act
health-who-releve = that comes from Relevé
health-next-try = Next try: { $at }.
health-no-next-try = Relevé does not try again while this lasts.
health-partial = Enedis has published only part of it.
health-partial-do = Nothing to do: the rest often comes in the days after.
health-not-published = Enedis has not published it yet.
health-not-published-do = Nothing to do: yesterday’s measures arrive during the day, at times some days later.
health-night = Enedis closes at night, and Relevé does not ask at this hour.
health-night-do = Nothing to do: Relevé will ask when it opens again.
health-too-early = Enedis publishes yesterday in the morning, and it is still early.
health-too-early-do = Nothing to do: Relevé will ask at its hour.
health-not-asked = it has not asked for it yet.
health-not-asked-do = Nothing to do: it is at work.
health-not-running = nobody has asked for it, since “releve run” is not running.
health-not-running-do = Start “releve run” (or its service), or “releve sync” to ask at once.
health-means-wait = Nothing is lost: what is kept stays, and the day will be fetched as soon as Enedis gives it.
health-means-consent = Nothing arrives for this meter until then. What is kept stays; missed days will be fetched afterwards, as long as Enedis keeps them (24 months of curve, 36 of totals).
health-means-stopped = Nothing new arrives until then. What is kept stays; missed days will be fetched afterwards, as long as Enedis keeps them (24 months of curve, 36 of totals).
health-means-curve = Only the totals of each day arrive. Enedis will never have the curve of the days before it was switched on.
health-means-never = These days do not exist at Enedis: nothing is missing.

notice-consent-absent = no consent has been given for the source “{ $source }”.
notice-consent-absent-means = Relevé asks nothing of Enedis until then.
notice-consent-absent-do = Run “releve consent” and follow the link.
notice-consent-waiting = a consent waits to be given for the source “{ $source }”, with the code { $code }, until { $until }.
notice-consent-waiting-means = Relevé asks nothing of Enedis until then.
notice-consent-waiting-do = Open { $link }, sign in to Enedis and check that the code shown is { $code }.
notice-code-lapsed = the code for the consent of the source “{ $source }” lapsed before anyone used it.
notice-code-lapsed-means = Relevé asks nothing of Enedis, and opens no new code by itself.
notice-code-lapsed-do = Run “releve consent”: it gives a new code.
notice-consent-refused = the consent of the source “{ $source }” was refused on Enedis’ page.
notice-consent-refused-means = Nothing more arrives for this meter. What is kept stays.
notice-consent-refused-do = If that was a mistake, run “releve consent” and accept.
notice-consent-revoked = the consent of the source “{ $source }” has been withdrawn.
notice-consent-revoked-means = Nothing more arrives for this meter. What is kept stays; missed days will be fetched after a new consent, as long as Enedis keeps them.
notice-consent-revoked-do = Run “releve consent” to give a new one. Your consents are listed in your Enedis account, page “Gérer l’accès à mes données”.
notice-consent-ending = the consent of the source “{ $source }” ends on { $until }.
notice-consent-ending-means = After that day nothing more will arrive for this meter.
notice-consent-ending-do = Run “releve consent renew” before that date: nothing will be interrupted.
notice-consent-ended = the consent of the source “{ $source }” ended on { $until }.
notice-consent-ended-means = Nothing more arrives for this meter. What is kept stays; missed days will be fetched after a new consent, as long as Enedis keeps them.
notice-consent-ended-do = Run “releve consent renew” to give a new one.
notice-portal-login = the Enedis account of the source “{ $source }” refuses the address or the password.
notice-portal-login-means = Nothing is asked through this account until then, so as not to block it.
notice-portal-login-do = Check them by signing in on Enedis’ site, then run “releve account add”.
notice-portal-captcha = the Enedis account of the source “{ $source }” asks to prove that you are no robot.
notice-portal-captcha-means = Nothing is asked through this account until then: no program answers that question.
notice-portal-captcha-do = Run “releve account add --browser” on a computer and answer once; the cookie it gives then serves this box.
notice-portal-terms = the Enedis account of the source “{ $source }” waits for you to accept its terms of use.
notice-portal-terms-means = Enedis gives nothing through this account until then.
notice-portal-terms-do = Sign in on Enedis’ site, accept them, then run “releve account test”.
notice-portal-cookie = the Enedis account of the source “{ $source }” no longer recognises the sign-in cookie: it has expired.
notice-portal-cookie-means = Nothing is asked through this account until then.
notice-portal-cookie-do = Run “releve account add --browser”, or copy the cookie from your browser again.
notice-portal-changed = the page of the Enedis account of the source “{ $source }” has changed ({ $detail }).
notice-portal-changed-means = Nothing arrives through this account before Relevé is updated; Enedis changes this page about once a year.
notice-portal-changed-do = Update Relevé. Meanwhile another source or a downloaded file will do.
notice-new-meter = this meter is new, and Enedis has published nothing of it yet.
notice-new-meter-means = Nothing is lost: its history begins when it was put into service.
notice-new-meter-do = Wait two or three days. Then check in your Enedis account, page “Gérer l’accès à mes données”, that “collecte” (collection) and “enregistrement” (recording) are ticked.
notice-wrong-clock = the clock of this machine is probably wrong: the certificate of the sources is not valid at this time.
notice-wrong-clock-ahead = the clock of this machine is { $detail } ahead.
notice-wrong-clock-behind = the clock of this machine is { $detail } behind.
notice-wrong-clock-means = Requests leave for wrong days and at wrong hours. What is kept stays right: its dates are those of Enedis.
notice-wrong-clock-do = Set the clock (“timedatectl set-ntp true” under systemd), then start Relevé again.
notice-destination-lacks = the destination “{ $source }” lacks this: { $detail }.
notice-destination-lacks-means = The days concerned wait; all of them will leave once the value is known. Other destinations are not touched.
notice-destination-lacks-do = Give this value in the configuration, or wait until Enedis publishes it; “releve check” says what is understood.

doctor-title = Examined at { $now }
doctor-advice = Advice
doctor-all-well = All is well: nothing to do.
doctor-megabytes = { $size } MB
doctor-gigabytes = { $size } GB
doctor-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
    }
doctor-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
    }
doctor-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
    }
doctor-part-configuration = Configuration
doctor-part-folder = Folder
doctor-part-disk = Room
doctor-part-database = Database
doctor-part-clock = Clock
doctor-part-name = Name (DNS)
doctor-part-tls = Connection (TLS)
doctor-part-source = Source
doctor-part-consent = Consent
doctor-part-outputs = Destination
doctor-part-daemon = Service
doctor-part-door = Dashboard
doctor-part-yesterday = Yesterday
doctor-part-log = Log
doctor-configuration = read, without fault: { $path }
doctor-configuration-variables = given by environment variables, without fault
doctor-configuration-none = there is none yet
doctor-configuration-none-do = Run “releve init”: a few questions are enough.
doctor-configuration-wrong-do = Mend the configuration as said above, then run “releve doctor” again.
doctor-configuration-warned-do = Correct or remove the environment variable named above.
doctor-folder = may be written: { $path }
doctor-folder-absent = not made yet: { $path }
doctor-folder-file = a file stands where the folder should be: { $path }
doctor-folder-wrong = it cannot be written to ({ $cause }): { $path }
doctor-folder-wrong-do = Give this folder to the user who runs Relevé (chown), or another folder with data_dir.
doctor-folder-open = other users of this machine can read your measures: { $path }
doctor-folder-open-do = Run: chmod 700 { $path }
doctor-disk = { $size } free
doctor-disk-low = only { $size } left
doctor-disk-low-do = Make room on this disk: a year of a home takes about 2 MB.
doctor-database = sound ({ $size }, schema { $schema })
doctor-database-absent = not made yet
doctor-clock = right, by the date of the answers
doctor-clock-unknown = no dated answer to compare it with
doctor-clock-ahead = it is { $by } ahead
doctor-clock-behind = it is { $by } behind
doctor-clock-doubt = probably wrong: the source’s certificate is not valid at this time
doctor-clock-do = Set the clock (“timedatectl set-ntp true” under systemd), then start Relevé again: with a wrong clock, requests leave for wrong days. What is kept stays right.
doctor-name = { $host } is known
doctor-name-none = { $host } is not found ({ $cause })
doctor-name-none-do = Check this machine’s access to the Internet and its name server (DNS), then the address { $host } in the configuration ({ $cause }).
doctor-tls = { $host } answers, its certificate is good
doctor-tls-none = { $host } answers, without encryption
doctor-tls-connect = no connection with { $host } ({ $cause })
doctor-tls-connect-do = Check the access to the Internet and the firewall; if { $host } is down ({ $cause }), Relevé will try again by itself.
doctor-tls-time = the certificate of { $host } is not valid at this time
doctor-tls-time-do = First check this machine’s clock; if it is right, { $host } has to renew its certificate.
doctor-tls-wrong = the certificate of { $host } is refused ({ $cause })
doctor-tls-wrong-do = A virus scanner, a proxy or a hotel’s portal may stand between { $host } and you ({ $cause }); on an old system, update the certificates (package ca-certificates).
doctor-source = { $host } answers requests
doctor-source-outage = { $host } is out of order (HTTP { $said })
doctor-source-outage-do = Nothing to do: { $host } is out of order (HTTP { $said }) and Relevé will try again. Nothing that is kept is lost.
doctor-source-redirected = { $host } sends us to another server ({ $said }), and Relevé does not go there
doctor-source-redirected-do = Your token was not sent to { $said }. If { $host } has really moved, change base_url in the configuration.
doctor-source-too-large = the answer of { $host } is far too large
doctor-source-too-large-do = This is not the server we expect: check that base_url leads to { $host }.
doctor-source-silent = { $host } does not answer ({ $said })
doctor-source-silent-do = Nothing to do if it passes: Relevé will try again. Else check the access to the Internet and the address { $host } ({ $said }).
doctor-consent = nothing amiss; last answer on { $at }
doctor-consent-unknown = no answer yet
doctor-daemon = releve { $command } is at work (process { $pid })
doctor-daemon-none = “releve run” is not running: nothing is asked automatically
doctor-daemon-none-do = Start “releve run”, or its service: systemctl enable --now releve.
doctor-door-off = not served: enabled = false
doctor-door = on { $listen }; it lets in { $who }
doctor-door-who-machine = whoever sits at this machine
doctor-door-who-owner = who knows the password
doctor-door-who-viewer = who knows the password to look
doctor-door-who-proxy = whom { $nets } names in { $header }
doctor-door-who-ingress = whom Home Assistant has let in
doctor-door-wide = each machine of { $net } can say who its user is
doctor-door-wide-do = In trusted_proxies, name the address of the proxy alone, not { $net }.
doctor-door-answers = Relevé answers on { $listen }
doctor-door-free = nobody listens on { $listen } now
doctor-door-silent = Relevé is at work, but nobody answers on { $listen }
doctor-door-silent-do = Start Relevé again if [dashboard] has changed since; else its log says why it does not listen on { $listen }.
doctor-door-taken = another program listens on { $listen }
doctor-door-taken-do = Stop the other program, or choose another address than { $listen } with listen under [dashboard].
doctor-door-wrong = Relevé cannot listen on { $listen } ({ $cause })
doctor-door-wrong-do = Under [dashboard], choose with listen an address of this machine and a port from 1024 on, not { $listen } ({ $cause }).
doctor-log = “releve run” writes into { $path }
config-notify-server = this is not the name of a server
config-notify-server-do = Write for example: server = "smtp.example.fr"
config-notify-security = without encryption, e-mail can only pass through this machine
config-notify-security-do = Choose "tls" or "starttls".
config-notify-address = “{ $text }” is not an e-mail address
config-notify-address-do = Write for example "anne@example.fr".
config-notify-nobody = nobody is named in “to”
config-notify-nobody-do = Add: to = ["anne@example.fr"]
config-notify-login = user and the password go together
config-notify-login-do = Give user and password_file, or neither.
config-notify-twice = this secret is given twice
config-notify-twice-do = Keep the key or its file, not both.
config-notify-empty = this secret is empty or has a control character
config-notify-no-url = the address of the webhook is missing
config-notify-no-url-do = Add url_file = "/path/of/the/file", which holds nothing but the address.
config-notify-url = this is not a web address
config-notify-url-do = An address looks like: https://ntfy.example.fr/my-topic
config-notify-https = this address is not encrypted
config-notify-https-do = Write https://; http:// is allowed to this machine only.
run-log = Log: { $path }
run-no-log = The log cannot be written into { $path } ({ $cause }); it goes to standard error only.
cli-report = Write a report without secrets, to attach to an issue
cli-report-file = The file to write
cli-report-examples =
    Examples:
      releve report
      releve report /tmp/report.txt
cli-notify = Try the messages by e-mail and webhook
cli-notify-test = Send a test message by every configured way
cli-notify-examples =
    Example:
      releve notify test
report-done = Report written: { $path }
report-send = Read it, then attach it to an issue of Relevé’s repository (tab “Issues”). Secrets and tokens are taken out of it, the middle of usage points is masked.
error-report-exists-do = Choose another name.
error-report-exists = { $path } exists already; nothing was written
notify-nobody = no notification is configured: there is nobody to tell
notify-nobody-do = Add [notifications.mail] or [notifications.webhook] (see releve.example.toml).
notify-sent = Test message sent: { $way }
notify-failed = The message by { $way } did not leave: { $cause }
notify-failed-do = Check server, port, name and password in the configuration.
notify-test = test message
notify-test-text = This is a test: Relevé’s messages reach you.
notify-late = data are late
notify-late-text = { $name }: { $days ->
    [one] { $days } day is missing
   *[other] { $days } days are missing
    }; the last day that is kept is { $last }.
notify-consent-ending = a consent is about to end
notify-consent = a consent is lacking
notify-account = the Enedis account needs you
notify-power = the subscribed power was exceeded
notify-power-text = { $name }: on { $day } at { $at } the power reached { $power }, for { $subscribed } subscribed.
notify-red = tomorrow is a red day
notify-red-text = { $day } is a red Tempo day, from 6:00 that day to 6:00 the next.
notice-file-left = the folder of the source “{ $source }” holds files that cannot be read: { $detail }.
notice-file-left-means = Nothing of these files is recorded; they stay where they are.
notice-file-left-do = “releve import FILE” says why. Mend the file, or take it out of the folder.
notice-sources-differ = two sources say different things: { $detail }.
notice-sources-differ-means = The more trusted of the two is kept; what it replaces stays among the revisions.
notice-sources-differ-do = Compare that day with your Enedis account, and change the order of `sources` if the other one is right.
