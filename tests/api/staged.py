"""Programs of the people of `tests/deals/conftest.py`: the officer, the buyer, the scholar."""

from __future__ import annotations

import pytest

from accounts.actions.make_token import make_token
from accounts.codes import hash_token
from accounts.scopes import Scope
from accounts.tokens import new_token, shown_part
from tests.api.conftest import Api
from tests.api.contract import Contract
from tests.apps import app_of
from tests.deals.conftest import Stage
from webapp.downloads import OCTETS

PDF = b"%PDF-1.7\n" + "校长办公会纪要".encode()


@pytest.fixture
def programs(runtime, stage: Stage) -> Api:
    client = app_of(runtime).test_client()
    api = Api(client, stage.executor, Contract(client.get("/api/openapi.json").get_json()))
    for name in ("officer", "second", "buyer", "scholar", "stranger"):
        token = new_token()
        kept = (hash_token(token), shown_part(token))
        actor = getattr(stage, name)
        stage.executor.run(actor, make_token, "a program", tuple(Scope), 30, *kept)
        api.tokens[name] = token
    return api


def send(api: Api, path: str, octets: bytes, who: str, **more: object):
    """Posts octets to a path; `more` is the query."""
    head = api.head(who, **{"Idempotency-Key": f"file-number-{next(api.keys)}"})
    sent = {"data": octets, "content_type": OCTETS, "query_string": more}
    return api.call("POST", path, head, **sent)
