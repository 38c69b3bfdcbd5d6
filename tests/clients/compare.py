#!/usr/bin/env python3
"""Our gateway and node oidc-provider, as the same clients saw them: what
differs, and why. A difference without a reason is a failure.

    compare.py OURS THEIRS      (one JSON report a line and client)
"""

import json
import sys

REASONS = {
    "expires_in": "ours lives 12 600 s, the life that boxes of the older proxy expect; theirs its default",
    "scope": "ours grants what the person ticked and leaves OpenID words out (RFC 6749 section 3.3); "
             "theirs grants what was asked",
    "code_lifetime": "ours 1 200 s, because a person may first need an Enedis account; theirs 600 s",
    "interval": "ours says 5; theirs leaves the default of RFC 8628 section 3.2 unsaid",
    "token_type": "the same type; clients keep the case that the server wrote, and it has no meaning",
    "id_token": "ours is no OpenID provider and issues none",
}


def reports(path):
    with open(path, encoding="utf-8") as lines:
        return {r["client"]: r for r in map(json.loads, lines)}


ours, theirs = reports(sys.argv[1]), reports(sys.argv[2])
unexplained = 0
for client in sorted(ours.keys() & theirs.keys()):
    for field in sorted(ours[client].keys() | theirs[client].keys()):
        a, b = ours[client].get(field), theirs[client].get(field)
        if a == b:
            continue
        reason = REASONS.get(field)
        unexplained += reason is None
        print(f"  {client}: {field} {a!r} here, {b!r} there: {reason or 'UNEXPLAINED'}")
sys.exit(1 if unexplained else 0)
