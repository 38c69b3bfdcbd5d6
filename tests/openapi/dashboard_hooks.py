"""What the description of the dashboard's API cannot say: which usage points
there are, which days have readings, and which offers exist. Half of the cases
use them, so that both the refusals and what lies behind them are met."""

import datetime

import schemathesis

POINTS = ["22222222222222", "33333333333333"]
OFFERS = ["trv-base", "trv-hphc", "trv-tempo"]
LAST = datetime.date(2026, 11, 20)


def number(part):
    return sum(repr(sorted(part.items())).encode())


@schemathesis.hook
def map_query(context, query):
    if not query or number(query) % 2:
        return query
    chosen = number(query) // 2
    day = LAST - datetime.timedelta(days=chosen % 730)
    known = {
        "point": POINTS[chosen % 2],
        "day": day.isoformat(),
        "period": day.isoformat()[: (4, 7, 10)[chosen % 3]],
        "offer": OFFERS[chosen % 3],
        "offers": ",".join(OFFERS[: chosen % 3 + 1]),
        "expression": "HC (22H38-6H38)",
    }
    return {name: known[name] if isinstance(value, str) and name in known else value
            for name, value in query.items()}


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if path_parameters and "offer" in path_parameters and number(path_parameters) % 2 == 0:
        return {**path_parameters, "offer": OFFERS[number(path_parameters) % 3]}
    return path_parameters


def is_day(value):
    try:
        return isinstance(value, str) and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


@schemathesis.hook
def map_body(context, body):
    """Half of what is sent is about what there is; what is wrong stays wrong."""
    if not isinstance(body, dict) or number(body) % 2:
        return body
    chosen = number(body) // 2
    day = LAST - datetime.timedelta(days=chosen % 300)
    later = day + datetime.timedelta(days=chosen % 5)
    known = {
        "from": (is_day, day.isoformat()),
        "to": (is_day, later.isoformat()),
        "output": (lambda value: isinstance(value, str) and 0 < len(value) <= 200, "box"),
    }
    return {name: known[name][1] if name in known and known[name][0](value) else value
            for name, value in body.items()}
