## Consent gateway

### Frame of the pages
gateway-skip = Skip to content
gateway-other-language = Français
gateway-foot-manage = Manage or withdraw my consent
gateway-foot-notice = Your data
gateway-foot-independent = A service independent of Enedis and of electricity suppliers.
gateway-steps = Steps
gateway-step-code = Your code
gateway-step-choice = Your choice
gateway-step-enedis = At Enedis
gateway-nobody = **Nobody** — not Enedis, not a technician, not a supplier — should ask you to type a code for them. If someone sent you this link, refuse.
gateway-fault-mark = Error:
gateway-fault-summary = **Something is missing.** See below what to complete.

### Home
gateway-home-title = Connect your box to your meter
gateway-home-lead = Your home automation box can read what your smart meter measures, if you want it and for as long as you want it.
gateway-home-first = Your box shows a code.
gateway-home-second = You type the code here and choose which data to pass on.
gateway-home-third = You give your consent, or not, in your Enedis account.
gateway-act-code = Enter a code
gateway-act-manage = Manage my consent
gateway-act-retry = Start again
gateway-act-look-again = See how my request is doing
gateway-act-home = Back to the home page

### Code entry
gateway-code-title = Enter the code of your box
gateway-code-lead = Your home automation box shows a code of eight letters.
gateway-code-label = Code
gateway-code-hint = Eight letters, for example WDJB-MJHT. Case, dashes and spaces do not matter.
gateway-code-go = Continue
gateway-code-empty = No code was entered. Copy the eight letters that your box shows.
gateway-code-malformed = This code does not have the right form. It has eight letters, no vowel and no digit.
gateway-code-unknown = No request has this code. Check each letter on your box.
gateway-code-elsewhere = **This request comes from another internet connection than yours.** That is normal with a phone on 4G or 5G. Otherwise someone may be trying to obtain your data: do not go on. To go on, type the code that your box shows yourself.

### Consent
gateway-consent-title = Your consent
gateway-consent-intro = **{ $app }** ({ $publisher }) asks for access to the data of your smart meter. Enedis runs the electricity network up to the meter; you will be taken to your Enedis account, where you will give your consent, or not.
gateway-consent-code = Code shown by your box
gateway-consent-origin-here = Request started at { $time }, from the same internet connection as yours.
gateway-consent-origin-elsewhere = Request started at { $time }, from another internet connection ({ $place }).
gateway-consent-elsewhere = **Careful: your box and you are not on the same internet connection.** That is normal with a phone on 4G or 5G. Otherwise, refuse.
gateway-consent-seen = I see this same code on my own box, and it was I who started this request at { $time }.
gateway-consent-scopes = The data that you agree to pass on
gateway-consent-scopes-hint = Nothing is ticked in advance. Each box is a separate choice.
gateway-scope-daily = Daily totals
gateway-scope-daily-text = The energy consumed each day, as a single value.
gateway-scope-curve = Half-hour curve
gateway-scope-curve-text = The power of each half hour. It can reveal when you are at home, get up and go to bed.
gateway-scope-max-power = Maximum power of each day
gateway-scope-max-power-text = The highest power of each day and its time.
gateway-scope-production = Production
gateway-scope-production-text = Adds to the choices above: the same data for the electricity that you feed into the network, if you produce any.
gateway-consent-terms = What we commit to
gateway-terms-duration = Duration
gateway-terms-duration-text = **{ $duration }**, until { $date }
gateway-terms-duration-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
gateway-terms-duration-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
gateway-terms-duration-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
gateway-terms-purpose = Purpose
gateway-terms-purpose-text = To pass these data on to your box, nothing else; no resale, no advertising.
gateway-terms-retention = Kept by us
gateway-terms-retention-text = Nothing: your readings cross our servers over encrypted links and are not kept there.
gateway-terms-controller = Controller
gateway-terms-rights = Your rights
gateway-terms-rights-text = Access, export, erasure and withdrawal at any time here:
gateway-manage-link = manage my consent
gateway-terms-rights-enedis = , or in your Enedis account (“Partage de mes données”).
gateway-terms-complaint = Complaint
gateway-consent-accept = Go to my Enedis account
gateway-consent-refuse = Refuse
gateway-consent-leaving = The first button takes you to the site of Enedis. Nothing is passed on until you have confirmed there.
gateway-fault-not-seen = Tick this box if you see this code on your box. Otherwise, refuse.
gateway-fault-nothing-chosen = Tick at least one kind of data, or refuse. Production adds to the other boxes and is not enough alone.
gateway-fault-text-changed = The page has changed since it was shown. Read it again before you go on.
gateway-time = { $hour }:{ $minute }

### Endings
gateway-end-in-progress = Your request is in progress
gateway-end-in-progress-text = Enedis has sent us your answer. We are checking with Enedis that the consent is recorded: this usually takes less than a minute.
gateway-end-in-progress-next = You may close this page: your box will receive the answer by itself.
gateway-end-approved = Your consent is recorded
gateway-end-approved-text = Your box now receives its access by itself. You may close this page.
gateway-end-approved-next = You can look at this consent or withdraw it at any time, here or in your Enedis account.
gateway-end-refused = You did not give your consent
gateway-end-refused-text = Nothing was passed on. Your box knows that you refused.
gateway-end-refused-next = If you change your mind, start a new request from your box.
gateway-end-at-enedis = Your answer is awaited at Enedis
gateway-end-at-enedis-text = Give your consent, or not, in your Enedis account: you will then come back here.
gateway-end-at-enedis-next = If you have closed the page of Enedis, enter the code of your box again.
gateway-end-not-yours = We cannot tie this consent to your request
gateway-end-not-yours-text = Enedis told us of a consent that is not the one you have just given. To be safe, nothing was passed on.
gateway-end-not-yours-next = Start again with a new code. If it happens again, write to us.
gateway-end-unproved = We could not check that this meter is yours
gateway-end-unproved-text = The answers do not match. Nothing was passed on.
gateway-end-unproved-next = Start again tomorrow with a new code, or write to us.
gateway-end-empty = This consent lets no data be read
gateway-end-empty-text = The consent given at Enedis covers none of the data that were asked for. Nothing was passed on.
gateway-end-empty-next = Start again and, in your Enedis account, accept the data that you chose here.
gateway-curve-late = If the curve does not come, your meter may not record it yet.
gateway-curve-link = How to activate it
gateway-manage-ended = This consent is no longer in force: your box receives nothing any more.
gateway-end-code-expired = This code has expired
gateway-end-code-expired-text = A code is good for a few minutes only, for your safety.
gateway-end-code-expired-next = Ask your box for a new one: start the request again in its settings. The new code will appear in the same place.
gateway-end-code-used = This code has been used
gateway-end-code-used-text = The request with this code is under way or over. A code works once.
gateway-end-code-used-next = If your box is still waiting, ask it for a new code.
gateway-end-too-many = Too many unknown codes
gateway-end-too-many-text = Several unknown codes were entered from your connection. To be safe, wait ten minutes.
gateway-end-too-many-next = Your request is not lost as long as your box shows its code.
gateway-end-enedis-unavailable = Enedis does not answer
gateway-end-enedis-unavailable-text = The service of Enedis is unavailable at the moment. It is neither your box nor your meter.
gateway-end-enedis-unavailable-next = Try again in a few hours. If the code of your box has expired by then, it will show a new one.
gateway-end-not-recorded = Enedis has not recorded your consent
gateway-end-not-recorded-text = Enedis does not find, or not yet, the consent that you have just given. Nothing was passed on.
gateway-end-not-recorded-next = Look in your Enedis account, under “Partage de mes données”. If the consent is not there, start a new request from your box.
gateway-end-curve-off = Activate the recording of the curve
gateway-end-curve-off-text = A meter records the half-hour curve only if you have asked Enedis for it. Daily totals come without it.
gateway-end-curve-off-next = In your Enedis account, open “Gérer l’accès à mes données” and switch on the recording of hourly consumption. The first values come the next day; the past cannot be recovered.
gateway-end-other-browser = Open this page in the browser you started from
gateway-end-other-browser-text = This request was started in another browser, or your cookies were erased. To be safe, the answer of Enedis is accepted only where the request started.
gateway-end-other-browser-next = Go back to the browser you started from: the request is still open there. Otherwise, start again with a new code.
gateway-end-unknown-return = We do not recognise this answer
gateway-end-unknown-return-text = This address belongs to no open request. It may be too old or incomplete.
gateway-end-unknown-return-next = No data was passed on. You can start again with the code that your box shows.
gateway-end-other-answer = This request already has another answer
gateway-end-other-answer-text = A request accepts a single answer from Enedis. This one differs from the first and was not taken.
gateway-end-other-answer-next = The first answer remains valid.
gateway-end-broken-return = Enedis met an error
gateway-end-broken-return-text = Enedis sent you back here with an error message instead of an answer. The error is on its side.
gateway-end-broken-return-next = Wait a few minutes, then start again with the code that your box shows.
gateway-end-late = Your answer came too late
gateway-end-late-text = The request expired before you came back from Enedis. The consent that you gave there may exist, but it belongs to no box.
gateway-end-late-next = Start a new request from your box: it will replace the earlier consent.
gateway-end-stale-form = This page has expired
gateway-end-stale-form-text = The form does not come from this browser, or it is too old. Nothing was changed.
gateway-end-stale-form-next = Open the page again from the beginning. If you came here by a link that you received, close this page.
gateway-end-withdrawn = Your consent is withdrawn
gateway-end-withdrawn-text = The access of your box is cut off as of now.
gateway-end-withdrawn-next = To remove the consent at Enedis as well, open your Enedis account, “Partage de mes données”, and withdraw it there: only you can do that.
gateway-end-not-found = This page does not exist
gateway-end-not-found-text = The address may be incomplete.
gateway-end-trouble = A problem on our side
gateway-end-trouble-text = The gateway cannot answer at the moment. Your consent and your request are not lost.
gateway-end-trouble-next = Try again in a few minutes.
gateway-fact-app = Application
gateway-fact-meter = Meter
gateway-fact-data = Data
gateway-fact-until = Until
gateway-fact-contact = Contact

### Meter already connected
gateway-challenge-title = This meter is already connected
gateway-challenge-lead = There is already a consent for this meter. To protect its holder, show that it is you.
gateway-challenge-wrong = That does not match. Tries left today: { $left }.
gateway-key-label = Key of your box
gateway-challenge-days = With your consumption of two days
gateway-challenge-days-hint = Read these two values in your Enedis account, in kWh.
gateway-challenge-point = Of your meters, it is about { $point }.
gateway-challenge-day = Consumption of { $date }, in kWh
gateway-challenge-days-go = Check the values
gateway-challenge-left = Tries left today: { $left }.
gateway-challenge-operator = With us
gateway-challenge-operator-text = If none of this is possible, write to us: { $controller }.

### Manage
gateway-manage-title = Manage or withdraw my consent
gateway-manage-lead = Find your consent with the key of your box. We ask for no account and no address.
gateway-manage-key-hint = It begins with lgr_ and is shown in the settings of your box. In the browser that gave the consent it is not needed.
gateway-manage-unknown = No consent has this key.
gateway-manage-go = See my consent
gateway-manage-enedis = No key any more?
gateway-manage-enedis-text = Withdraw your consent in your Enedis account, “Partage de mes données”: the access of your box then ends as well.
gateway-manage-yours = Your consent
gateway-manage-given = Given to **{ $app }** on { $date }.
gateway-manage-soon-over = This consent ends on { $date }. To continue afterwards, start a new request from your box.
gateway-manage-export = Export
gateway-manage-export-text = All that we keep of this consent, in a file.
gateway-manage-export-json = JSON file
gateway-manage-export-csv = CSV file
gateway-manage-withdraw = Withdraw
gateway-manage-withdraw-text = The access of your box ends at once and its data with us are erased. A new request will be needed to restore it.
gateway-manage-withdraw-go = Withdraw my consent

### Notice
gateway-notice-title = Your data
gateway-notice-lead = What this gateway does with your data, and what it does not.
gateway-notice-basis = Basis
gateway-notice-basis-text = Your consent, which you can withdraw at any time. Withdrawal does not make unlawful what came before.
gateway-notice-data = Data
gateway-notice-data-text = Only the readings that you ticked. No name, no address, no contract. The number of your meter is encrypted and your internet address shortened.
gateway-notice-proof = The proof of your consent is kept for up to five years after its end.
gateway-notice-recipients = Recipient
gateway-notice-recipients-text = Your box, and nobody else.
gateway-notice-cookie = Cookie
gateway-notice-cookie-text = A single one, necessary: it ties your consent to the browser that gave it. No audience measurement.

gateway-quota-shared = The calls that Enedis allows are shared by all households and used up until { $time }. Nothing is lost.

### Program
gateway-cli-about = The consent gateway of Relevé
gateway-cli-serve = Serves pages, protocol and data until a signal
gateway-cli-plain-http = Accepts HTTP without encryption, on this machine only
gateway-cli-doctor = Looks for what would stand in the way of serving
gateway-cli-config = The configuration file; without this option { $usual }
gateway-cli-data-dir = The folder of the keys and the SQLite database; without this option { $usual }
gateway-cli-value-id = ID
gateway-cli-value-name = NAME
gateway-cli-value-number = NUMBER
gateway-cli-value-consent = CONSENT
gateway-cli-value-instant = INSTANT
gateway-cli-client = The applications that may ask for a consent
gateway-cli-client-add = Registers an application
gateway-cli-client-list = The registered applications
gateway-cli-client-limit = Limits the open requests of an application
gateway-cli-client-ban = Shuts an application out, at once and everywhere
gateway-cli-client-lift = Lets it in again
gateway-cli-client-id = Its identifier (client_id)
gateway-cli-client-name = The name that people will see
gateway-cli-client-new-id = Its identifier, drawn at random otherwise
gateway-cli-client-secret = Gives it a secret, shown once
gateway-cli-client-requests = Open requests at a time
gateway-cli-client-added = Application registered: { $id }
gateway-cli-client-its-secret = Its secret, which will not be shown again: { $secret }
gateway-cli-client-taken = the identifier { $id } is registered already
gateway-cli-client-none = no application has this identifier
gateway-cli-client-changed = Done.
gateway-cli-client-open = open
gateway-cli-client-banned = banned
gateway-doctor-good = good
gateway-doctor-doubtful = look
gateway-doctor-bad = bad
gateway-doctor-url = Public address
gateway-doctor-controller = Controller and application
gateway-doctor-store = Database
gateway-doctor-clock = Clock, off the database by
gateway-doctor-clients = Open applications
gateway-doctor-enedis = Enedis answers us

## The operator's records
gateway-cli-proof = The proof of a consent, as JSON
gateway-cli-proof-consent = The identifier of the consent, as breach-list gives it
gateway-cli-proof-not-an-id = this is no identifier of a consent
gateway-cli-proof-none = no consent has this identifier
gateway-cli-audit = The audit
gateway-cli-audit-verify = Verifies the whole chain of the audit
gateway-cli-audit-missing = the chain of the audit is broken: row { $row } is missing
gateway-cli-audit-changed = the chain of the audit is broken: row { $row } was changed
gateway-cli-audit-cut = the chain of the audit is broken: it ends at row { $row }, before its end
gateway-cli-audit-sound =
    The chain is sound: { $rows } rows sealed, { $waiting } waiting.
    Last hash, to be noted elsewhere: { $hash }
gateway-cli-breach = The consents that a breach concerns, one JSON line each
gateway-cli-breach-from = From this instant on (RFC 3339)
gateway-cli-breach-until = Until this instant (RFC 3339)
gateway-cli-breach-client = Those of this application
gateway-cli-breach-key = Those under the key of this number
gateway-cli-breach-token = Those of the token in this file
gateway-cli-breach-no-token = the file { $file } holds no access or refresh token of a gateway
gateway-cli-keys = The keys
gateway-cli-keys-rotate = Adds a key of each kind, without interruption
gateway-cli-keys-rotated = New keys are in place; running gateways take them over within seconds.

### The gateway's configuration
gateway-cli-json = Give results as JSON (schemas: docs/schema)
gateway-config-file-missing-do = Write it after docs/en/gateway.md, or give the right path with --config.
gateway-config-file-not-a-file-do = Give the path of the file itself, not of its folder.
gateway-config-file-unreadable-do = See who owns it with “ls -l”, or run the gateway as the right user.
gateway-config-not-toml-do = Compare this line with those of docs/en/gateway.md.
gateway-config-url-do = An address looks like: https://releve.example.org
gateway-config-url-https = this address is not encrypted: codes and tokens would travel in the clear
gateway-config-url-https-do = Write https://; http:// is allowed to this machine only (localhost, 127.0.0.1, ::1).
gateway-config-socket = this is not an address and a port
gateway-config-socket-do = Write for instance "0.0.0.0:443", "[::]:443" or "127.0.0.1:9464".
gateway-config-network = “{ $value }” is neither an address nor a network
gateway-config-network-do = Write for instance "10.0.0.0/8", "fd00::/8" or "192.0.2.7".
gateway-config-database = this file does not hold the address of a PostgreSQL
gateway-config-database-do = Write one line such as: postgres://releve@db.example.org/releve
gateway-config-database-mode = there is no such “sslmode”, or it protects from nothing
gateway-config-database-mode-do = Choose among: disable, require, verify-ca, verify-full.
gateway-config-authority = this file does not hold the certificate of an authority
gateway-config-authority-do = Give a PEM file, which begins with “-----BEGIN CERTIFICATE-----”.
gateway-config-database-ca = without database_url_file the database is SQLite and has no certificate
gateway-config-database-ca-do = Remove this line, or add database_url_file.
gateway-config-chain = { $path } holds no certificate that can be read
gateway-config-chain-do = Give the chain in PEM (often fullchain.pem), which this user can read.
gateway-config-key = { $path } holds no private key that can be read
gateway-config-key-do = Give the key in PEM (often privkey.pem), which this user can read.
gateway-config-pair = { $path } is not the key of this certificate
gateway-config-pair-do = A certificate and its key are renewed together: take both from the same folder.
gateway-config-duration = this is not a period from a day to three years
gateway-config-duration-do = Write for instance "P1Y" (a year), "P6M" (six months) or "P3Y".
gateway-config-application = Enedis does not admit this name of an application
gateway-config-application-do = At most 38 characters, without “Enedis” and “Linky”: the name registered at Enedis.
gateway-config-empty = this text is empty or has a control character

### Why the program stops
gateway-stop-database = the database does not answer: { $why }
gateway-stop-contended = the database is too busy; try again
gateway-stop-corrupt = a row of the database is not as this program writes it: { $why }
gateway-stop-keys = the keys do not serve: { $why }
gateway-stop-keys-lost = the key file { $path } is missing, and the database holds consents that only its keys open: put it back from your backup (on a further node: copy it from the first)
gateway-stop-keys-damaged = the key file { $path } is damaged: put it back from your backup
gateway-stop-keys-open = anybody on this machine can read the key file { $path }: run “chmod 600 { $path }”
gateway-stop-keys-file = the key file { $path } cannot be read or written: { $why }
gateway-stop-file = the database file { $what } cannot be opened: { $why }
gateway-stop-too-new = the database is of version { $found }; this program knows version { $known }: install the newest
gateway-stop-folder = the folder { $what } cannot be made: { $why }
gateway-stop-listen = cannot listen on { $what }: { $why }
gateway-stop-system = the system refuses: { $why }
gateway-stop-tls = the certificate and its key do not serve any more
gateway-stop-plain = neither [tls] nor trusted_proxies is configured; plain HTTP serves this machine only, with --plain-http
gateway-stop-not-ready-store = the database does not answer
gateway-stop-not-ready-clock = the clocks of this machine and of the database are more than 30 seconds apart
gateway-stop-not-ready-draining = the gateway is stopping
