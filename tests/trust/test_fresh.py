"""Steps that weigh much, pressed with a session that has not shown for an hour who holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from importlib import import_module
from io import BytesIO
from pkgutil import iter_modules
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select, text
from wtforms import PasswordField

from accounts.actions.keep_form import keep_form
from accounts.actions.take_form import take_form
from accounts.errors import KeptFormGone
from accounts.models import KeptForm, Person
from accounts.rules import FORM_LIFE
from core.actor import SYSTEM, Actor
from core.results import Done
from core.unit_of_work import UnitOfWork
from sample.cast import PASSWORD
from tests.trust.clients import sign_in, token_of
from tests.trust.test_doors import MAILS
from webapp import forms
from webapp.access import OPERATE, declared_by
from webapp.factory import create_app
from webapp.forms.base import MarketForm
from webapp.kept_forms import MOST, NEVER_KEPT

NUMBERED, NAMED = re.compile("<int:[^>]+>"), re.compile("<[^>]+>")
EVERY = frozenset(
    [
        "certificates.issue",
        "certificates.withdraw",
        "contract_signing.sign",
        "contracts.check",
        "contracts.freeze",
        "contracts.seal",
        "contracts.sign",
        "data_rooms.promise",
        "deal_decisions.step",
        "deals.accept",
        "deals.objection",
        "money_steps.forfeit",
        "money_steps.invoice",
        "money_steps.invoice_new",
        "money_steps.pay",
        "money_steps.payment",
        "money_steps.payout",
        "open_licences.announcement",
        "open_licences.new",
        "passkeys.add",
        "postings.new",
        "postings.take",
        "preemptions.answer",
        "round_desk.key",
        "round_desk.new",
        "round_desk.open_",
        "rounds.quote",
        "rounds.register",
        "security.app",
    ]
)
"""Views that ask already where their form is shown."""
POSTED = frozenset(
    [
        "contacts.add",
        "contacts.remove",
        "duties.hand_in",
        "duties.make",
        "identities.link",
        "identities.remove",
        "members.end",
        "members.set_roles",
        "merging.index",
        "merging.one",
        "money_accounts.approve",
        "money_accounts.index",
        "money_accounts.retire",
        "money_steps.cancel",
        "operator.vet",
        "operator_appeals.one",
        "operator_sign_on.domain",
        "operator_sign_on.provider",
        "operator_support.index",
        "operator_texts.index",
        "organisation_sign_on.claim",
        "organisation_sign_on.end",
        "organisation_sign_on.propose",
        "own_support.page",
        "passkeys.remove",
        "policies.one",
        "privacy.erase",
        "privacy.export",
        "recoveries.begin",
        "recoveries.decide",
        "revoking.ask",
        "sanctions.lift",
        "sanctions.on",
        "security.codes",
        "security.new_app",
        "security.off",
        "stops.index",
        "stops.release",
        "tokens.make",
        "webhooks.add",
        "webhooks.rotate",
    ]
)
"""Views that ask when the form is sent."""
LIGHT = frozenset(
    [
        "duties.assign",
        "moderation.one",
        "operator_announcements.index",
        "operator_announcements.withdraw",
        "operator_complaints.one",
        "oversight.retry",
        "oversight.retry_mail",
        "oversight.retry_work",
        "policies.chapter",
        "policies.holidays",
        "policies.letter",
        "policies.profile",
        "stops.feature",
    ]
)
"""Writes of operators that ask for nothing: they are proposals that another one approves, or are
taken back as they were made."""
TYPED = (
    (f"/organisations/org_{'0' * 32}/invitations", {"roles": "tto_officer"}),
    ("/join-requests/0123/answer", {"roles": "tto_officer", "answer": "accept"}),
    ("/passkeys/ask/add", {}),
)
"""Steps that weigh much by what was typed: their views ask."""


def declared(app, method: str) -> set[str]:
    """Endpoints whose declaration asks for a fresh proof when called so."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if method in rule.methods and method in declared_by(app.view_functions[rule.endpoint]).fresh
    }


def steps(app) -> Iterator[tuple[str, str, str]]:
    """(method, path, who comes in) of every step that asks, from the URL map."""
    for rule in app.url_map.iter_rules():
        access = declared_by(app.view_functions[rule.endpoint])
        path = NAMED.sub("0123", NUMBERED.sub("1", rule.rule))
        for method in sorted(access.fresh & rule.methods - {"HEAD"}):
            who = "operator" if access.gate_for(method) is OPERATE else "tto_officer"
            yield method, path, who


@pytest.fixture(scope="module")
def app(sample_market):
    made = create_app(sample_market)
    made.config.update(TESTING=True)
    return made


@pytest.fixture(scope="module")
def stale(sample_market, app):
    """An officer's and an operator's browser whose sessions are old, and the tokens of their
    forms."""
    found = {}
    for role in ("tto_officer", "operator"):
        client = app.test_client()
        sign_in(client, MAILS[role], PASSWORD)
        found[role] = client, token_of(client.get("/account").text)
    with sample_market.database.write() as session:
        session.execute(text("UPDATE login_session SET created_at = '2020-01-01 00:00:00+00:00'"))
        session.commit()
    for client, _ in found.values():
        assert client.get("/account").status_code == 200
    return found


def must_ask(client, token: str, method: str, path: str, **typed: str) -> None:
    data = {"csrf_token": token} | typed if method == "POST" else None
    answer = client.open(path, method=method, data=data)
    assert answer.status_code == 302, (method, path, answer.text[-300:])
    assert "/sign-in/again?next=" in answer.location, (method, path)


def test_what_weighs_much_declares_it(app):
    assert declared(app, "GET") == EVERY | {"again.kept"}
    assert declared(app, "POST") == EVERY | POSTED


def test_every_write_of_operators_asks_or_is_named_as_light(app):
    writes = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
        and declared_by(app.view_functions[rule.endpoint]).gate_for("POST") is OPERATE
    }
    assert writes - declared(app, "POST") == LIGHT


def test_who_has_not_shown_lately_who_they_are_does_so_first(app, stale):
    pressed = list(steps(app))
    for method, path, who in pressed:
        must_ask(*stale[who], method, path)
    assert len(pressed) == len(declared(app, "GET")) + len(declared(app, "POST"))


@pytest.mark.parametrize(("path", "typed"), TYPED)
def test_what_weighs_much_by_what_was_typed_asks_too(stale, path, typed):
    must_ask(*stale["tto_officer"], "POST", path, **typed)


def put_off(client, path: str, **typed: str) -> str:
    """Where the sender of this form comes to after the proof."""
    asked = client.post(path, data=typed)
    assert asked.status_code == 302, asked.text[-300:]
    return parse_qs(urlsplit(asked.location).query)["next"][0]


def fields_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def kept_fields(sample_market) -> list[list[str]]:
    with sample_market.database.read() as session:
        return session.scalars(select(KeptForm).order_by(KeptForm.made_at.desc())).first().fields


def test_what_was_typed_is_sent_by_one_more_press_after_the_proof(stale):
    client, token = stale["operator"]
    typed = {"csrf_token": token, "name": "桥 & <Bridge>", "scopes": "read:market", "days": "30"}
    kept = put_off(client, "/account/tokens", **typed)
    asked = client.get(kept)
    assert "/sign-in/again?next=" in asked.location, "shown to nobody before the proof"
    proof = {"csrf_token": token, "old": PASSWORD}
    assert client.post(asked.location, data=proof).location == kept
    page = client.get(kept)
    assert 'action="/account/tokens"' in page.text
    sent = {name: unescape(value) for name, value in fields_of(page.text).items()}
    assert {**typed, "csrf_token": sent["csrf_token"]} == sent
    made = client.post("/account/tokens", data=sent)
    assert made.status_code == 201
    assert "桥 &amp; &lt;Bridge&gt;" in made.text
    assert client.get(kept).status_code == 409


def test_neither_password_nor_file_is_kept(stale, sample_market):
    client, token = stale["tto_officer"]
    path = f"/organisations/org_{'0' * 32}/sign-on"
    put_off(client, path, csrf_token=token, issuer="https://id.example", secret="s3cret")
    assert kept_fields(sample_market) == [["issuer", "https://id.example"]]
    letter = (BytesIO(b"x"), "letter.pdf")
    assert put_off(client, path, csrf_token=token, letter=letter) == "/account"
    assert put_off(client, path, csrf_token=token, issuer="x" * MOST) == "/account"


def test_no_form_has_a_password_that_would_be_kept():
    for module in iter_modules(forms.__path__):
        import_module(f"webapp.forms.{module.name}")
    open_ones, secret = [MarketForm], set()
    while open_ones:
        form = open_ones.pop()
        open_ones += form.__subclasses__()
        made = {
            n for n, f in vars(form).items() if getattr(f, "field_class", None) is PasswordField
        }
        secret |= made
    assert {"password", "old", "secret"} <= secret <= NEVER_KEPT


def test_what_is_kept_is_for_its_session_and_its_time(executor, clock):
    def act(person, action, *typed):
        return executor.run(Actor("person", person), action, *typed)

    executor.run(SYSTEM, plant)

    def keep():
        return act("one", keep_form, "first", "/account/tokens", [["name", "Bridge"]]).ref

    for person, session in (("one", "second"), ("other", "first")):
        with pytest.raises(KeptFormGone):
            act(person, take_form, keep(), session)
    before, newer = keep(), keep()
    with pytest.raises(KeptFormGone):
        act("one", take_form, before, "first")
    assert act("one", take_form, newer, "first").fields == [["name", "Bridge"]]
    late = keep()
    clock.move(FORM_LIFE)
    with pytest.raises(KeptFormGone):
        act("one", take_form, late, "first")


def plant(uow: UnitOfWork) -> Done:
    for id in ("one", "other"):
        now = uow.now(uow.open())
        uow.create(Person(id=id, name=id, state="active", created_at=now)).record("planted")
    return Done()
