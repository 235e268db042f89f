"""Each control taken away turns its check red: a test that passes without it shows nothing.

The controls are patched out here, in the test; the product has no switch. `CONTROLS` maps the abuse
(numbered as in the threat model) to a check of what the market promises and to the control behind
it: the check holds as the market is, does not hold without the control, and holds again after.
"""

from __future__ import annotations

import inspect
import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select, true

from accounts.models import LoginSession
from accounts.queries import SignedIn
from core.actor import ANONYMOUS, Actor, Seat
from core.models import Audit
from core.outbound import Outbound, OutboundRefused
from deals.actions.send_inquiry import send_inquiry
from deals.errors import TooManyInquiries
from deals.models import Deal, Offer
from deals.rules import INQUIRIES_AN_HOUR, Question
from listings.actions.approve_listing import approve_listing
from listings.errors import OwnWork
from listings.importing.actions.check_import import check_import
from listings.importing.actions.run_import import run_import
from listings.importing.desk import take_file
from listings.importing.models import Import
from listings.models import Listing
from sample.cast import PASSWORD
from search.port import Entry
from tests.trust import controls_of_people, controls_of_things, world
from tests.trust.clients import sign_in, token_of
from tests.trust.probing import Probe
from tests.trust.taking import Market, Row, holds, nothing, yes
from tests.trust.test_doors import EVIL, MAILS
from tests.webapp.desks import signed_in
from webapp import access, sessions
from webapp.api.schemas.listing_answers import LISTING


@pytest.fixture(scope="module")
def market(sample_market, sample_app, client_of):
    client_of("tto_officer")
    return Market(sample_market, sample_app, client_of, world.own_side(sample_market))


def own_work(m: Market) -> None:
    """5: who wrote a result does not approve it."""
    with m.runtime.database.read() as session:
        row = session.scalars(select(Listing).where(Listing.state == "title_check")).first()
        seat = Seat(row.owner_org, "institute", frozenset({"tto_officer"}))
    author = Actor("person", row.author, (seat,))
    with pytest.raises(OwnWork):
        Probe(m.runtime.executor).run(author, approve_listing, row.id)


def foreign_room(m: Market) -> None:
    """10: a deal's room is not there for strangers."""
    assert m.get("expert", "/deals/{deal}") == 404


def undeclared_route(_m: Market) -> None:
    """11: a route that shows and writes under one gate keeps the app from starting."""
    app = Flask("bare", static_folder=None)
    app.add_url_rule("/x", "x", access.access(access.OVERSEE)(lambda: ""), methods=["GET", "POST"])
    with pytest.raises(access.UndeclaredError):
        access.require_all(app)


def gate(m: Market) -> None:
    """11: the auditor oversees and writes nothing."""
    answer = m.client_of("auditor").post(m.own.path("/operator/listings/{published}"), data={})
    assert answer.status_code == 404


def late_write(m: Market) -> None:
    """13: an index write that comes late does not bring back what was withdrawn."""
    engine = m.runtime.search
    shown = {one.id: one for one in engine.listing() if one.kind == "listing" and one.hash}
    with m.runtime.database.read() as session:  # an earlier check may have taken some of them off
        id, document = next(iter(m.runtime.loaders["listing"](session, sorted(shown)).items()))
    held = shown[id]
    top = held.version + 1000
    try:
        engine.write([Entry("listing", held.id, top, None)])
        engine.write([Entry("listing", held.id, top - 500, document)])
        found = {one.id: one.hash for one in engine.listing()}
        assert found[held.id] == ""
    finally:
        engine.write([Entry("listing", held.id, top + 1000, document)])


def before_the_promise(m: Market) -> None:
    """14: a file under an NDA opens to nobody who has not accepted it."""
    assert m.get("firm_admin", "/deals/{deal}/files/{room_nda}") == 403


def after_leaving(m: Market) -> None:
    """15: an ended seat is worth nothing from the next request on."""
    former = world.newcomer(m.runtime, f"{uuid.uuid4().hex}@linpu.example")
    world.leaves(m.runtime, former)
    client = signed_in(m.app, m.runtime.executor, former.person)
    assert client.get("/queue").status_code == 403


def extra_field(_m: Market) -> None:
    """17: a value that no relation may see stops the answer instead of leaving with it."""
    with pytest.raises(LookupError):
        LISTING.show("public", {"reserve_price": 1})


def flood(m: Market) -> None:
    """18: one source asks so many times an hour and no more."""
    asked = Question(
        listing=m.own.names["published_id"], way="ordinary", purpose="试用", timetable="quarter",
        name="冉", firm="某公司", mail="r@firm.example",
    )  # fmt: skip
    source = uuid.uuid4().hex
    for _ in range(INQUIRIES_AN_HOUR):
        m.runtime.executor.run(ANONYMOUS, send_inquiry, asked, source)
    with pytest.raises(TooManyInquiries):
        m.runtime.executor.run(ANONYMOUS, send_inquiry, asked, source)


def job_after_leaving(m: Market) -> None:
    """19: a job asks again, when it runs, whether its person still may."""
    former, run = (
        world.newcomer(m.runtime, f"{uuid.uuid4().hex}@linpu.example"),
        m.runtime.executor.run,
    )
    org = former.seats[0].organisation
    data = io.BytesIO(f"标题\n{uuid.uuid4().hex} 的一种方法\n".encode())
    made = take_file(m.runtime.executor, former, org, "a.csv", data).ref
    run(former, check_import, made)
    m.runtime.worker.run_until_idle()
    run(former, run_import, made)
    world.leaves(m.runtime, former)
    m.runtime.worker.run_until_idle()
    with m.runtime.database.read() as session:
        assert session.get_one(Import, made).state == "failed"


def forged_currency(m: Market) -> None:
    """20: the currency is the deal's, whatever the form says."""
    with m.runtime.database.read() as session:
        deal = session.get_one(Deal, m.own.names["deal_id"])
        latest = session.scalar(select(func.max(Offer.version)).where(Offer.deal == deal.id))
    typed = {"way": "ordinary", "lump_sum": "10000", "tax_basis": "included", "currency": "JPY",
             "royalty_base": "", "answering": str(latest)}  # fmt: skip
    answer = m.client_of("firm_admin").post(m.own.path("/deals/{deal}/offer"), data=typed)
    assert answer.status_code == 303
    with m.runtime.database.read() as session:
        newest = select(Offer).where(Offer.deal == deal.id).order_by(Offer.version.desc())
        assert session.scalars(newest).first().terms["currency"] == deal.currency


def script_in_a_name(m: Market) -> None:
    """30: what somebody wrote is shown as it was written, and never runs."""
    app = m.guarded()
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(app, m.runtime.executor, m.actor("expert").person, uuid.uuid4().hex)
    client.post("/account/profile", data={"name": "<script>alert(1)</script>", "language": "zh"})
    assert "<script>alert" not in client.get("/account").text


def formula(m: Market) -> None:
    """32: no cell of an export is a formula."""
    path = m.own.path("/workbench/results/{draft}/1")
    typed = {"language": "zh", "title": "=1+1", "value_line": "一句话。", "abstract": "x"}
    assert m.client_of("researcher").post(path, data=typed).status_code == 302
    sheet = m.client_of("tto_officer").get("/queue/sheet/queue.xlsx").data
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    cells = [str(cell) for row in rows for cell in row]
    assert any("1+1" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith("=")]


def page_as_picture(m: Market) -> None:
    """34: a file that is not what its name says is not taken."""
    page = io.BytesIO(b"<!doctype html><script>alert(1)</script>")
    sent = {"level": "both", "file": (page, "photo.png")}
    answer = m.client_of("tto_officer").post(m.own.path("/deals/{deal}/files"), data=sent)
    assert "文件名" in answer.text


def many_parts(m: Market) -> None:
    """35: a form of a thousand parts is not read."""
    client, parts = m.guarded().test_client(), {f"f{n}": "x" for n in range(1200)}
    token = token_of(client.get("/sign-in").text)
    sent = {"csrf_token": token} | parts
    answer = client.post("/sign-in", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 413


def private_address(_m: Market) -> None:
    """36: no address inside is called, whatever name leads there."""
    way_out = Outbound(resolve=lambda _host, _port: ["127.0.0.1"])
    with pytest.raises(OutboundRefused):
        way_out.post("https://hooks.example.org/", b"{}", {})


def forged_form(m: Market) -> None:
    """37: a form without its token is refused."""
    answer = m.guarded().test_client().post("/sign-in", data={"contact": "a", "password": "b"})
    assert answer.status_code == 400


def led_away(m: Market) -> None:
    """37: the way back leads nowhere else."""
    with m.app.test_request_context("/"):
        away = [target for target in EVIL if target.startswith(("//", "/\\"))]
        assert {sessions.safe_next(target) for target in away} == {"/"}


def foreign_host(m: Market) -> None:
    """37: a name that is not ours is not answered."""
    answer = m.guarded().test_client().get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400


def replayed(m: Market) -> None:
    """38: a cookie from before the sign-out opens nothing."""
    client = signed_in(m.app, m.runtime.executor, m.actor("expert").person, uuid.uuid4().hex)
    other = m.app.test_client()
    other.set_cookie("market", client.get_cookie("market").value)
    assert other.get("/account").status_code == 200
    client.post("/sign-out")
    assert other.get("/account").status_code == 302


def guessed(m: Market) -> None:
    """39: after so many wrong guesses even the right one waits."""
    client = m.guarded().test_client()
    for n in range(12):
        sign_in(client, MAILS["expert"], f"wrong-guess-{n}")
    assert sign_in(client, MAILS["expert"], PASSWORD).status_code == 422


def silent_write(m: Market) -> None:
    """40: every write leaves an entry in its chain, in the same transaction."""
    count = select(func.count()).select_from(Audit)
    with m.runtime.database.read() as session:
        before = session.scalar(count)
    path = m.own.path("/workbench/results/{draft}/1")
    typed = {"language": "zh", "title": uuid.uuid4().hex, "value_line": "一句话。", "abstract": "x"}
    assert m.client_of("researcher").post(path, data=typed).status_code == 302
    with m.runtime.database.read() as session:
        assert session.scalar(count) > before


def still_open(session, token_hash: str, now) -> SignedIn | None:
    """As accounts.queries.find_session, but deaf to a session's end."""
    row = session.scalars(select(LoginSession).where(LoginSession.token_hash == token_hash)).first()
    if row is None:
        return None
    known = {
        "session": row.id, "id": row.id, "person": row.person, "name": "某人",
        "created_at": row.created_at, "expires_at": now + timedelta(1),
    }  # fmt: skip
    names = inspect.signature(SignedIn).parameters
    return SignedIn(**{name: known.get(name, now) for name in names})


def without_hosts(real):
    return lambda settings: real(settings) | {"TRUSTED_HOSTS": None}


def trusting(form: Any, deal: str, _currency: str) -> Any:
    """As the view's own, but with the currency that the browser sent."""
    from flask import request

    from deals.actions.make_offer import make_offer
    from webapp.views.deals import rooms

    terms = form.terms(request.form["currency"])
    return rooms._run(make_offer, deal, terms, int(request.form["answering"]))


CONTROLS: dict[str, Row] = {
    "5 own approval": (own_work, "listings.actions.approve_listing.check_approver", nothing),
    "10 foreign room": (foreign_room, "deals.queries.rooms.may", yes),
    "11 undeclared route": (undeclared_route, "webapp.access._problem", lambda _app, _rule: ""),
    "11 gate per method": (
        gate, "webapp.access.Access.gate_for", lambda self, _method: access.PUBLIC,
    ),
    "13 late index write": (late_write, "search.tantivy_writer.version_of", lambda *_: 0),
    "14 promise first": (before_the_promise, "datarooms.actions.view_file.may", yes),
    "15 ended seat": (after_leaving, "accounts.queries.holds_at", lambda _now: (true(),)),
    "17 field lists": (
        extra_field, "webapp.api.fields.Shape.show", lambda self, _relation, values: values,
    ),
    "18 hourly limit": (flood, "deals.actions.send_inquiry.check_inquiries", nothing),
    "19 job's person": (job_after_leaving, "listings.importing.steps.may", yes),
    "20 currency of the deal": (forged_currency, "webapp.views.deals.rooms._offer", trusting),
    "30 escaping": (script_in_a_name, "flask.Flask.select_jinja_autoescape", lambda *_: False),
    "32 formulas": (formula, "listings.sheet.guard", lambda text: text),
    "34 file types": (page_as_picture, "core.file_types._KNOWN", {}),
    "35 parts of a form": (many_parts, "webapp.factory.FORM_PARTS", 100_000),
    "36 private addresses": (private_address, "core.outbound.is_public", yes),
    "37 form token": (forged_form, "webapp.factory.CSRFProtect", nothing),
    "37 way back": (led_away, "webapp.sessions._is_own_path", yes),
    "37 trusted hosts": (foreign_host, "webapp.factory.configuration", without_hosts),
    "38 ended session": (replayed, "webapp.sessions.find_session", still_open),
    "39 guesses": (guessed, "accounts.challenges.exceeded", nothing),
    "40 entry for every write": (silent_write, "core.unit_of_work.At.record", nothing),
}  # fmt: skip
EVERY = CONTROLS | controls_of_people.CONTROLS | controls_of_things.CONTROLS


@pytest.mark.parametrize("name", EVERY)
def test_without_its_control_the_check_is_red(market, monkeypatch, name):
    check, control, without = EVERY[name]
    check(market)
    with monkeypatch.context() as patched:
        if name == "37 trusted hosts":
            from webapp import factory

            without = without_hosts(factory.configuration)
        patched.setattr(control, without)
        assert not holds(check, market), f"{check.__doc__} holds without {control}"
    check(market)
