"""The pages of a first deal, as a browser without scripts meets them."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from accounts.codes import hash_token
from accounts.models import LoginSession, Membership, Organisation, Person
from core.actor import SYSTEM, Seat
from core.i18n import format_datetime
from core.ids import show
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.actions.accept_offer import accept_offer
from deals.actions.make_offer import make_offer
from deals.actions.open_deal import open_deal
from deals.models import Deal, Inquiry, Objection, Offer
from deals.offers import MOST_INSTALMENTS, Instalment, Terms
from listings.actions.state_export import state_export
from tests.apps import app_of
from tests.deals.conftest import LISTING, WHEN, pass_notice, person, terms
from tests.factors import code_of, protect
from webapp.forms.deal_forms import OfferForm
from webapp.presenters import standing

ASKED = {
    "way": "exclusive",
    "purpose": "手机散热",
    "timetable": "quarter",
    "budget": "50万",
    "name": "冉时雨",
    "firm": "澄岚热管理有限公司",
    "phone": "",
    "mail": "ran@firm.example",
}


def enter(uow: UnitOfWork, person: str) -> Done:
    protect(uow, person)
    now = uow.now(uow.open())
    uow.add(
        LoginSession(
            token_hash=hash_token(f"token-{person}"),
            person=person,
            created_at=now,
            last_seen_at=now + timedelta(days=400),  # used all along, whatever the clock does
            expires_at=now + timedelta(days=400),
        )
    )
    return Done()


@pytest.fixture
def app(runtime):
    return app_of(runtime, WTF_CSRF_ENABLED=False)


@pytest.fixture
def browser(app, stage, executor):
    """A client per person; None is a visitor."""
    made = {}

    def of(person: str | None = None):
        if person not in made:
            made[person] = client = app.test_client()
            if person:
                executor.run(SYSTEM, enter, person)
                with client.session_transaction() as session:
                    session["_user_id"], session["_fresh"] = f"token-{person}", True
        return made[person]

    return of


def text_of(answer) -> str:
    assert answer.status_code in (200, 422), (answer.status_code, answer.text[-800:])
    return re.sub(r"<[^>]+>", "", answer.text)


def only(executor, model):
    with executor.database.read() as session:
        return session.scalars(select(model)).one()


def test_from_a_visitors_question_to_a_running_notice(browser, executor):
    visitor, officer, buyer = browser(), browser("officer"), browser("buyer")
    listing = show("listing", only_listing(executor))
    page = visitor.get(f"/results/{listing}/ask?way=exclusive")
    assert "散热膜" in text_of(page)
    sent = visitor.post(f"/results/{listing}/ask", data=ASKED)
    assert sent.status_code == 303
    link = sent.headers["Location"]
    assert "50" in text_of(visitor.get(link))
    inquiry = only(executor, Inquiry)
    assert inquiry.budget_minor == 50_000_000
    assert "散热膜" in text_of(officer.get("/inquiries"))
    shown = show("inquiry", inquiry.id)
    text_of(officer.get(f"/inquiries/{shown}"))
    assert officer.post(f"/inquiries/{shown}/talk", data={"channel": "wechat", "line": "已加微信"})
    said = officer.post(f"/inquiries/{shown}/answer", data={"text": "欢迎面谈。"})
    assert said.status_code == 303
    assert "欢迎面谈" in text_of(visitor.get(link))
    assert "已加微信" not in visitor.get(link).text
    assert officer.post(f"/inquiries/{shown}/open", data={}).status_code == 303
    assert buyer.post(f"{link}/claim").status_code == 303
    deal = show("deal", only(executor, Deal).id)
    offered = {"way": "exclusive", "entry_fee": "150万", "tax_basis": "included"}
    offered |= {"answering": "", "royalty_base": ""}
    assert buyer.post(f"/deals/{deal}/offer", data=offered).status_code == 303
    counter = {**offered, "entry_fee": "240万", "royalty": "3", "royalty_base": "net_sales"}
    assert "1,500,000" in officer.get(f"/deals/{deal}/offer").text
    assert (
        officer.post(f"/deals/{deal}/offer", data={**counter, "answering": "1"}).status_code == 303
    )
    room = text_of(buyer.get(f"/deals/{deal}"))
    assert "2,400,000.00" in room
    assert "2,400,000.00" in text_of(buyer.get(f"/deals/{deal}/accept/2"))
    assert buyer.post(f"/deals/{deal}/accept/2").status_code == 303
    room = text_of(officer.get(f"/deals/{deal}"))
    assert "浙江" in room
    assert only(executor, Deal).state == "notice"
    for client in (officer, buyer, browser("scholar")):
        for prefix in ("", "/en"):
            text_of(client.get(f"{prefix}/deals/{deal}"))
            text_of(client.get(f"{prefix}/deals"))
            text_of(client.get(f"{prefix}/inquiries/{shown}"))


def only_listing(executor) -> str:
    """The tests' ids are words; addresses need the shown form of a real one."""
    from listings.models import Listing

    return only(executor, Listing).id


def test_errors_stand_beside_their_fields_and_keep_what_was_typed(browser, executor):
    listing = show("listing", only_listing(executor))
    answer = browser().post(f"/results/{listing}/ask", data={**ASKED, "mail": "", "budget": "很多"})
    assert answer.status_code == 422
    assert "手机散热" in answer.text
    assert 'href="#budget"' in answer.text


def test_a_counter_offer_keeps_every_instalment(browser, app, stage):
    """A program may send more parts than the page shows at first; what the page is filled with is
    sent back with the price alone changed."""
    deal = stage.open()
    parts = tuple(
        Instalment(10_000_000, f"第 {n} 次验收后") for n in range(1, MOST_INSTALMENTS + 1)
    )
    nothing = {"entry_fee": None, "royalty": None, "royalty_base": ""}
    theirs = terms(lump_sum=120_000_000, instalments=parts, **nothing)
    stage.executor.run(stage.buyer, make_offer, deal, theirs, None)
    with app.test_request_context():
        form = OfferForm()
        form.fill(theirs)
        sent = {name: value for name, value in form.data.items() if value is not None}
    sent |= {"lump_sum": "1,210,000", "part12": "110,000", "answering": "1", "price_reason": "工期"}
    page = browser("officer").get(f"/deals/{show('deal', deal)}/offer")
    assert f'name="part{MOST_INSTALMENTS}"' in page.text
    assert (
        browser("officer").post(f"/deals/{show('deal', deal)}/offer", data=sent).status_code == 303
    )
    with stage.executor.database.read() as session:
        offer = session.scalars(select(Offer).where(Offer.deal == deal, Offer.version == 2)).one()
    answered = Terms.load(offer.terms)
    assert answered.instalments[:-1] == parts[:-1]
    assert answered.instalments[-1] == Instalment(11_000_000, parts[-1].when)


def test_strangers_meet_404(browser, executor, stage):
    deal = stage.open()
    shown = show("deal", deal)
    inquiry = show("inquiry", only(executor, Inquiry).id)
    stranger = browser("stranger")
    for path in (
        f"/deals/{shown}",
        f"/deals/{shown}/offer",
        f"/deals/{shown}/leave",
        f"/deals/{shown}/accept/1",
        f"/inquiries/{inquiry}",
        "/inquiries/sent/forged.token",
    ):
        assert stranger.get(path).status_code == 404, path
    assert browser().get(f"/deals/{shown}").status_code == 302


def test_anyone_objects_and_the_office_answers(browser, executor, stage):
    deal = stage.open()
    stage.executor.run(stage.buyer, accept_offer, deal, stage.offer(deal, stage.officer))
    notice = show("notice", stage.notice(deal).id)
    page = browser().get(f"/notices/{notice}/object")
    assert "散热膜" in text_of(page)
    sent = {
        "name": "沈若川",
        "contact": "shen@else.example",
        "text": "净销售额应包括海外子公司。",
    }
    assert browser().post(f"/notices/{notice}/object", data=sent).status_code == 303
    officer, room = browser("officer"), show("deal", deal)
    objection = only(executor, Objection).id
    assert "海外子公司" in text_of(officer.get(f"/deals/{room}"))
    assert "海外子公司" not in text_of(browser("buyer").get(f"/deals/{room}"))
    answered = {"outcome": "dismissed", "answer": "已包含。", "told": ""}
    path = f"/deals/{room}/objections/{objection}"
    assert "海外子公司" in text_of(officer.get(path))
    assert officer.post(path, data=answered).status_code == 303
    assert only(executor, Objection).state == "dismissed"


def test_files_are_seen_after_the_promise_and_logged(browser, stage):
    deal = show("deal", stage.open())
    officer, buyer = browser("officer"), browser("buyer")
    data = {"level": "nda", "file": (io.BytesIO(b"run 1: 41 mm"), "中试记录.txt")}
    assert officer.post(f"/deals/{deal}/files", data=data).status_code == 303
    room = officer.get(f"/deals/{deal}").text
    path = re.search(rf"/deals/{deal}/files/[0-9a-f]{{32}}", room)[0]
    assert path not in buyer.get(f"/deals/{deal}").text
    assert buyer.get(path).status_code == 403
    typed = {"typed_name": "冉时雨"}
    assert "Type your full name" in text_of(buyer.get(f"/en/deals/{deal}/promise/1"))
    assert "请先验证第二步" in text_of(buyer.post(f"/deals/{deal}/promise/1", data=typed))
    assert buyer.get(path).status_code == 403
    typed["code"] = code_of(stage.executor, "buyer")
    assert buyer.post(f"/deals/{deal}/promise/1", data=typed).status_code == 303
    given = buyer.get(path)
    assert given.data == b"run 1: 41 mm"
    assert given.headers["Content-Disposition"].startswith("attachment")
    given.close()
    assert "Buyer" in text_of(officer.get(f"/deals/{deal}"))
    assert buyer.post(f"/deals/{deal}/questions", data={"text": "良率多少？"}).status_code == 303
    assert "良率多少" in text_of(officer.get(f"/deals/{deal}"))


def test_the_data_room_has_its_people_its_terms_and_an_end(browser, stage):
    id = stage.open()
    deal = show("deal", id)
    officer, buyer, scholar = browser("officer"), browser("buyer"), browser("scholar")
    data = {"level": "nda", "file": (io.BytesIO(b"run 1: 41 mm"), "中试记录.txt")}
    officer.post(f"/deals/{deal}/files", data=data)
    second = browser("second")
    assert "Officer" not in text_of(buyer.get(f"/deals/{deal}/files"))
    assert officer.post(f"/deals/{deal}/files/people", data={"person": "second"}).status_code == 303
    page = officer.get(f"/deals/{deal}/files").text
    assert "Second" in page
    ends = re.findall(rf"/deals/{deal}/files/people/[0-9a-f]{{32}}/end", page)
    assert officer.post(ends[-1]).status_code == 303
    assert second.get(f"/deals/{deal}/files").status_code == 200  # of the office all the same
    written = {"version": "1", "zh": "只看不抄。", "en": ""}
    assert buyer.get(f"/deals/{deal}/files/terms").status_code == 302
    assert buyer.post(f"/deals/{deal}/files/terms", data=written).status_code == 403
    assert officer.post(f"/deals/{deal}/files/terms", data=written).status_code == 303
    assert "只看不抄" in text_of(buyer.get(f"/deals/{deal}/promise/2"))
    assert officer.post(f"/deals/{deal}/leave", data={"reason": "price"}).status_code == 303
    closed = text_of(buyer.get(f"/deals/{deal}/files"))
    assert "资料室已于" in closed
    assert "加一个文件" not in closed
    late = {"level": "both", "file": (io.BytesIO(b"too late"), "补充.txt")}
    assert buyer.post(f"/deals/{deal}/files", data=late).status_code == 422
    path = re.search(rf"/deals/{deal}/files/[0-9a-f]{{32}}", officer.get(f"/deals/{deal}").text)[0]
    assert buyer.get(path).status_code == 403
    with officer.get(path) as given:
        assert given.data == b"run 1: 41 mm"
    assert scholar.get(f"/deals/{deal}/files").status_code == 200
    assert browser("stranger").get(f"/deals/{deal}/files").status_code == 404


def test_a_colleague_without_a_part_in_the_deal_is_led_to_its_data_room(browser, stage, executor):
    deal = show("deal", stage.open())

    def hire(uow: UnitOfWork) -> Done:
        at = uow.lock(Organisation, "institute")
        uow.create(Person(id="chemist", name="Chemist", state="active", created_at=at.now)).record(
            "planted"
        )
        uow.session.flush()
        seat = {"organisation": "institute", "person": "chemist", "roles": ["researcher"]}
        at.add(Membership(**seat, starts_at=at.now))
        at.record("planted")
        return Done()

    executor.run(SYSTEM, hire)
    chemist, officer = browser("chemist"), browser("officer")
    assert chemist.get(f"/deals/{deal}").status_code == 404
    officer.post(f"/deals/{deal}/files/people", data={"person": "chemist"})
    assert chemist.get(f"/deals/{deal}").headers["Location"] == f"/deals/{deal}/files"
    assert "散热膜" in text_of(chemist.get(f"/deals/{deal}/files"))
    asked = chemist.post(f"/deals/{deal}/questions", data={"text": "贵方产线多宽？"})
    assert asked.status_code == 303
    assert "贵方产线多宽" in text_of(browser("buyer").get(f"/deals/{deal}"))


def test_the_room_asks_where_a_buyer_sits_whom_no_firm_places(browser, stage):
    """Then it shows the class, and by when the authority answers."""
    stage.executor.run(SYSTEM, alone_from_now_on)
    stage.executor.run(stage.officer, state_export, LISTING, "restricted", "目录第 1 项")
    two = person("buyer", *stage.buyer.seats, Seat("rival", "firm", frozenset({"firm_member"})))
    asked = stage.ask(two)
    deal = stage.executor.run(stage.officer, open_deal, asked).ref
    room = f"/en/deals/{show('deal', deal)}"
    seen = text_of(browser("buyer").get(room))
    assert "Where the buyer sits is not stated" in seen
    assert "Restricted" not in seen
    said = browser("buyer").post(f"{room}/country", data={"country": ""})
    assert said.status_code == 422
    assert browser("buyer").post(f"{room}/country", data={"country": "SE"}).status_code == 303
    seen = text_of(browser("buyer").get(room))
    assert "Sweden" in seen
    assert "State the buyer's country" not in html.unescape(seen)
    seen = text_of(browser("officer").get(room))
    assert "within 30 working days of the application" in seen
    assert "within 15 working days of the application" in seen
    paper = {"kind": "intent", "number": "技出意 1", "issued_on": "2026-11-01"}
    assert browser("officer").post(f"{room}/export-papers", data=paper).status_code == 303
    seen = text_of(browser("officer").get(room))
    assert "within 30 working days" not in seen
    assert "within 15 working days" in seen


def alone_from_now_on(uow: UnitOfWork) -> Done:
    """The buyer speaks for a second firm, so that no deal is plainly one firm's."""
    at = uow.lock(Organisation, "rival")
    at.add(Membership(organisation="rival", person="buyer", roles=["firm_member"],
                      starts_at=WHEN))  # fmt: skip
    at.record("planted")
    return Done()


def test_a_room_takes_the_same_queries_whatever_it_holds(browser, stage, database, monkeypatch):
    monkeypatch.setattr(standing, "EVERY", 3600)  # banners are read again after some seconds
    deal = stage.open()
    counted = []

    def count(*_args) -> None:
        counted.append(1)

    def queries() -> int:
        counted.clear()
        text_of(browser("officer").get(f"/deals/{show('deal', deal)}"))
        return len(counted)

    first = stage.offer(deal, stage.buyer)
    queries()
    event.listen(database.reader, "before_cursor_execute", count)
    try:
        before = queries()
        second = stage.offer(deal, stage.officer, first)
        third = stage.offer(deal, stage.buyer, second)
        stage.offer(deal, stage.officer, third)
        assert queries() == before
    finally:
        event.remove(database.reader, "before_cursor_execute", count)
    assert before < 40


def test_a_state_stands_in_the_timeline_since_it_was_reached(browser, runtime, stage, clock, drain):
    deal = stage.open()
    stage.executor.run(stage.buyer, accept_offer, deal, stage.offer(deal, stage.officer))
    pass_notice(stage, deal, clock, lambda: None)
    ended = stage.notice(deal).ends_at + timedelta(hours=9)
    clock.set(ended)
    drain()
    page = text_of(browser("buyer").get(f"/deals/{show('deal', deal)}"))
    when = format_datetime(ended, "zh", runtime.settings.zone)
    assert re.search(rf"已确认\s*{re.escape(when)}", page), when
