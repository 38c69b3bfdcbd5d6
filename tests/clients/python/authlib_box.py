"""Authlib as a box: discovery and validation of the metadata, device grant,
refresh, introspection where there is one, revocation."""

import time

import authlib
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

from box import CLIENT_ID, DEVICE_GRANT, SCOPE, WELL_KNOWN, call_person, report

session = OAuth2Session(CLIENT_ID, token_endpoint_auth_method="none", revocation_endpoint_auth_method="none")
found = session.request("GET", WELL_KNOWN, withhold_token=True)
found.raise_for_status()
metadata = AuthorizationServerMetadata(found.json())
metadata.validate()

asked = session.request(
    "POST", metadata["device_authorization_endpoint"], withhold_token=True,
    data={"client_id": CLIENT_ID, "scope": SCOPE},
)
asked.raise_for_status()
asked = asked.json()
person = call_person(asked)
interval, waits = asked.get("interval", 5), []
while True:
    try:
        tokens = session.fetch_token(
            metadata["token_endpoint"], grant_type=DEVICE_GRANT, device_code=asked["device_code"],
        )
        break
    except OAuthError as error:
        waits.append(error.error)
        if error.error == "slow_down":
            interval += 5
        elif error.error != "authorization_pending":
            raise
        time.sleep(interval)
assert person.wait() == 0, "the person could not agree"
assert "authorization_pending" in waits, waits
renewed = session.refresh_token(metadata["token_endpoint"], refresh_token=tokens["refresh_token"])
revoked = session.revoke_token(
    metadata["revocation_endpoint"], token=renewed["refresh_token"], token_type_hint="refresh_token",
)
assert revoked.status_code == 200, revoked.text
try:
    session.refresh_token(metadata["token_endpoint"], refresh_token=renewed["refresh_token"])
    raise SystemExit("a withdrawn token was taken")
except OAuthError as error:
    assert error.error == "invalid_grant", error
report(f"Authlib {authlib.__version__}", asked, tokens, renewed, revoked=True)
