"""Objections that come here or on paper: entered, answered, the answer brought to who objected."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.actor import ANONYMOUS
from core.errors import Forbidden, Invalid, NotFound
from core.ids import show
from core.times import legal_date
from deals.actions.answer_objection import answer_objection
from deals.actions.enter_objection import Received, enter_objection
from deals.actions.object_to_notice import object_to_notice
from deals.errors import NoticeEnded
from deals.models import DealStep, Objection
from deals.rules import entering_problems, ways_told
from notifications.models import Dispatch, Message
from tests.deals.conftest import WHEN, Stage
from tests.deals.test_first_deal import REASON, agreed
from tests.deals.test_pages import app, browser, text_of

EVERY_DATABASE = True
__all__ = ["app", "browser"]
ANSWER = "净销售额的口径已包含海外子公司，价格不变。"
DAY = date(2026, 11, 2)


def got(stage: Stage, **more: object) -> Received:
    with stage.executor.database.read() as session:
        today = legal_date(stage.executor.database.now(session), stage.executor.ports.zone)
    base = {"channel": "letter", "received_on": today, "name": "沈若川",
            "contact": "临浦市学院路1号", "text": REASON}  # fmt: skip
    return Received(**(base | more))


def one(stage: Stage, id: str) -> Objection:
    with stage.executor.database.read() as session:
        return session.get_one(Objection, id)


@pytest.mark.parametrize(
    ("channel", "day", "wrong"),
    [
        ("letter", DAY, set()),
        ("telephone", DAY + timedelta(days=2), set()),
        ("visit", DAY - timedelta(days=1), {"received_on"}),
        ("letter", DAY + timedelta(days=3), {"received_on"}),
        ("market", DAY, {"channel"}),
        ("", None, {"channel", "received_on"}),
    ],
)
def test_what_a_clerk_must_say(channel, day, wrong):
    assert set(entering_problems(channel, day, DAY, DAY + timedelta(days=2))) == wrong


@pytest.mark.parametrize(
    ("person", "contact", "by_hand", "ways"),
    [
        (None, "shen@else.example", "", ["mail"]),
        ("buyer", "0571-00000217", "", ["message"]),
        ("buyer", "Shen@Else.example", "letter", ["message", "mail", "letter"]),
        (None, "0571-00000217", "telephone", ["telephone"]),
        (None, "临浦市学院路1号", "", []),
        (None, "临浦市学院路1号", "mail", []),
    ],
)
def test_how_an_answer_goes_out(person, contact, by_hand, ways):
    assert ways_told(person, contact, by_hand) == ways


@pytest.mark.parametrize("who", ["officer", "operator"])
def test_a_letter_is_entered_and_blocks_until_it_is_answered(stage, who):
    deal, run = agreed(stage), stage.executor.run
    id = run(getattr(stage, who), enter_objection, deal, got(stage)).ref
    row = one(stage, id)
    assert (row.channel, row.person, row.state) == ("letter", None, "open")
    assert row.entered_by == getattr(stage, who).person
    with pytest.raises(Invalid) as refused:
        run(stage.second, answer_objection, id, "dismissed", ANSWER)
    assert set(refused.value.problems) == {"told"}
    run(stage.second, answer_objection, id, "dismissed", ANSWER, "letter")
    assert (one(stage, id).state, one(stage, id).told) == ("dismissed", ["letter"])
    with stage.executor.database.read() as session:
        steps = session.scalars(
            select(DealStep).where(DealStep.deal == deal).order_by(DealStep.n)
        ).all()
    evidence = {step.act: step.evidence for step in steps}
    assert evidence["object"]["channel"] == "letter"
    assert evidence["answer_objection"]["told"] == ["letter"]


def test_who_may_enter_one_and_when(stage):
    talking, deal, run = stage.open(way="ordinary"), agreed(stage), stage.executor.run
    for who, refusal in ((stage.buyer, Forbidden), (stage.scholar, Forbidden),
                         (stage.stranger, NotFound), (ANONYMOUS, NotFound)):  # fmt: skip
        with pytest.raises(refusal):
            run(who, enter_objection, deal, got(stage))
    with pytest.raises(NoticeEnded):
        run(stage.officer, enter_objection, talking, got(stage))
    with pytest.raises(Invalid):
        run(stage.officer, enter_objection, deal, got(stage, received_on=WHEN.date().replace(2020)))


@pytest.mark.parametrize("outcome", ["dismissed", "upheld"])
def test_the_objector_gets_the_answer(stage, drain, outcome):
    deal, run = agreed(stage), stage.executor.run
    notice = stage.notice(deal).id
    mine = run(stage.stranger, object_to_notice, notice, "沈若川", "Shen@Else.example", REASON).ref
    drain()
    run(stage.officer, answer_objection, mine, outcome, ANSWER)
    drain()
    with stage.executor.database.read() as session:
        topic = f"objection.{outcome}"
        told = session.scalars(select(Message).where(Message.topic == topic)).all()
        mails = session.scalars(select(Dispatch).where(Dispatch.topic == topic)).all()
    assert [(one.person, one.ref) for one in told] == [("stranger", f"notice:{notice}")]
    assert [one.address for one in mails] == ["shen@else.example"]
    assert all(ANSWER not in str(one.params) for one in (*told, *mails))  # the notice prints it


def test_the_notice_prints_answers_without_names_and_keeps_those_of_before(stage, runtime, browser):
    deal, run = agreed(stage), stage.executor.run
    notice = stage.notice(deal).id
    ids = [
        run(ANONYMOUS, object_to_notice, notice, "沈若川", "shen@else.example", REASON).ref
        for _ in range(2)
    ]
    for id, answer in zip(ids, (ANSWER, "此前只写给办公室的话。"), strict=True):
        run(stage.officer, answer_objection, id, "dismissed", answer)
    with runtime.database.write() as session:
        session.get_one(Objection, ids[1]).told = []
        session.commit()
    page = text_of(browser().get(f"/notices/{show('notice', notice)}"))
    assert ANSWER in page
    assert "此前只写给办公室的话" not in page
    assert "沈若川" not in page
    assert "shen@else.example" not in page


def test_the_form_of_the_office(stage, browser):
    deal = agreed(stage)
    path = f"/deals/{show('deal', deal)}/objection"
    assert browser("buyer").get(path).status_code == 403
    desk = browser("officer")
    crumb = f'<a href="/deals/{show("deal", deal)}">散热膜</a>'
    assert crumb in desk.get(path).text
    assert path in desk.get(f"/deals/{show('deal', deal)}").text
    said = vars(got(stage))
    sent = desk.post(path, data=said | {"received_on": said["received_on"].isoformat()})
    assert sent.status_code == 303
    with stage.executor.database.read() as session:
        row = session.scalars(select(Objection)).one()
    shown = text_of(desk.get(f"/deals/{show('deal', deal)}/objections/{row.id}"))
    assert "提出方式：信件" in shown
