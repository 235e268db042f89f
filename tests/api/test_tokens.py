"""Tokens: made once, cut to scopes and to the seats of the moment, dead at once when ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.actions.change_roles import change_roles
from accounts.actions.end_membership import end_membership
from accounts.actions.make_token import make_token
from accounts.actions.revoke_sessions import revoke_sessions
from accounts.actions.revoke_token import revoke_token
from accounts.consents.actions.accept_texts import accept_texts
from accounts.consents.models import ConsentText
from accounts.errors import TooManyTokens
from accounts.models import AccessToken
from accounts.scopes import Scope, cut
from accounts.tokens import MOST_TOKENS
from core.actor import SYSTEM, Actor, Seat
from core.errors import Forbidden, Invalid, NotFound
from core.ids import show
from core.models import Audit
from tests.api.conftest import must_refuse
from tests.api.test_needs import NEED, OWNER
from tests.listings.conftest import IDS, INSTITUTE, OTHER
from tests.webapp.desks import signed_in, text_of
from webapp.presenters import standing

MEMBERS = f"/organisations/{show('organisation', INSTITUTE)}/members"


def held(database, name="author"):
    with database.read() as session:
        rows = select(AccessToken).where(AccessToken.person == IDS[name])
        return session.scalars(rows.order_by(AccessToken.made_at, AccessToken.id)).all()


def test_a_token_is_kept_as_a_hash_and_a_beginning(api, database):
    token = api.token("author")
    [row] = held(database)
    assert token.startswith(row.shown)
    assert len(row.shown) < 16
    assert token not in {row.token_hash, row.shown, row.name}
    with database.read() as session:
        assert not [body for body in session.scalars(select(Audit.body)) if token in body]


@pytest.mark.parametrize(
    ("name", "scopes", "days", "field"),
    [
        ("", ["read:market"], 30, "name"),
        ("x", [], 30, "scopes"),
        ("x", ["read:everything"], 30, "scopes"),
        ("x", ["read:market"], 0, "days"),
        ("x", ["read:market"], 367, "days"),
    ],
)
def test_what_cannot_be_a_token_is_refused(api, executor, name, scopes, days, field):
    with pytest.raises(Invalid) as refused:
        executor.run(
            Actor("person", IDS["author"]), make_token, name, scopes, days, "hash", "shown"
        )
    assert list(refused.value.problems) == [field]


def test_only_a_person_makes_tokens_and_not_without_end(api, executor):
    with pytest.raises(Forbidden):
        executor.run(SYSTEM, make_token, "x", ["read:market"], 1, "hash", "shown")
    for _ in range(MOST_TOKENS):
        api.token("author")
    with pytest.raises(TooManyTokens):
        api.token("author")


def test_a_token_past_its_date_or_unknown_is_refused(api, clock):
    api.tokens["author"] = api.token("author", days=1)
    assert api.get(MEMBERS, "author").status_code == 200
    clock.move(timedelta(days=1))
    must_refuse(api.get(MEMBERS, "author"), 401, "token_invalid")
    api.tokens["author"] = "qiaoyi_" + "x" * 43
    answer = api.get("/listings", "author")
    must_refuse(answer, 401, "token_invalid")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_scope_that_is_missing_is_named(api):
    api.tokens["author"] = api.token("author", Scope.READ_MARKET)
    refused = must_refuse(api.get(MEMBERS, "author"), 403, "scope_missing")
    assert "read:organisation" in refused["detail"]


def test_revoked_tokens_die_at_once_and_only_by_their_owner(api, database, executor):
    api.get(MEMBERS, "author")
    [row] = held(database)
    with pytest.raises(NotFound):
        executor.run(Actor("person", IDS["stranger"]), revoke_token, row.id)
    assert api.get(MEMBERS, "author").status_code == 200
    executor.run(Actor("person", IDS["author"]), revoke_token, row.id)
    must_refuse(api.get(MEMBERS, "author"), 401, "token_invalid")


def test_revoking_every_session_ends_every_token(api, executor):
    assert api.get(MEMBERS, "author").status_code == 200
    executor.run(Actor("person", IDS["author"]), revoke_sessions)
    must_refuse(api.get(MEMBERS, "author"), 401, "token_invalid")


def test_an_ended_membership_ends_the_token_with_its_rights(api, executor):
    assert api.get(MEMBERS, "author").status_code == 200
    executor.run(SYSTEM, end_membership, IDS["author"])
    must_refuse(api.get(MEMBERS, "author"), 401, "token_invalid")
    api.tokens["author"] = api.token("author")
    must_refuse(api.get(MEMBERS, "author"), 403, "forbidden")


def test_a_token_has_the_roles_of_the_moment(api, executor, market):
    listing = show("listing", market.submitted())
    assert api.get(f"/listings/{listing}", "officer").status_code == 200
    executor.run(SYSTEM, change_roles, IDS["officer"], ["expert"])
    must_refuse(api.get(f"/listings/{listing}", "officer"), 404, "not_found")


def test_last_use_is_noted_now_and_then(api, database, clock):
    api.get("/listings", "author")
    [first] = held(database)
    clock.move(timedelta(minutes=2))
    api.get("/listings", "author")
    assert held(database)[0].last_used_at == first.last_used_at
    clock.move(timedelta(minutes=4))
    api.get("/listings", "author")
    assert held(database)[0].last_used_at > first.last_used_at


def test_a_cookie_opens_nothing_here(api, app, executor):
    browser = signed_in(app, executor, IDS["author"])
    must_refuse(browser.get(f"/api/v1{MEMBERS}"), 401, "token_missing")
    answer = browser.post("/api/v1/needs", json={}, headers={"Idempotency-Key": "12345678"})
    must_refuse(answer, 401, "token_missing")


def test_an_operators_seat_is_never_lent():
    seats = (
        Seat("m", "operator", frozenset({"operator"})),
        Seat("i", "institute", frozenset({"tto_officer"})),
    )
    actor = Actor("person", "p", seats)
    assert [one.organisation for one in cut(actor, set(Scope), Scope.READ_DEALS).seats] == ["i"]
    assert cut(actor, {Scope.READ_MARKET}, Scope.READ_MARKET).seats == ()
    assert cut(actor, {Scope.READ_MARKET}, None).seats == ()


def test_the_page_shows_a_token_once_and_revokes_it(app, api, executor, database):
    app.config["WTF_CSRF_ENABLED"] = False
    browser = signed_in(app, executor, IDS["author"])
    assert "还没有" in text_of(browser.get("/account/tokens"))
    form = {"name": "年报", "scopes": ["read:market", "read:deals"], "days": "30"}
    made = browser.post("/account/tokens", data=form)
    assert made.status_code == 201
    assert made.headers["Cache-Control"] == "no-store"
    token = made.text.split('class="n token">')[1].split("<")[0]
    api.tokens["author"] = token
    assert api.get("/listings", "author").status_code == 200
    again = browser.get("/account/tokens").text
    [row] = held(database)
    assert token not in again
    assert row.shown in again
    assert browser.post(f"/account/tokens/{row.id}/revoke").status_code == 302
    must_refuse(api.get("/listings", "author"), 401, "token_invalid")
    refused = browser.post("/account/tokens", data={"name": "x", "days": "30"})
    assert refused.status_code == 422
    assert browser.post(f"/account/tokens/{'0' * 32}/revoke").status_code == 404


def test_a_stranger_office_reads_no_members(api):
    must_refuse(api.get(MEMBERS, "stranger"), 403, "forbidden")
    other = f"/organisations/{show('organisation', OTHER)}/members"
    assert api.get(other, "stranger").get_json()["items"][0]["name"] == "stranger"


def test_whoever_has_not_agreed_to_what_holds_reads_and_writes_nothing(api, app, database):
    need = {"owner": OWNER, "need": NEED}
    assert api.post("/needs", need, "buyer").status_code == 201
    with database.write() as session:
        now = database.now(session)
        day = now.date() - timedelta(days=1)
        session.add(ConsentText(id="f" * 32, kind="terms", takes_effect=day, text="新的条款。",
                                text_en="New terms.", published_at=now))  # fmt: skip
        session.commit()
    with app.app_context():
        standing.forget()
    refused = must_refuse(api.post("/needs", need, "buyer"), 403, "texts_unanswered")
    assert "/account/consent" in refused["detail"]
    assert api.get("/me", "buyer").status_code == 200
    buyer = Actor("person", IDS["buyer"])
    api.executor.run(buyer, accept_texts, ["f" * 32])
    assert api.post("/needs", need, "buyer").status_code == 201
    assert api.post("/needs", need, "officer").status_code == 403, "each says it for themselves"
