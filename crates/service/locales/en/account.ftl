## Customer accounts of the Enedis site

cli-account = Look after customer accounts of the Enedis site
cli-account-name = Name of the account (by default the only one that is configured)
cli-account-add = Ask for the secrets of an account, sign in, begin to collect
cli-account-browser = Open Chromium or Firefox, where you sign in yourself, and keep its cookie
cli-account-no-fetch = Do not begin to collect
cli-account-list = Show the accounts and how they stand, without any secret
cli-account-test = Sign in once and say what is found
cli-account-remove = Forget the secrets of an account
cli-account-add-examples =
    Examples:
      releve account add
      releve account add maison --browser
cli-account-examples =
    Examples:
      releve account add maison
      releve account list
      releve account test maison
account-ask-login = E-mail address of the Enedis account:
account-ask-password = Password (it is not shown):
account-ask-cookie = Value of the cookie “internalAuthId” (it is not shown):
account-ended = three answers are needed: address, password, cookie “internalAuthId”
account-ended-do = Give them one per line. With --browser, only the first two are asked for.
account-which = several accounts are configured: { $names }; name one
account-given = the secrets of the account “{ $name }” are systemd’s
account-given-do = Change them where the service gets them (LoadCredential).
account-unknown = the account “{ $name }” has no secrets here
account-unknown-do = Run “releve account list” to see the accounts.
account-removed = The secrets of the account “{ $name }” are forgotten. The readings stay.
account-refused = { $what }
account-advice = { $what }
account-in = Signed in to the account “{ $name }”. Usage points found: { $count }
account-point = { $prm }
account-point-new = { $prm } (not in the configuration)
account-configure = To collect them, add this to the configuration:
account-fetch = First fetch; it may take a few minutes.
account-goes-on = The account limits the calls of a day: the rest of the history follows from { $at } on, by itself where “releve run” is running, else by “releve sync”.
account-busy = “releve run” is at work: the first fetch will happen there.
account-none = No account. “releve account add” adds one.
account-line = { $name }: { $secrets }
account-sources = source: { $sources }
account-secrets-file = secrets in a file
account-secrets-credential = secrets of systemd
account-secrets-nowhere = no secrets
account-browser = the browser cannot be driven: { $cause }
account-browser-do = Install chromedriver (package chromium-driver) or geckodriver beside the browser, or copy the cookie by hand as the guide shows.
account-browser-open = Sign in in the browser’s window and answer what the page asks. You have ten minutes.
account-browser-late = nobody signed in in the browser within ten minutes
account-browser-late-do = Run “releve account add --browser” again when you have the time.
