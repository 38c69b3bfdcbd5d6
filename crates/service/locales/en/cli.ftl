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
cli-consent = Ask for a consent; show, renew or forget consents
cli-consent-start = Ask for a consent, or wait on for the one that is asked for
cli-consent-list = Show every consent
cli-consent-renew = Ask for a consent that takes the place of another
cli-consent-forget = Forget a consent, here and at the gateway
cli-consent-source = The source, where there are several
cli-consent-id = The name of the consent, as “consent list” gives it
cli-value-source = SOURCE
cli-value-consent = CONSENT
cli-consent-examples =
    Examples:
      releve consent                  shows the link and the code, then waits
      releve consent list             shows the consents
      releve consent renew gateway-1  asks for a new consent
