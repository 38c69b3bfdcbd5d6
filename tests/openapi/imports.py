#!/usr/bin/env python3
"""Files and forms that a description cannot make up, sent to the dashboard's
import: cut off, with bytes changed, lines turned round, forms that do not end.
Each is kept whole or refused with a problem document (RFC 9457); nothing is an
error of the server. Only the standard library; the same cases each time.

    imports.py DASHBOARD TOKEN NUMBER FILE
"""

import json
import random
import sys
import urllib.error
import urllib.request

dashboard, token, number, path = sys.argv[1:]
good = open(path, "rb").read()
lines = good.split(b"\n")
small = b"\n".join(lines[:400])
chance = random.Random(20261121)
# Not one of the home's usage points: what it holds is compared afterwards.
where = dashboard + "/api/v1/import?point=44444444444444&lang=en"


def changed(data):
    data = bytearray(data)
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def turned(data):
    rows = data.split(b"\n")
    rest = rows[3:]
    chance.shuffle(rest)
    return b"\n".join(rows[:3] + rest)


FILES = [
    lambda: small,
    lambda: small[: chance.randrange(len(small))],
    lambda: small[chance.randrange(len(small)):],
    lambda: changed(small),
    lambda: turned(small),
    lambda: small + small,
    lambda: small.replace(b";", b"\0;"),
    lambda: small.replace(b"W", b"kW"),
    lambda: small.decode().encode("utf-16"),
    lambda: chance.randbytes(chance.randrange(1, 5000)),
    lambda: b"PK\x03\x04" + chance.randbytes(2000),
    lambda: b"[" * 20000,
    lambda: b'{"a":' * 5000,
    lambda: b"",
    lambda: (b";" * 70000 + b"\n") * 3,
    lambda: b"2022-07-29T00:30:00+02:00;" + b"9" * 40 + b"\n",
]
NAMES = ["a.csv", "", "../../etc/passwd", "<script>.csv", "é" * 300, "a\tb.xlsx", "x.json", "nul\\0.csv"]


def form():
    """A body and its boundary."""
    boundary = "%032x" % chance.getrandbits(128)
    parts = b""
    for _ in range(chance.choice([1, 1, 1, 1, 2, 3, 0, 101])):
        name = chance.choice(NAMES)
        parts += (f'--{boundary}\r\ncontent-disposition: form-data; name="file"; '
                  f'filename="{name}"\r\n\r\n').encode() + chance.choice(FILES)() + b"\r\n"
    end = chance.choice([f"--{boundary}--\r\n"] * 8 + ["", f"--{boundary}\r\n", "--\r\n"])
    said = boundary if chance.random() < .95 else "another"
    return parts + end.encode(), said


def send(body, boundary):
    headers = {
        "content-type": f"multipart/form-data; boundary={boundary}",
        "x-csrf-token": token,
        "cookie": f"releve={number}",
        "origin": dashboard,
    }
    request = urllib.request.Request(where, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers.get_content_type(), refusal.read()


def main():
    counts = {}
    for case in range(250):
        body, boundary = form()
        status, kind, text = send(body, boundary)
        counts[status] = counts.get(status, 0) + 1
        told = json.loads(text)
        if status == 200:
            well = kind == "application/json" and told["files"] is not None
        else:
            well = (400 <= status < 500 and kind == "application/problem+json"
                    and told["status"] == status and told["title"]
                    and told["type"].startswith("urn:releve:problem:"))
        if not well:
            sys.exit(f"FAILED import {case}: {status} {kind} {text[:300]}\n{body[:300]}")
    print("imports:", ", ".join(f"{n} answered {status}" for status, n in sorted(counts.items())))
    if not counts.get(200) or not counts.get(400):
        sys.exit(f"FAILED the cases meet neither side: {counts}")


main()
