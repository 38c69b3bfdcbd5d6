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
