#!/usr/bin/env python3
"""A box asks for a consent, a person gives it, and the box fetches its tokens.

    consent.py GATEWAY        prints the access token

Environment: CLIENT_ID, APPROVE (person.py), SSL_CERT_FILE. Only the standard
library.
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.append(os.path.dirname(os.environ["APPROVE"]))
from secrets_told import told  # noqa: E402

gateway = sys.argv[1]
client = os.environ["CLIENT_ID"]


def post(path, fields):
    data = urllib.parse.urlencode(fields).encode()
    try:
        with urllib.request.urlopen(gateway + path, data=data, timeout=40) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        return json.load(refusal)


scope = "daily curve max_power production"
code = post("/device_authorization", {"client_id": client, "scope": scope})
person = [sys.executable, os.environ["APPROVE"], code["verification_uri_complete"], code["user_code"]]
subprocess.run(person, check=True, stdout=sys.stderr)
for _ in range(30):
    answer = post(
        "/token",
        {
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            "client_id": client,
            "device_code": code["device_code"],
        },
    )
    if "access_token" in answer:
        told(code["device_code"], answer["access_token"], answer["refresh_token"])
        print(answer["access_token"])
        break
    if answer["error"] not in ("authorization_pending", "slow_down"):
        sys.exit(answer)
    time.sleep(code["interval"])
else:
    sys.exit("no tokens")
