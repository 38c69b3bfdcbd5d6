## Jeedom

cli-value-name = NAME
cli-value-number = NUMBER
cli-jeedom = Make, fill, compare or hide the equipment in Jeedom
cli-jeedom-examples =
    Examples:
      releve jeedom setup
      releve jeedom push --dry-run
      releve jeedom verify
cli-jeedom-setup = Make the equipment and its commands, or what is missing of them
cli-jeedom-name = The equipment's name in Jeedom; otherwise “Linky” and the name of the point
cli-jeedom-adopt = Look at an equipment of the Enedis plugin, to fill it in its place
cli-jeedom-equipment = The equipment's number (its “ID” in Jeedom)
cli-jeedom-keep = Set “Mode de lissage” to “Aucun” on its commands
cli-jeedom-push = Send what is missing or different, oldest first
cli-jeedom-push-examples =
    Examples:
      releve jeedom push --curve-days 7
      releve jeedom push --everything --quiet-import
cli-jeedom-days = Days of half hours to send
cli-jeedom-everything = Send everything that is held, however old
cli-jeedom-quiet = Send nothing while a scenario is started by these commands
cli-jeedom-verify = Compare Jeedom with the ledger, sending nothing
cli-jeedom-remove = Hide and disable the equipment; its history stays
cli-jeedom-destination = The destination, where several are Jeedoms
cli-jeedom-dry-run = Only say what would be done

config-jeedom-key = the destination “{ $name }” has no API key
config-jeedom-key-do = Add key_file = "/path/to/the/file" to this section. The key is in Jeedom under Réglages, Système, Configuration, tab API.
config-key-twice = the key of “{ $source }” is given twice
config-key-twice-do = Keep key or key_file, not both.
config-key-empty = this key is empty or contains a control character
config-key-empty-do = Copy it from Jeedom, on a single line.

error-jeedom-none = no destination of the configuration is a Jeedom
error-jeedom-none-do = Add a section [outputs.jeedom] with kind = "jeedom", url and key_file.
error-jeedom-unknown = no Jeedom in the configuration is called “{ $name }”
error-jeedom-several = several destinations are Jeedoms
error-jeedom-several-do = Say which one: --destination NAME.
error-jeedom-no-point = this Jeedom gets none of these usage points
error-jeedom-no-point-do = See usage_points in its section of the configuration.

jeedom-no-problem = none
jeedom-sending = sending to Jeedom

jeedom-problem-unreachable = Jeedom does not answer: { $what }.
jeedom-problem-unreachable-advice = Check url, and that Jeedom is running. Sending goes on by itself where it stopped.
jeedom-problem-key = Jeedom refuses the key.
jeedom-problem-key-advice = Copy the key from Réglages, Système, Configuration, tab API. If it is a plugin's key, name the plugin: key_of = "virtual". A “ping” that answers proves nothing: Jeedom answers it even with a wrong key.
jeedom-problem-disabled = Jeedom's JSON-RPC access is disabled, or closed to this machine.
jeedom-problem-disabled-advice = In Réglages, Système, Configuration, tab API, set “Accès API JSONRPC” to “Activé”, or to “IP blanche” with this machine's address.
jeedom-problem-rights = This key may not call { $what }.
jeedom-problem-rights-advice = Take the core's key, that of the plugin Virtuel, or that of a user who is an administrator.
jeedom-problem-banned = Jeedom has banned this machine for some minutes, after refused keys.
jeedom-problem-banned-advice = Correct the key, then wait ten minutes; or release the address in Réglages, Système, Configuration, tab Sécurité.
jeedom-problem-not-there = No Jeedom answers at this address (HTTP { $what }).
jeedom-problem-not-there-advice = Check url, without /core/api. If the address is right, this machine may be banned: wait ten minutes.
jeedom-problem-not-json = The answer is not that of a Jeedom (HTTP { $what }): a page came in its place.
jeedom-problem-not-json-advice = Check url; a proxy or a maintenance page may answer in place of Jeedom.
jeedom-problem-shape = Jeedom's answer has not the expected shape: { $what }.
jeedom-problem-shape-advice = Update Jeedom. If it goes on, report it with Jeedom's version.
jeedom-problem-no-command = The command { $what } does not exist in Jeedom any more.
jeedom-problem-no-command-advice = Run “releve jeedom setup” to make it again.
jeedom-problem-no-equipment = The equipment { $what } does not exist in Jeedom.
jeedom-problem-no-equipment-advice = Check its number under adopted, in the configuration.
jeedom-problem-no-method = This Jeedom does not know { $what }.
jeedom-problem-no-method-advice = Update it: Jeedom 4.1 or later is needed.
jeedom-problem-no-plugin = The plugin “{ $what }” is not installed or not active in Jeedom.
jeedom-problem-no-plugin-advice = Install and activate the plugin Virtuel (free, on the Market), then try again.
jeedom-problem-name-taken = The name “{ $what }” is taken in Jeedom.
jeedom-problem-name-taken-advice = Give the equipment another (releve jeedom setup --name NAME), or rename the old one in Jeedom.
jeedom-problem-other = Jeedom answers: { $what }.
jeedom-problem-other-advice = See its logs, under Analyse, Logs.
jeedom-problem-no-setup = The usage point { $what } has no equipment in Jeedom yet.
jeedom-problem-no-setup-advice = Run “releve jeedom setup”.
jeedom-problem-nothing-to-adopt = The equipment “{ $what }” has none of the commands of the Enedis plugin.
jeedom-problem-nothing-to-adopt-advice = Check its number, or make an equipment: releve jeedom setup.
jeedom-problem-whose = To which usage point the equipment “{ $what }” belongs cannot be told.
jeedom-problem-whose-advice = Say it with --usage-point PRM; if it names another, it is not this one's.
jeedom-problem-broker = The MQTT broker does not answer or refuses: { $what }.
jeedom-problem-broker-advice = Check mqtt_url, mqtt_user and the password; they are in the configuration of MQTT Manager.

jeedom-refused-absent = The command “{ $command }” is missing in the equipment.
jeedom-refused-absent-advice = Run “releve jeedom setup” to make it.
jeedom-refused-kind = The command “{ $command }” is not an information of the right type.
jeedom-refused-kind-advice = In Jeedom, set its type to “info” and its subtype to “Numérique”.
jeedom-refused-not-historized = Jeedom keeps no history of “{ $command }”.
jeedom-refused-not-historized-advice = Tick “Historiser” on this command, or run “releve jeedom setup”.
jeedom-refused-mixing = Jeedom would average the values of “{ $command }”: nothing is sent to it.
jeedom-refused-mixing-advice = In the command's advanced configuration, tab Historique, set “Mode de lissage” to “Aucun”; or run “releve jeedom setup” (equipment of Relevé) or “releve jeedom adopt NUMBER --keep-every-value” (equipment of the plugin).
jeedom-refused-formula = “{ $command }” applies a formula that Relevé cannot turn round: { $what }
jeedom-refused-formula-advice = Empty “Formule de calcul” in the command's advanced configuration, or put #value#/1000 there.
jeedom-unstored = Jeedom answered “ok” but did not keep { $what } values of “{ $command }”.
jeedom-unstored-advice = Check that the equipment is enabled, that the command is historized, and that its minimum and maximum exclude nothing; then push again.

jeedom-warning-year = The nightly archiving of Jeedom { $version } deletes every value dated { $year } or later.
jeedom-warning-year-advice = Update Jeedom (4.5.3 or later), then run “releve jeedom push --everything”.
jeedom-warning-core = The version “{ $version }” is not known, nor is what its archiving does.
jeedom-warning-core-advice = Run “releve jeedom verify” the day after a push.
jeedom-warning-purge = Jeedom deletes the history of “{ $command }” after { $after }.
jeedom-warning-purge-advice = In the command's advanced configuration, set “Purger l’historique si plus vieux de” to “Jamais”.
jeedom-warning-purge-all = Jeedom deletes every history after { $after }.
jeedom-warning-purge-all-advice = Change it in Réglages, Système, Configuration, tab Historique, or command by command.
jeedom-warning-disabled = The equipment “{ $equipment }” is disabled: Jeedom answers “ok” and keeps nothing.
jeedom-warning-disabled-advice = Enable it, or run “releve jeedom setup”.
jeedom-warning-zone = Jeedom keeps the time of { $zone }, the dates that are sent that of Paris.
jeedom-warning-zone-advice = Set the zone in Réglages, Système, Configuration, or read these dates as the meter's.
jeedom-scenario = The scenario “{ $name }” ({ $id }) is started by every value that is sent, however old.
jeedom-scenario-advice = Disable it during a large push. With --quiet-import nothing is sent while it is active.
jeedom-scenario-held = Nothing was sent: the scenario “{ $name }” ({ $id }) would be started by every value.
jeedom-scenario-held-advice = Disable it, push again, then enable it again.

jeedom-setup-created = Equipment { $id } made for { $prm }.
jeedom-setup-would-create = An equipment would be made for { $prm }.
jeedom-setup-found = The equipment { $id } of { $prm } is there.
jeedom-setup-added = Commands added: { $ids }
jeedom-setup-mended = Commands put right: { $ids }
jeedom-setup-none = Every usage point has an adopted equipment: there is nothing to make.
jeedom-setup-next = Next: releve jeedom push; releve run then does it every hour.
jeedom-adopt-found = Equipment { $id } (“{ $name }”) for { $prm }, profile { $profile }:
jeedom-adopt-next = All of it can be filled. Add to this Jeedom's section of the configuration:
jeedom-adopt-mend = Put these commands right first, then try again.
jeedom-fill-heading = { $name } · equipment { $id } · { $prm }
jeedom-fill-command = { $rows } values, { $sent } sent
jeedom-fill-command-lacks = { $rows } values, { $differing } to send
jeedom-fill-right = Jeedom has the { $rows } values ({ $calls } calls).
jeedom-fill-lacks = Jeedom lacks { $differing } of the { $rows } values ({ $calls } calls).
jeedom-fill-sent = { $sent } values sent, { $differing } were missing or different ({ $calls } calls).
jeedom-removed = The equipment { $id } (“{ $name }”) is hidden and disabled. Jeedom lets nobody delete it from outside: do so in Jeedom, if you wish.
jeedom-remove-would = The equipment { $id } (“{ $name }”) would be hidden and disabled.
jeedom-remove-none = The usage point { $name } has no equipment in Jeedom.
