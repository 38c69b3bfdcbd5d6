"""requests-oauthlib (and oauthlib's DeviceClient) as a box. It knows no
discovery: the addresses are read from the metadata by hand."""

import time

import requests
import requests_oauthlib
from oauthlib.oauth2 import DeviceClient, OAuth2Error
from requests_oauthlib import OAuth2Session

from box import CLIENT_ID, SCOPE, WELL_KNOWN, call_person, report

metadata = requests.get(WELL_KNOWN, timeout=10).json()
asked = requests.post(
    metadata["device_authorization_endpoint"], timeout=10,
    data={"client_id": CLIENT_ID, "scope": SCOPE},
)
asked.raise_for_status()
asked = asked.json()
person = call_person(asked)
client = DeviceClient(CLIENT_ID, scope=None)
session = OAuth2Session(client=client)
interval, waits = asked.get("interval", 5), []
while True:
    try:
        tokens = session.fetch_token(
            metadata["token_endpoint"], device_code=asked["device_code"], include_client_id=True,
        )
        break
    except OAuth2Error as error:
        waits.append(error.error)
        if error.error == "slow_down":
            interval += 5
        elif error.error != "authorization_pending":
            raise
        time.sleep(interval)
assert person.wait() == 0, "the person could not agree"
assert "authorization_pending" in waits, waits
renewed = dict(session.refresh_token(
    metadata["token_endpoint"], refresh_token=tokens["refresh_token"], client_id=CLIENT_ID,
))
revoked = requests.post(
    metadata["revocation_endpoint"], timeout=10,
    data={"client_id": CLIENT_ID, "token": renewed["refresh_token"]},
)
assert revoked.status_code == 200, revoked.text
plain = {**tokens, "scope": " ".join(tokens["scope"]) if isinstance(tokens.get("scope"), list) else tokens.get("scope")}
report(f"requests-oauthlib {requests_oauthlib.__version__}", asked, plain, renewed, revoked=True)
