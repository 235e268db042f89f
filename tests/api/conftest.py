"""A market with people who hold seats and tokens, and a client that speaks to the API."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

import pytest

from accounts.actions.make_token import make_token
from accounts.codes import hash_token
from accounts.models import Membership, Organisation
from accounts.scopes import Scope
from accounts.tokens import new_token, shown_part
from core.actor import SYSTEM, Actor
from core.results import Done
from core.unit_of_work import UnitOfWork
from tests.api.contract import Contract
from tests.apps import app_of
from tests.listings.conftest import FIRM, IDS, INSTITUTE, MARKET, OTHER, Market, market, people

__all__ = ["Market", "market", "people"]

SEATS = {
    "author": (INSTITUTE, ["researcher"]),
    "officer": (INSTITUTE, ["tto_officer"]),
    "colleague": (INSTITUTE, ["tto_officer"]),
    "buyer": (FIRM, ["firm_admin", "firm_member"]),
    "stranger": (OTHER, ["tto_officer"]),
    "operator": (MARKET, ["operator"]),
}
EVERYTHING = tuple(Scope)


def seat(uow: UnitOfWork) -> Done:
    for organisation in sorted({place for place, _ in SEATS.values()}):
        at = uow.lock(Organisation, organisation)
        for name, (place, roles) in SEATS.items():
            if place == organisation:
                row = Membership(
                    id=IDS[name], organisation=place, person=IDS[name], roles=roles,
                    starts_at=at.now,
                )  # fmt: skip
                at.add(row)
        at.record("seated")
    return Done()


@dataclass
class Api:
    """Calls as one of the people, with a token of theirs that has every scope."""

    client: object
    executor: object
    contract: Contract
    tokens: dict[str, str] = field(default_factory=dict)
    keys: count = field(default_factory=count)

    def token(self, name: str, *scopes: str, days: int = 30) -> str:
        token = new_token()
        self.executor.run(
            Actor("person", IDS[name]), make_token, "a program", scopes or EVERYTHING, days,
            hash_token(token), shown_part(token),
        )  # fmt: skip
        return token

    def head(self, who: str | None, **more: str) -> dict[str, str]:
        if who is None:
            return more
        if who not in self.tokens:
            self.tokens[who] = who if who.startswith("qiaoyi_") else self.token(who)
        return {"Authorization": f"Bearer {self.tokens[who]}"} | more

    def get(self, path: str, who: str | None = None, **headers: str):
        return self.call("GET", path, self.head(who, **headers))

    def post(self, path: str, body: object, who: str | None, **headers: str):
        key = {"Idempotency-Key": f"key-number-{next(self.keys)}"}
        return self.call("POST", path, self.head(who, **(key | headers)), json=body)

    def send(self, method: str, path: str, body: object, who: str | None, version: object):
        head = self.head(who, **{"If-Match": f'"{version}"'})
        return self.call(method, path, head, json=body)

    def call(self, method: str, path: str, headers: dict[str, str], **more):
        answer = self.client.open(f"/api/v1{path}", method=method, headers=headers, **more)
        self.contract.check(method, f"/api/v1{path}".partition("?")[0], answer)
        return answer


@pytest.fixture
def app(runtime):
    return app_of(runtime)


@pytest.fixture
def api(app, executor, people) -> Api:
    executor.run(SYSTEM, seat)
    client = app.test_client()
    return Api(client, executor, Contract(client.get("/api/openapi.json").get_json()))


def must_refuse(answer, status: int, code: str) -> dict:
    """The problem document of a refusal; anything else fails."""
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), (
        answer.status_code, answer.text[:500],
    )  # fmt: skip
    body = answer.get_json()
    assert body["code"] == code, body
    return body
