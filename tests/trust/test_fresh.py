"""Steps that weigh much, pressed with a session that has not shown for an hour who holds it."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from sample.cast import PASSWORD
from tests.trust.clients import sign_in, token_of
from tests.trust.test_doors import MAILS
from webapp.factory import create_app

WEIGHTY = (
    "GET /deals/0123/accept/1",
    "POST /deals/0123/accept/1",
    "GET /deals/0123/promise/1",
    "POST /deals/0123/promise/1",
    "GET /deals/0123/objections/0123",
    "POST /deals/0123/objections/0123",
    "GET /deals/0123/contract/freeze",
    "POST /deals/0123/contract/freeze",
    "GET /deals/0123/contract/sign",
    "POST /deals/0123/contract/sign",
    "GET /deals/0123/contract/sign-electronically",
    "POST /deals/0123/contract/sign-electronically",
    "GET /deals/0123/contract/copies/0123",
    "POST /deals/0123/contract/copies/0123",
    "GET /results/0123/postings/new",
    "POST /results/0123/postings/new",
    "GET /results/0123/open-licence",
    "POST /results/0123/open-licence",
    "GET /postings/0123/announcement",
    "POST /postings/0123/announcement",
    "GET /postings/0123/take",
    "POST /postings/0123/take",
    "GET /results/0123/rounds/new",
    "POST /results/0123/rounds/new",
    "GET /rounds/0123/register",
    "POST /rounds/0123/register",
    "GET /rounds/0123/quote",
    "POST /rounds/0123/quote",
    "GET /rounds/0123/key",
    "POST /rounds/0123/key",
    "GET /rounds/0123/open",
    "POST /rounds/0123/open",
    "POST /money/accounts/0123/approve",
    "POST /money/accounts/0123/retire",
    "GET /money/0123/pay",
    "POST /money/0123/pay",
    "POST /money/0123/payments/0123",
    "POST /money/0123/payouts/0123",
    "POST /money/0123/forfeit",
    "POST /money/0123/cancel",
    "POST /account/tokens",
    "POST /account/webhooks",
    "POST /account/webhooks/hok_0123/secret",
    "POST /memberships/0123/roles",
    "POST /memberships/0123/end",
    "POST /account/security/app/new",
    "GET /account/security/app",
    "POST /account/security/codes",
    "POST /account/security/off",
    "GET /account/security/passkeys/new",
    "POST /account/security/passkeys/new",
    "POST /account/security/passkeys/0123/remove",
    "POST /passkeys/ask/add",
    "POST /account/identities/0123/link",
    "POST /account/identities/0123/remove",
    "POST /account/contacts",
    "POST /account/contacts/0123/remove",
    "POST /organisations/0123/sign-on",
    "POST /organisations/0123/sign-on/end",
)
"""Offers, objections, money, keys, roles, leaving, ways of signing in."""


@pytest.fixture(scope="module")
def stale(sample_market):
    """An officer's browser whose session is an hour old, and the token of its forms."""
    app = create_app(sample_market)
    app.config.update(TESTING=True)
    client = app.test_client()
    sign_in(client, MAILS["tto_officer"], PASSWORD)
    token = token_of(client.get("/account").text)
    with sample_market.database.write() as session:
        session.execute(text("UPDATE login_session SET created_at = '2020-01-01 00:00:00+00:00'"))
        session.commit()
    assert client.get("/account").status_code == 200
    return client, token


@pytest.mark.parametrize("step", WEIGHTY)
def test_who_has_not_shown_lately_who_they_are_does_so_first(stale, step):
    client, token = stale
    method, path = step.split()
    data = {"csrf_token": token} if method == "POST" else None
    answer = client.open(path, method=method, data=data)
    assert answer.status_code == 302, answer.text[-300:]
    assert "/sign-in/again?next=" in answer.location


def test_after_the_proof_the_step_is_taken(stale):
    client, token = stale
    sent = client.post("/account/tokens", data={"csrf_token": token})
    proof = {"csrf_token": token, "old": PASSWORD}
    assert client.post(sent.location, data=proof).status_code == 302
    typed = {"csrf_token": token, "name": "Bridge", "scopes": "read:market", "days": "30"}
    assert client.post("/account/tokens", data=typed).status_code == 201
