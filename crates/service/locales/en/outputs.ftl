## Destinations: what they have in common
outputs-done = { $name }: { $written } written, { $deleted } deleted.
config-output-name = the destination name “{ $name }” is not valid
config-output-name-do = Use lower-case letters without accents, digits, “-” and “_”, 40 at most.
config-output-url = this is not an address that fits here
config-output-url-do = An address begins here with one of these words, then “://” and the host: { $schemes }.
config-output-point = usage point { $prm } is not in the configuration
config-output-point-do = Add it under [[usage_points]], or remove it here.
config-output-pair = a pair has two different usage points
config-output-pair-do = First the one that consumes, then the one that produces: merge = [["12345678901234", "98765432109876"]].
config-output-user = destination “{ $name }” has no user
config-output-user-do = Add user = "…", or remove the password and “login”.
config-output-password = destination “{ $name }” has no password
config-output-password-do = Add password_file = "/path/of/the/file" to this section.
config-output-client-id = OAuth2 needs the name of an application registered at Domoticz
config-output-client-id-do = Add client_id = "…" as it stands in Domoticz under Setup, Applications.
config-password-twice = the password of “{ $source }” is given twice
config-password-twice-do = Keep the password or the file that holds it, not both.
config-password-empty = this password is empty or has a control character
config-password-empty-do = Write it on one line.
