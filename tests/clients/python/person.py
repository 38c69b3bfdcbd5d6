#!/usr/bin/env python3
"""A person with a plain browser: opens the address that a box shows, types its
code, ticks what the page asks to be ticked, and agrees wherever agreement is
asked for, over as many pages and hosts as it takes.

    person.py ADDRESS CODE

Ends well once a page says that all is done. Only the standard library; cookies
are kept, scripts do not run.
"""

import http.cookiejar
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

from secrets_told import told


class Page(HTMLParser):
    """The forms and words of a page."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.words, self.open_form = [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            method = a.get("method", "get").lower()
            self.open_form = {"action": a.get("action", ""), "method": method, "fields": []}
            self.forms.append(self.open_form)
        elif self.open_form is not None and tag in ("input", "button", "textarea", "select"):
            kind = a.get("type", "submit" if tag == "button" else tag)
            field = (kind, a.get("name"), a.get("value", ""))
            self.open_form["fields"].append(field)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open_form = None

    def handle_data(self, data):
        if data.strip():
            self.words.append(data.strip())

    def text(self):
        return " ".join(self.words)


def answers(form, code):
    """What the person puts into a form, or None when there is nothing to agree to."""
    kinds = {name: kind for kind, name, _ in form["fields"] if name}
    values = [(n, v) for kind, n, v in form["fields"] if n and kind == "hidden"]
    if kinds.get("lang") == "hidden" and not {"csrf", "code"} & kinds.keys():
        return None
    submits = [(n, v) for kind, n, v in form["fields"] if n and kind == "submit"]
    if "customer" in kinds:
        values += [("customer", os.environ.get("CUSTOMER", "0"))]
        values += [("usage_point", os.environ.get("USAGE_POINT", "22516914714270"))]
    for name in ("code", "user_code"):
        if kinds.get(name) == "text":
            values = [pair for pair in values if pair[0] != name] + [(name, code)]
    for name in ("login", "password"):
        if name in kinds:
            values.append((name, "person"))
    values += [(n, v) for kind, n, v in form["fields"] if n and kind == "checkbox"]
    agree = [pair for pair in submits if pair[1] in ("accept", "yes", "confirm")]
    return values + (agree or submits[:1])


def is_switch(form):
    """The small form that leads to the other language."""
    names = [name for _, name, _ in form["fields"]]
    return names == ["csrf", "code", "lang", None]


def main():
    address, code = sys.argv[1:3]
    told(code, code.replace("-", ""), os.environ.get("USAGE_POINT"))
    cookies = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    browser.addheaders = [("User-Agent", "person/1"), ("Accept-Language", "en")]
    data = None
    for _ in range(16):
        try:
            answer = browser.open(urllib.request.Request(address, data=data), timeout=40)
        except urllib.error.HTTPError as refusal:
            sys.exit(f"{address} said {refusal.code}: {Page(refusal.read().decode()).text()}")
        here, page = answer.geturl(), Page(answer.read().decode())
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(here).query))
        told(query.get("state"), *(cookie.value for cookie in cookies))
        forms = [form for form in page.forms if not is_switch(form)]
        if not forms:
            if re.search(r"is recorded|signed.?in|success|continue on your device", page.text(), re.I):
                return
            sys.exit(f"{here} leads nowhere: {page.text()}")
        form = forms[0]
        sent = urllib.parse.urlencode(answers(form, code))
        address = urllib.parse.urljoin(here, form["action"] or here)
        if form["method"] == "post":
            data = sent.encode()
        else:
            address, data = f"{address}?{sent}", None
    sys.exit("the pages never end")


main()
