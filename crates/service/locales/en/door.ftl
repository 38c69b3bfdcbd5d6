## The dashboard's door

door-title = Log in
door-password = Password
door-enter = Log in
door-plain = This connection is not encrypted. On a network that you share with others, reach Relevé through a proxy with TLS.
door-wrong-password = This is not the password.
door-wait =
    { $seconds ->
        [one] Too many attempts. The next one is possible in { $seconds } second.
       *[other] Too many attempts. The next one is possible in { $seconds } seconds.
    }
door-crowded = Too many people are logging in at once. Try again in a moment.
door-home = To the dashboard

door-unknown-host = Relevé does not answer to this name
door-unknown-host-do = Open it by its address, or add the name to `names` in the section `[dashboard]` of the configuration.
door-passed-on = This request came through a proxy
door-passed-on-do = Without a password, Relevé answers only to who sits at this machine. Set a password (releve dashboard password), or tell it which proxy to trust (`trusted_proxies` and `user_header`).
door-not-signed-in = You are not logged in
door-not-signed-in-do = Log in, then try again.
door-not-vouched-for = Nobody has vouched for you
door-not-vouched-for-do = Relevé can be reached only through Home Assistant or the proxy that its configuration names.
door-ambiguous-user = The request names two users
door-ambiguous-user-do = The proxy must remove the user's header from what browsers send before it sets its own.
door-other-site = Another site sent this request
door-other-site-do = Nothing was changed. Reload the page in Relevé and try again there. Behind a proxy, it must pass on the host that the browser asked for.
door-bad-token = This page is too old
door-bad-token-do = Nothing was changed. Reload the page and try again.
door-viewer-only = You may look, but not change anything
door-viewer-only-do = Log in with the owner's password to change things.
door-too-many-attempts = Too many attempts
door-too-many-attempts-do = Wait a moment, then try again.
door-busy = Relevé is busy
door-busy-do = Try again in a moment.
door-malformed = This request cannot be understood
door-malformed-do = Reload the page and try again.
door-not-found = There is nothing here
door-not-found-do = Check the address, or start from the dashboard.
door-method = This address is used differently
door-method-do = Start again from the dashboard.
door-too-large = This is too large
door-too-large-do = Files may have at most 64 MiB. Import a larger one with releve import.
door-too-slow = The request did not arrive in time
door-too-slow-do = Check your connection and try again.
door-broken = Something went wrong in Relevé
door-broken-do = The log says more. Try again in a moment.

config-dashboard-listen = “{ $text }” is not an address with a port
config-dashboard-listen-do = Write for example: listen = "127.0.0.1:8733", or "[::]:8733" for every address of this machine.
config-dashboard-name = “{ $name }” is not a host name
config-dashboard-name-do = Write it as in an address, without “http://” and without a port: "releve.home.arpa".
config-dashboard-net = “{ $text }” is neither an address nor a network
config-dashboard-net-do = Write for example "192.168.1.2", "10.0.0.0/8" or "fd00::/8".
config-dashboard-everybody = “{ $text }” would trust everybody
config-dashboard-everybody-do = Give the address of the proxy alone: whoever is trusted says who the user is.
config-dashboard-header = “{ $text }” is not the name of a header
config-dashboard-header-do = Write for example "Remote-User".
config-dashboard-nobody = a user's header is to be believed, but from nobody
config-dashboard-nobody-do = Give the proxy's address: trusted_proxies = ["192.168.1.2"].

door-error-unguarded = the dashboard would be open to everybody who reaches { $listen }
door-error-unguarded-do = Set a password with “releve dashboard password”, or let a proxy (trusted_proxies and user_header) or Home Assistant (ingress) say who comes in.
door-error-nobody = a user's header is to be believed, but from nobody
door-error-everybody = { $net } would trust everybody
door-error-name = “{ $name }” is not a host name
door-error-randomness = the system gives no random numbers
door-error-not-a-hash = { $path } does not hold what “releve dashboard password” writes
door-error-not-a-hash-do = Run it again. The password itself does not belong into this file.
door-error-too-costly = the hash in { $path } takes more than 64 MiB or ten passes
door-error-too-costly-do = Write it anew with “releve dashboard password”.

cli-dashboard = Look after the dashboard
cli-dashboard-password = Set a password of the dashboard
cli-dashboard-viewer = The password of who may look, but change nothing
cli-dashboard-password-examples =
    Examples:
      releve dashboard password
      releve dashboard password --viewer
      printf '%s\n' "$PASSWORD" | releve dashboard password --json
password-ask = New password (at least eight characters):
password-again = The same again:
password-differ = the two passwords differ
password-differ-do = Nothing was changed. Run the command again.
password-too-short = a password has at least eight characters
password-too-long = a password has at most 1024 bytes, and no control characters
password-kept-owner = The owner's password is set ({ $path }).
password-kept-viewer = The viewer's password is set ({ $path }).
password-restart = It counts from the next start of “releve serve” or “releve run”.
password-unwritable = { $path } cannot be written: { $cause }
