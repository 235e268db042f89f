"""What is owed, a contract and its registration, read by programs of both sides."""

from __future__ import annotations

from datetime import date

import pytest

from billing.actions.claim_payment import Proof, claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.actions.raise_obligation import raise_obligation
from billing.raising import Raised
from billing.rules import Claim
from core.actor import SYSTEM
from core.ids import show
from tests.api.conftest import must_refuse
from tests.listings.conftest import FIRM, INSTITUTE, People
from webapp.api.schemas.money import OBLIGATION


@pytest.fixture
def owed(executor, api):
    """A fee of 1,000 yuan that the firm owes the institute directly; 1,500 arrived."""
    raised = Raised("fee", "deal:" + "7" * 32, INSTITUTE, 100_000, "CNY", date(2027, 1, 5), FIRM)
    made = executor.run(SYSTEM, raise_obligation, raised).ref
    told = Claim(150_000, date(2026, 11, 23), "澄岚", "某银行", "6222 1111")
    proof = Proof("ab" * 32, "sent.pdf", "application/pdf")
    payment = executor.run(People.buyer, claim_payment, made, told, proof).ref
    for one in (People.officer, People.operator):
        executor.run(one, confirm_payment, made, payment, 150_000)
    return show("obligation", made)


def test_both_sides_read_what_is_owed_and_nobody_else(api, owed):
    for who in ("buyer", "officer"):
        assert [one["id"] for one in api.get("/obligations", who).get_json()["items"]] == [owed]
        answer = api.get(f"/obligations/{owed}", who)
        assert answer.headers["ETag"]
        seen = answer.get_json()
        assert set(seen) == OBLIGATION.of["payer"]
        assert (seen["state"], seen["amount"], seen["paid"]) == ("paid", 100_000, 100_000)
        assert [(one["seen"], one["taken"]) for one in seen["payments"]] == [(150_000, 100_000)]
        assert [(one["kind"], one["amount"]) for one in seen["payouts"]] == [
            ("overpayment", 50_000)
        ]
    for who in ("stranger", "operator"):
        assert api.get("/obligations", who).get_json()["items"] == []
        must_refuse(api.get(f"/obligations/{owed}", who), 404, "not_found")


def test_money_has_a_scope_of_its_own(api, owed):
    token = api.token("buyer", "read:deals", "read:organisation")
    for path in ("/obligations", f"/obligations/{owed}"):
        assert "read:money" in must_refuse(api.get(path, token), 403, "scope_missing")["detail"]


def test_pages_of_what_is_owed_follow_each_other(api, executor, owed, clock):
    raised = Raised("fee", "deal:" + "8" * 32, INSTITUTE, 1, "CNY", date(2027, 1, 5), FIRM)
    later = show("obligation", executor.run(SYSTEM, raise_obligation, raised).ref)
    first = api.get("/obligations?limit=1", "buyer").get_json()
    rest = api.get(f"/obligations?limit=1&cursor={first['next']}", "buyer").get_json()
    assert {one["id"] for one in first["items"] + rest["items"]} == {owed, later}
    assert rest["next"] is None
