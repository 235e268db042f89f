"""What is kept too long goes, under the locks of its streams, and nothing else does."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

import bootstrap
from accounts.models import Attempt, Challenge, ContactPoint, LoginSession, Person, RequestCount
from accounts.sign_on.actions.begin_sign_on import begin_sign_on
from accounts.sign_on.models import SignOn
from core.actor import ANONYMOUS, SYSTEM
from core.models import Audit
from core.results import Done
from core.retention import Retention, dry_run
from core.times import legal_date
from deals.actions.answer_inquiry import answer_inquiry
from deals.actions.open_deal import open_deal
from deals.actions.refuse_inquiry import refuse_inquiry
from deals.models import Inquiry
from governance.actions.dismiss_complaint import dismiss_complaint
from governance.actions.send_complaint import send_complaint
from governance.models import Complaint
from governance.rules import Notice
from tests.deals.conftest import LISTING
from tests.deals.conftest import stage as stage
from worker.retention import SweepKept

DAY = timedelta(days=1)


def kept(runtime):
    """A person with a code, a session, an attempt and a counted request, all of now."""

    def make(uow):
        now = uow.now(uow.open())
        at = uow.create(Person(id="p", name="甲", created_at=now))
        at.record("signed_up")
        for n in range(3):
            at.add(ContactPoint(id=f"c{n}", person="p", kind="mail", value=f"{n}@a.example"))
            at.add(Challenge(person="p", contact=f"c{n}", purpose="confirm", made_at=now,
                             expires_at=now + DAY))  # fmt: skip
        uow.add(Attempt(what="sign_in", subject="s", origin="o", at=now))
        uow.add(RequestCount(subject="s", minute=now, count=1))
        for token, until in (("a", now + DAY), ("b", now + 300 * DAY)):
            uow.add(LoginSession(token_hash=token, person="p", created_at=now, last_seen_at=now,
                                 expires_at=until))  # fmt: skip
        return Done()

    runtime.executor.run(SYSTEM, make)


def left(runtime):
    with runtime.database.read() as session:
        return {
            model.__name__: session.scalar(select(func.count()).select_from(model))
            for model in (Challenge, Attempt, RequestCount, LoginSession)
        }


def dry(runtime):
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        day = legal_date(now, runtime.settings.zone)
        profile = runtime.law.profile(runtime.settings.jurisdiction, day)
        return {
            line.what.name: line.waiting
            for line in dry_run(session, bootstrap.RETAINED, profile, now)
            if line.waiting
        }


def test_each_kind_goes_after_its_days_and_the_dry_count_said_so(runtime, clock):
    kept(runtime)
    ticks = iter(range(0, 100_000, 3600))
    sweep = SweepKept(runtime.executor, bootstrap.RETAINED, tick=lambda: next(ticks))
    sweep()
    assert dry(runtime) == {}
    assert left(runtime) == {"Challenge": 3, "Attempt": 1, "RequestCount": 1, "LoginSession": 2}
    clock.move(DAY + timedelta(seconds=1))
    assert dry(runtime) == {"request_counts": 1}
    clock.move(30 * DAY)
    assert dry(runtime) == {"request_counts": 1, "attempts": 1, "challenges": 3}
    sweep()
    assert left(runtime) == {"Challenge": 0, "Attempt": 0, "RequestCount": 0, "LoginSession": 2}
    clock.move(154 * DAY)
    sweep()
    assert left(runtime)["LoginSession"] == 1
    assert dry(runtime) == {}


def test_the_chains_say_what_went_and_nothing_is_written_where_nothing_is_over(runtime, clock):
    kept(runtime)
    sweep = SweepKept(runtime.executor, bootstrap.RETAINED)
    with runtime.database.read() as session:
        before = session.scalar(select(func.count()).select_from(Audit))
    sweep()
    with runtime.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Audit)) == before
    clock.move(40 * DAY)
    sweep()  # an hour is not over on the process's own clock
    assert left(runtime)["Challenge"] == 3
    SweepKept(runtime.executor, bootstrap.RETAINED)()
    with runtime.database.read() as session:
        row = session.get(Retention, "challenges")
        bodies = dict(
            session.execute(
                select(Audit.stream, Audit.body)
                .where(Audit.stream.in_(("person:p", "retention:challenges")))
                .order_by(Audit.n)
            ).all()
        )
    assert (row.removed, row.last_removed_at) == (3, clock.now)
    assert '"rows": 3' in bodies["person:p"]
    assert '"forgotten"' in bodies["person:p"]
    assert '"swept"' in bodies["retention:challenges"]


def rows(runtime, model):
    with runtime.database.read() as session:
        return list(session.scalars(select(model).order_by(model.id)))


def test_who_asked_is_forgotten_where_no_deal_came_of_it(stage, runtime, clock):
    refused, answered, opened = (stage.ask(question=f"问题{n}") for n in range(3))
    stage.executor.run(stage.officer, refuse_inquiry, refused, "no_capacity", "暂无力合作")
    stage.executor.run(stage.officer, answer_inquiry, answered, "可以谈")
    deal = stage.executor.run(stage.officer, open_deal, opened).ref
    clock.move(1097 * DAY)
    assert dry(runtime)["inquiry_senders"] == 2
    SweepKept(runtime.executor, bootstrap.RETAINED)()
    found = {row.id: row for row in rows(runtime, Inquiry)}
    for id in (refused, answered):
        row = found[id]
        assert (row.sender_name, row.sender_mail, row.sender_phone) == ("", None, None)
        assert row.question, "what was asked stays, and who answered"
    assert found[opened].sender_name == "冉时雨"
    assert stage.deal(deal).buyer_name == "冉时雨"
    assert "inquiry_senders" not in dry(runtime), "a row is emptied once"


def test_who_complained_is_forgotten_once_it_is_decided(stage, runtime, clock):
    run = stage.executor.run
    first, second = (
        run(ANONYMOUS, send_complaint, Notice(
            about=f"listing:{LISTING}", kind="infringement", text="权利要求 1", claim="ZL2020",
            name="权利人甲", mail=f"{n}@right.example",
        ), str(n)).ref
        for n in range(2)
    )  # fmt: skip
    run(stage.operator, dismiss_complaint, first, "依据不足")
    clock.move(1097 * DAY)
    SweepKept(runtime.executor, bootstrap.RETAINED)()
    found = {row.id: row for row in rows(runtime, Complaint)}
    assert (found[first].sender_name, found[first].sender_mail) == ("", "")
    assert found[first].text == "权利要求 1"
    assert found[second].sender_name == "权利人甲", "it is not decided"


def test_a_journey_to_a_sign_on_goes(runtime, clock):
    runtime.executor.run(ANONYMOUS, begin_sign_on, "orcid", "enter")
    clock.move(32 * DAY)
    assert dry(runtime) == {"sign_ons": 1}
    SweepKept(runtime.executor, bootstrap.RETAINED)()
    assert rows(runtime, SignOn) == []


def test_nothing_of_the_ledger_or_of_the_chain_is_ever_declared():
    tables = {one.model.__tablename__ for one in bootstrap.RETAINED}
    assert not tables & {"audit", "journal", "ledger_line", "payment", "deal_step", "contract"}
    assert len({one.name for one in bootstrap.RETAINED}) == len(bootstrap.RETAINED)
