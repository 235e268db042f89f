"""Pages that are there at a moment only, or for one browser only, made to be there."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.actions.keep_form import keep_form
from accounts.actions.set_logo import set_logo
from accounts.codes import Codes, hash_token, new_session_token
from accounts.consents.actions.publish_text import publish_text
from accounts.factors.actions.start_app import start_app
from accounts.models import LoginSession, Person
from accounts.recovery.models import Recovery
from accounts.sign_on.actions.begin_sign_on import begin_sign_on
from accounts.sign_on.actions.propose_provider import propose_provider
from accounts.sign_on.models import SignOn
from bootstrap import Runtime
from contracts.actions.open_contract import open_contract
from contracts.registration.actions.hand_in_registration import hand_in_registration
from contracts.registration.actions.register_contract import register_contract
from contracts.registration.actions.save_registration_form import save_registration_form
from contracts.registration.form import Form
from contracts.registration.models import RegistrationVersion
from contracts.word import shipped
from core.actor import ANONYMOUS, SYSTEM, Actor
from core.ids import new_id, parse, show
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.offers import Terms
from deals.posting import Posted
from deals.rounds.actions.announce_round import announce_round
from deals.rounds.actions.leave_key import leave_key
from deals.rounds.actions.qualify_party import qualify_party
from deals.rounds.actions.register_interest import register_interest
from deals.rounds.announcing import Announced
from deals.rounds.models import Round
from deals.rounds.sealing import public_of
from deals.rounds.states import RoundState
from governance.actions.propose_merge import propose_merge
from listings.actions.add_picture import add_picture
from listings.actions.remove_file import remove_file
from matching.proposals.actions.propose_result import propose_result
from matching.proposals.rules import Proposed
from notifications.unsubscribing import unsubscribe_path
from tests.trust import world
from tests.trust.routes import get
from tests.trust.world import Side, demo, member

PAGES: Final = (
    get("packages.page", "/workbench/results/{package}/members"),
    get("proposals.take", "/proposals/{named}/take"),
    get("search.why", "/search/why?q=散热&id={found}"),
    get("texts.page", "/texts/{text}"),
    get("merging.one", "/operator/merges/{merge}"),
    get("mail_habits.ask", "{stop_mail}"),
    get("recovery.letter", "/recovery/{recovery}"),
    get("security.app", "/account/security/app"),
    get("drafting.proposed", "{dropped}"),
    get("contracts.draft", "/deals/{drafting}/contract/draft"),
    get("certificates.issue", "/deals/{handed_in}/contract/certificate"),
    get("registrations.answer", "/deals/{handed_in}/registration/answer"),
    get("registrations.change", "/deals/{registered}/registration/change"),
    get("registrations.rescind", "/deals/{registered}/registration/rescind"),
    get("rounds.quote", "/rounds/{quoting}/quote"),
    get("round_desk.open_", "/rounds/{opening}/open"),
)
"""Beside `CASES`, whose things have not come so far or do not exist."""


ALONE: Final = ("doors.second", "recovery.lost", "sign_on.new", "again.kept")
"""Shown to the one browser that came to them (`cookies`, `keep_one`)."""


DOT: Final = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""The smallest picture: the world's are none, and a browser complains of them."""


def plant(market: Runtime, own: Side, researcher: FlaskClient) -> None:
    """Gives `own` the names that `PAGES` ask for. `researcher`: their browser."""
    _draw(market, own)
    own.names.update(
        **_of_contracts(market, own),
        **_of_rounds(market, own),
        **_of_people(market),
        **_of_the_operator(market),
        dropped=_drop(researcher),
        found=_found(researcher),
        named=_proposed(market, own),
    )


def cookies(market: Runtime) -> dict[str, dict[str, str]]:
    """What a browser holds that is shown a page for itself alone, by address."""
    return {
        "/sign-in/second": {"half": new_session_token()},
        "/sign-in/second/lost": {"half": new_session_token()},
        "/sign-on/new": {"newcomer": _stranger(market)},
    }


def _draw(market: Runtime, own: Side) -> None:
    """A picture that can be seen, as the institute's logo and at its draft."""
    run, office = market.executor.run, demo(market, "tto_officer")
    stored = market.files.put(io.BytesIO(DOT), limit=len(DOT))
    picture = stored.sha256, "image/png", stored.size
    run(office, set_logo, own.names["org_id"], *picture)
    run(office, remove_file, own.names["draft_id"], own.names["drawing"])
    run(office, add_picture, own.names["draft_id"], *picture)


def _proposed(market: Runtime, own: Side) -> str:
    """A result that the institute proposes to the firm's need; the world has one in words."""
    said = "贵公司的问题，我们的成果在中试线上已经解决。", "周老师", "z@office.example"
    what = Proposed(*said, listing=own.names["published_id"])
    need, office = parse(own.names["open_need"]), demo(market, "tto_officer")
    assert need
    made = market.executor.run(office, propose_result, need[1], own.names["org_id"], what)
    return show("proposal", made.ref)


def _drop(researcher: FlaskClient) -> str:
    """The address of a document that was dropped, of which a draft is proposed."""
    sent = {"file": (io.BytesIO(shipped(("zh",))), "成果.docx")}
    answer = researcher.post("/workbench/draft-from-file", data=sent)
    return answer.headers["Location"]


def _found(visitor: FlaskClient) -> str:
    """The id of the first result of the search that `PAGES` explains."""
    found = re.search(r"/search/why\?[^\"]*id=([^\"&]+)", visitor.get("/search?q=散热").text)
    assert found, "the search found nothing"
    return found[1]


def _of_contracts(market: Runtime, own: Side) -> dict[str, str]:
    """A deal whose contract is drafted; two of signed ones, with the registry and registered."""
    run, office, of = market.executor.run, demo(market, "tto_officer"), world.demo_holders(market)
    drafting = world.confirmed_deal(market, of, own.names["published_id"])
    run(office, open_contract, drafting)
    names = {"drafting": show("deal", drafting)}
    for n, state in enumerate(("handed_in", "registered")):
        deal, _, registration = world.signed_deal(market, of, own.names["published_id"])
        with market.database.read() as session:
            known = session.get_one(RegistrationVersion, (registration, 1)).content
            today = legal_date(market.database.now(session), market.settings.zone)
        run(office, save_registration_form, registration, _filled(Form.load(known)), 1)
        run(office, hand_in_registration, registration, 2)
        if n:
            run(office, register_contract, registration, "2026330100001234", today)
        names[state] = show("deal", deal)
    return names


def _filled(known: Form) -> Form:
    sides = {side: replace(getattr(known, side), region="330100") for side in ("seller", "buyer")}
    return replace(known, field="3", plan="none", new_investment=0, new_output=0, **sides)


def _of_rounds(market: Runtime, own: Side) -> dict[str, str]:
    """A round that takes quotes, and one whose quotes are to be opened."""
    run, office, buyer = (
        market.executor.run,
        demo(market, "tto_officer"),
        demo(market, "firm_admin"),
    )
    names = {}
    for state in (RoundState.QUOTING, RoundState.OPENING):
        price = Terms(way="ordinary", currency="CNY", field=f"领域{state}", lump_sum=1_000_000,
                      tax_basis="included")  # fmt: skip
        said = Announced(Posted("open_listing", price), 10)
        made = run(office, announce_round, own.names["published_id"], said).ref
        party = run(buyer, register_interest, made, own.names["firm_id"], confirmed=True).ref
        run(office, qualify_party, party)
        run(office, leave_key, made, "office", public_of("31" * 32))
        run(demo(market, "operator"), leave_key, made, "second", public_of("42" * 32))
        run(SYSTEM, _comes_to, made, state)
        names[state] = show("round", made)
    return names


def _comes_to(uow: UnitOfWork, round_id: str, state: RoundState) -> Done:
    """As if its disclosure were over."""
    at = uow.lock(Round, round_id)
    at.row.state, at.row.quotes_until = state, at.now + timedelta(days=3)
    at.row.due_at = at.row.quotes_until
    at.record("planted")
    return Done()


def _of_people(market: Runtime) -> dict[str, str]:
    """An app that waits for its first code; a recovery that was asked; a link that stops mail."""
    run, secret = market.executor.run, market.executor.ports.secret
    researcher = demo(market, "researcher")
    run(researcher, start_app)
    asked = run(SYSTEM, _recovery, member(market, world.FIRM, "firm_admin").person or "").ref
    stop = unsubscribe_path(secret, researcher.person or "", "deal")
    return {"recovery": Codes(secret).token("recovery", asked), "stop_mail": stop}


def _recovery(uow: UnitOfWork, person: str) -> Done:
    at = uow.lock(Person, person)
    row = Recovery(id=new_id(), person=person, note="请打电话给办公室。", asked_at=at.now)
    at.add(row)
    at.record("planted")
    return Done(row.id)


def _of_the_operator(market: Runtime) -> dict[str, str]:
    """Terms that take effect next year; two organisations that may be one."""
    run, operator = market.executor.run, demo(market, "operator")
    on = datetime.now(UTC).date() + timedelta(days=400)
    text = run(operator, publish_text, "terms", "## 一\n\n内容。", "## One\n\nText.", on).ref
    pair = [member(market, name, "tto_officer").seats[0].organisation
            for name in ("Yuezhou Agricultural College", world.FOREIGN)]  # fmt: skip
    merge = run(operator, propose_merge, *pair, "同一家单位，登记了两次。").ref
    return {"text": show("text", text), "merge": show("merge", merge)}


def _stranger(market: Runtime) -> str:
    """The journey of somebody whom an institute's provider knows and the market does not."""
    run, office = market.executor.run, demo(market, "tto_officer")
    typed = "https://id.works.invalid", "market", "geheim", "ask"
    provider = run(office, propose_provider, office.seats[0].organisation, *typed).ref
    journey = run(ANONYMOUS, begin_sign_on, provider, "enter").ref
    run(SYSTEM, _named, journey)
    return journey


def _named(uow: UnitOfWork, journey: str) -> Done:
    """As if they had come back."""
    row = uow.open().get_one(SignOn, journey)
    row.subject, row.name = "u-1", "林眉"
    return Done(journey)


def keep_one(market: Runtime, office: Actor, token: str) -> str:
    """Where the form is shown that was kept for the session of this token."""
    with market.database.read() as session:
        where = LoginSession.token_hash == hash_token(token)
        signed = session.scalars(select(LoginSession.id).where(where)).one()
    fields = [["name", "年报"], ["scopes", "read:market"], ["days", "30"]]
    kept = market.executor.run(office, keep_form, signed, "/account/tokens", fields).ref
    return f"/sign-in/again/kept/{kept}"
