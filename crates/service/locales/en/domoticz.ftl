## Domoticz
domoticz-description = Linky meter { $target }
domoticz-description-of = Relevé: figures of { $day }
domoticz-description-none = Relevé: no whole figures yet
domoticz-log-consent = Relevé waits for your consent: open { $link } and type the code { $code }

domoticz-problem-unreachable = Domoticz does not answer ({ $cause })
domoticz-problem-unreachable-advice = Check the address “url” and that Domoticz is running. Relevé tries again by itself.
domoticz-problem-cut = Domoticz cut the connection in the middle of an answer
domoticz-problem-cut-advice = Nothing to do: what is not confirmed is sent again.
domoticz-problem-unauthorized = Domoticz refuses this access (401)
domoticz-problem-unauthorized-advice = Check “user” and the password, or add this machine’s address to the trusted networks of Domoticz (Setup, Security). Over http://, Domoticz admits “basic” only with “Allow Basic-Auth over plain HTTP” ticked: rather use “session”.
domoticz-problem-forbidden = the user may not do this at Domoticz (403, { $command })
domoticz-problem-forbidden-advice = Give this user the right “Admin” in Domoticz (Setup, Users).
domoticz-problem-two-factor = Domoticz asks for a second factor of this user
domoticz-problem-two-factor-advice = Make a user without second factor for Relevé, or add this machine to the trusted networks.
domoticz-problem-refused = Domoticz refuses the command “{ $command }” and does not say why
domoticz-problem-refused-advice = Look at its log (Setup, Log). Relevé tries again by itself.
domoticz-problem-unknown-command = Domoticz does not know the command “{ $command }”
domoticz-problem-unknown-command-advice = Install Domoticz 2024.1 or later.
domoticz-problem-unexpected = Domoticz answers with code { $code }
domoticz-problem-unexpected-advice = Look at its log, and at what stands between it and Relevé (a proxy). Relevé tries again by itself.
domoticz-problem-not-domoticz = what answers at this address is not Domoticz
domoticz-problem-not-domoticz-advice = Check “url”: it is the address of the first page of Domoticz.
domoticz-problem-too-old = Domoticz { $version } is too old: its commands have other names
domoticz-problem-too-old-advice = Install Domoticz 2024.1 or later; its history stays.
domoticz-problem-spoils = Domoticz { $version } spoils managed devices: history replaces the present value there
domoticz-problem-spoils-advice = Install Domoticz 2024.1 or later; nothing was written.
domoticz-problem-gone = { $target }: device { $idx } is not in Domoticz any more
domoticz-problem-gone-advice = “releve domoticz setup” makes it again with all its history; else remove this point from “usage_points”.
domoticz-problem-wrong-type = { $target }: device { $idx } is of another type ({ $kind })
domoticz-problem-wrong-type-advice = Set “device” to that type, or adopt another device: “releve domoticz adopt --idx N”.
domoticz-problem-not-held = { $target }: Domoticz said OK, but { $rows } rows are not there, the first of { $first }
domoticz-problem-not-held-advice = Look at the log of Domoticz and at the room on its disk. Relevé sends them again by itself.
domoticz-problem-plugin-device = { $target }: the DomoticzLinky plugin has device { $idx } already
domoticz-problem-plugin-device-advice = “releve domoticz adopt” takes it over with its number and its history.
domoticz-problem-nothing-to-adopt = { $target }: Domoticz has no device of the DomoticzLinky plugin for this point
domoticz-problem-nothing-to-adopt-advice = Name the device yourself (--usage-point PRM --idx N), or make one: “releve domoticz setup”.
domoticz-problem-has-device = { $target } has device { $idx } already
domoticz-problem-has-device-advice = “releve domoticz remove” takes it away first.
domoticz-problem-no-device = { $target }: no device yet
domoticz-problem-no-device-advice = Make it: “releve domoticz setup”, or take over the plugin’s: “releve domoticz adopt”.
domoticz-problem-broker = the MQTT broker refuses or does not answer ({ $cause })
domoticz-problem-broker-advice = Check “mqtt_url”, “mqtt_user” and the password. Relevé tries again by itself.

domoticz-notice-short-log = Domoticz keeps { $kept } days of short log, { $wanted } are wanted
domoticz-notice-short-log-advice = Setup, Log History: set the short log to { $wanted } days.
domoticz-notice-divider = the energy divider of Domoticz is { $divider } instead of 1000: its graphs will be wrong
domoticz-notice-divider-advice = Setup, Meters: set the divider “Energy” back to 1000.
domoticz-notice-p1-display = the P1 tile of Domoticz is set to display { $value }
domoticz-notice-p1-display-advice = Setup, Meters: the usual display of the P1 shows all lines.
domoticz-notice-timeout = Domoticz holds a sensor for silent after { $minutes } minutes
domoticz-notice-timeout-advice = Setup, System: 60 minutes, as it comes, is fine.
domoticz-notice-hardware-off = { $target }: the hardware of this device is disabled in Domoticz
domoticz-notice-hardware-off-advice = Rows are written all the same; enable that hardware, or adopt the device.
domoticz-notice-one-sided = { $target }: { $days } days have only one of the two directions, the other shows 0
domoticz-notice-one-sided-advice = “releve status” says what is missing and why.
domoticz-notice-unsplit = { $target }: { $days } days without a whole curve or without known hours; what is not surely off-peak counts as peak
domoticz-notice-unsplit-advice = Give the hours in “off_peak”, or import the missing curve.

cli-domoticz = Make, adopt, fill and check the devices of Domoticz
cli-domoticz-setup = Makes the devices that are missing, also those that you deleted
cli-domoticz-adopt = Takes over the devices of the DomoticzLinky plugin, with their number and their years
cli-domoticz-push = Sends what differs and reads it back
cli-domoticz-verify = Compares all that Domoticz shows with the ledger, and its settings
cli-domoticz-remove = Deletes the devices that Relevé made; those it adopted stay
cli-domoticz-name = Name of the destination in the configuration (when there are several)
cli-domoticz-dry-run = Shows what would be done, and does nothing
cli-domoticz-idx = Number (idx) of the device to take over
cli-value-idx = NUMBER
cli-domoticz-examples =
    Examples:
      releve domoticz setup
      releve domoticz adopt --dry-run
      releve domoticz push --dry-run
      releve domoticz verify
domoticz-none = no Domoticz destination of that name is configured
domoticz-none-do = Add to the configuration: [outputs.domoticz], kind = "domoticz", url = "http://…:8080".
domoticz-several = several Domoticz destinations are configured
domoticz-several-do = Choose one: --name NAME.
domoticz-pushed = { $written } written, { $deleted } deleted, { $unchanged ->
    [one] { $unchanged } row right already.
   *[other] { $unchanged } rows right already.
 }
domoticz-would-push = { $rows ->
    [one] { $rows } row would be sent
   *[other] { $rows } rows would be sent
 }, { $unchanged ->
    [one] { $unchanged } is right already.
   *[other] { $unchanged } are right already.
 }
domoticz-checked = { $compared ->
    [one] { $compared } row compared
   *[other] { $compared } rows compared
 }, { $differ ->
    [one] { $differ } differs.
   *[other] { $differ } differ.
 }
domoticz-costs = Prices to type into Domoticz (Setup, Meters, energy costs):
domoticz-no-devices = No device.
domoticz-is-made = { $target }: device { $idx } made.
domoticz-is-there = { $target }: device { $idx } is there already.
domoticz-is-adopted = { $target }: device { $idx } taken over.
domoticz-is-deleted = { $target }: device { $idx } deleted.
domoticz-is-let-go = { $target }: device { $idx } left to Domoticz with its history.
domoticz-would-made = { $target }: a device would be made.
domoticz-would-there = { $target }: device { $idx } is there already.
domoticz-would-adopted = { $target }: device { $idx } would be taken over.
domoticz-would-deleted = { $target }: device { $idx } would be deleted.
domoticz-would-let-go = { $target }: device { $idx } would be left to Domoticz.
domoticz-plugin-runs = The plugin still runs: switch it off in Domoticz (Setup, Hardware), or it will make a device again.
domoticz-proposal = The plugin’s settings, in the words of Relevé:
