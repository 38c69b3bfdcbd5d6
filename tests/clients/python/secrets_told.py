"""Notes what somebody was told, for the hunt for secrets (tests/secrets)."""

import os


def told(*secrets):
    """Adds each to the list that RELEVE_SECRETS names, when it names one."""
    path = os.environ.get("RELEVE_SECRETS")
    if path:
        with open(path, "a", encoding="utf-8") as listed:
            # Another server's cookies may be a letter or two: those are found anywhere.
            listed.writelines(f"text {secret}\n" for secret in secrets if secret and len(secret) >= 8)
