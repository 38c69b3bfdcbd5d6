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
config-missing-at-top = “{ $key }” is missing
config-missing-at-top-do = Add a line “{ $key } = …” above the first section.
config-missing-section = the section “{ $key }” is missing
config-missing-section-do = Add it: a line [{ $key }], and its keys below.
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
config-url-https-do = Write https://; http:// is allowed to this machine only (localhost, 127.0.0.1, ::1), or within your own network with allow_http = true.
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
config-first-try = “{ $value }” is not a time between 04:00 and 13:00
config-first-try-do = Write for example "09:30".
config-again = there are at most six further tries
config-again-do = Write for example [1, 2, 4]: hours from one try to the next.
config-hours = “{ $value }” does not give at least four hours of one day
config-hours-do = Write for example "08:00-22:00"; "00:00-24:00" never closes.
config-collect-empty = there is nothing to collect of this usage point
config-collect-empty-do = Name at least one of "curve", "daily", "maximum", "index", "production", or remove the line to collect everything.
config-sources-twice = both `source` and `sources` are given
config-sources-twice-do = Keep `sources`, the most trusted first, or `source` if there is one only.
config-source-repeated = the source “{ $source }” is given twice
config-source-repeated-do = Remove the second one.
