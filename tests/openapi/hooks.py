"""What the description cannot say: which client is registered, which usage point
was consented to, and which days Enedis has. Half of the cases use them, so that
the refusals and what lies behind them are both met."""

import datetime
import os

import schemathesis

CLIENT_ID = os.environ["CLIENT_ID"]
USAGE_POINT = os.environ["USAGE_POINT"]
TODAY = datetime.date.today()


def half(part):
    return sum(repr(sorted(part.items())).encode()) % 2 == 0


@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict) and "client_id" in body and half(body):
        return {**body, "client_id": CLIENT_ID}
    return body


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if path_parameters and "prm" in path_parameters and half(path_parameters):
        return {**path_parameters, "prm": USAGE_POINT}
    return path_parameters


@schemathesis.hook
def map_query(context, query):
    if query and {"from", "to"} <= query.keys() and half(query):
        days = sum(repr(query).encode()) % 400
        begin = TODAY - datetime.timedelta(days=days + 3)
        end = begin + datetime.timedelta(days=1 + days % 7)
        return {**query, "from": begin.isoformat(), "to": end.isoformat()}
    return query
