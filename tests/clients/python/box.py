"""What the Python clients share: the person beside the box, and the report."""

import json
import os
import subprocess

from secrets_told import told

ISSUER = os.environ["ISSUER"]
CLIENT_ID = os.environ["CLIENT_ID"]
SCOPE = os.environ["SCOPE"]
WELL_KNOWN = f"{ISSUER}/.well-known/{os.environ['WELL_KNOWN']}"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


def call_person(asked):
    """Starts the person who reads the box's display; they work while it polls."""
    command = [os.environ["APPROVE"], asked["verification_uri"], asked["user_code"]]
    return subprocess.Popen(command)


def report(client, asked, tokens, renewed, **more):
    """Says what happened, in one line."""
    told(asked.get("device_code"), asked.get("user_code"))
    told(*(pair.get(name) for pair in (tokens, renewed) for name in ("access_token", "refresh_token")))
    print(json.dumps({
        "client": client,
        "token_type": tokens.get("token_type"),
        "expires_in": tokens.get("expires_in"),
        "scope": tokens.get("scope"),
        "rotated": renewed.get("refresh_token") not in (None, tokens.get("refresh_token")),
        "interval": asked.get("interval"),
        "code_lifetime": asked.get("expires_in"),
        "verification_uri_complete": "verification_uri_complete" in asked,
        **more,
    }))
