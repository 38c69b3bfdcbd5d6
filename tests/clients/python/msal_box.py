"""MSAL as a box: it discovers by /.well-known/openid-configuration alone, adds
scopes and parameters of its own, and polls at once. It wants a path in the
authority's address (a tenant); "/." is one, and the same address for HTTP."""

import msal

from box import CLIENT_ID, ISSUER, SCOPE, call_person, report

app = msal.PublicClientApplication(CLIENT_ID, oidc_authority=f"{ISSUER}/.", instance_discovery=False)
own = {"openid", "offline_access", "profile"}  # it adds these itself
scopes = [word for word in SCOPE.split() if word not in own]
asked = app.initiate_device_flow(scopes=scopes)
assert "user_code" in asked, asked
person = call_person(asked)
tokens = app.acquire_token_by_device_flow(asked)
assert "access_token" in tokens, tokens
assert person.wait() == 0, "the person could not agree"
held = tokens.get("refresh_token")
if held is None:  # kept in its cache
    held = next(iter(app.token_cache.search(msal.TokenCache.CredentialType.REFRESH_TOKEN)))["secret"]
renewed = app.acquire_token_by_refresh_token(held, scopes=scopes)
assert "access_token" in renewed, renewed
report(f"MSAL {msal.__version__}", asked, tokens, {"refresh_token": "kept by MSAL"}, revoked=None)
