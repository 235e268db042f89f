"""An institute, a firm and one published result, written as plain rows: quick, and deals' own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Membership, Organisation, OrganisationName, Person
from core.actor import ANONYMOUS, SYSTEM, Actor, Seat
from core.clock import SetClock
from core.executor import Executor
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.actions.make_offer import make_offer
from deals.actions.open_deal import open_deal
from deals.actions.send_inquiry import send_inquiry
from deals.actions.show_posting import show_posting
from deals.models import Deal, Inquiry, NoticePosting, PublicNotice
from deals.offers import Terms
from deals.rules import Question, Shown
from listings.models import Asset, Listing, ListingText

LISTING = "11" * 16
"""Addresses need the form of a real id."""
WHEN = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


def plant(uow: UnitOfWork) -> Done:
    """Two organisations, four people, one asset with its published listing."""
    for id in ("officer", "second", "buyer", "scholar", "approver", "stranger"):
        row = Person(id=id, name=id.title(), state="active", created_at=WHEN)
        uow.create(row).record("planted")
    uow.session.flush()
    for id, kind in (("institute", "institute"), ("firm", "firm"), ("rival", "firm")):
        at = uow.create(_organisation(id, kind))
        uow.session.flush()
        at.add(OrganisationName(organisation=id, language="zh", name=f"{id}甲", original=True))
        at.record("planted")
    for id, organisation, role in SEATS:
        at = next(one for one in uow.held.values() if one.row.id == organisation)
        at.add(Membership(organisation=organisation, person=id, roles=[role], starts_at=WHEN))
    plant_listing(uow, LISTING, "asset")
    return Done()


SEATS = (
    ("officer", "institute", "tto_officer"),
    ("second", "institute", "tto_officer"),
    ("scholar", "institute", "researcher"),
    ("buyer", "firm", "firm_member"),
    ("stranger", "rival", "firm_admin"),
)


def _organisation(id: str, kind: str) -> Organisation:
    return Organisation(
        id=id,
        kind=kind,
        state="vetted",
        number=id,
        registered_by="officer",
        decided_by="approver",
        registered_at=WHEN,
    )


def plant_listing(uow: UnitOfWork, listing: str, asset: str) -> None:
    at = uow.create(Asset(id=asset, kind="result", owner_org="institute", created_at=WHEN))
    at.record("planted")
    uow.session.flush()
    row = Listing(
        id=listing,
        asset=asset,
        owner_org="institute",
        author="scholar",
        language="zh",
        jurisdiction="cn-zhejiang",
        state="published",
        approved_by="officer",
        contact_person="scholar",
        contact_name="陶知遥",
        contact_phone="0571-00000217",
        contact_mail="tto@institute.example",
        answer_days=3,
        created_at=WHEN,
        edited_at=WHEN,
        published_at=WHEN,
    )
    at = uow.create(row)
    uow.session.flush()
    text = ListingText(
        listing=listing, language="zh", original=True, title="散热膜", abstract="在铜箔上连续成膜。"
    )
    at.add(text)
    at.record("planted")


@dataclass
class Stage:
    """The people of the play, and shortcuts to its usual scenes."""

    executor: Executor
    officer: Actor
    second: Actor
    buyer: Actor
    scholar: Actor
    stranger: Actor
    operator: Actor

    def question(self, **more: object) -> Question:
        base = {
            "listing": LISTING,
            "way": "exclusive",
            "purpose": "手机散热",
            "timetable": "quarter",
            "name": "冉时雨",
            "firm": "澄岚热管理有限公司",
            "mail": "ran@firm.example",
        }
        return Question(**(base | more))

    def ask(self, actor: Actor = ANONYMOUS, **more: object) -> str:
        return self.executor.run(actor, send_inquiry, self.question(**more), "somewhere").ref

    def open(self, **more: object) -> str:
        return self.executor.run(self.officer, open_deal, self.ask(self.buyer, **more)).ref

    def offer(self, deal: str, actor: Actor, answering: int | None = None, **more: object) -> int:
        done = self.executor.run(actor, make_offer, deal, terms(**more), answering)
        return int(done.ref)

    def deal(self, id: str) -> Deal:
        with self.executor.database.read() as session:
            return session.get_one(Deal, id)

    def inquiry(self, id: str) -> Inquiry:
        with self.executor.database.read() as session:
            return session.get_one(Inquiry, id)

    def hang(self, deal: str, when: str = "first") -> None:
        """The office shows the notice in its own unit: the first picture begins the period."""
        self.executor.run(self.officer, show_posting, self.notice(deal).id, picture(when))

    def last_morning(self, deal: str) -> datetime:
        """An hour of the last day of the running notice."""
        ends = self.notice(deal).ends_at
        assert ends is not None
        return ends - timedelta(hours=1)

    def notice(self, deal: str) -> PublicNotice:
        """The running one, else the last."""
        with self.executor.database.read() as session:
            about = select(PublicNotice).where(PublicNotice.about == f"deal:{deal}")
            rows = session.scalars(about.order_by(PublicNotice.begins_at)).all()
        return next((row for row in rows if row.state == "running"), rows[-1])


OWN_RULES = "依本校成果转化办法第九条，小额成果公开定价。"
"""Why a state institution finds a price in a way that the law does not name."""


def terms(**more: object) -> Terms:
    base = {
        "way": "exclusive",
        "currency": "CNY",
        "entry_fee": 240_000_000,
        "royalty": 300,
        "royalty_base": "net_sales",
        "audit": "每年一次，查销售台账",
        "valid_until": date(2027, 3, 1),
    }
    return Terms(**(base | more))


def picture(when: str, **more: object) -> Shown:
    base = {"place": "site", "url": "https://institute.example/notice/7", "sha256": "c" * 64,
            "name": "page.png", "size": 2000}  # fmt: skip
    return Shown(when, **(base | more))


def was_shown(session: Session, notice: PublicNotice, at: datetime) -> bool:
    """The owner showed it in its unit on its first day, and on its last or later, before `at`."""
    rows = session.scalars(select(NoticePosting).where(NoticePosting.notice == notice.id)).all()
    first, last = ([one for one in rows if one.shows == when] for when in ("first", "last"))
    return (
        min(one.day for one in first) == notice.first_day
        and any(one.day >= notice.last_day and one.at <= at for one in last)
    )  # fmt: skip


def person(id: str, *seats: Seat) -> Actor:
    return Actor("person", id, seats)


OFFICE = Seat("institute", "institute", frozenset({"tto_officer"}))
LAB = Seat("institute", "institute", frozenset({"researcher"}))
FIRM = Seat("firm", "firm", frozenset({"firm_member"}))
OPERATOR = Seat("market", "operator", frozenset({"operator"}))


def staged(executor: Executor) -> Stage:
    """On an empty market."""
    executor.run(SYSTEM, plant)
    return Stage(
        executor,
        officer=person("officer", OFFICE),
        second=person("second", OFFICE),
        buyer=person("buyer", FIRM),
        scholar=person("scholar", LAB),
        stranger=person("stranger", Seat("rival", "firm", frozenset({"firm_admin"}))),
        operator=person("approver", OPERATOR),
    )


@pytest.fixture
def stage(executor: Executor) -> Stage:
    return staged(executor)


def pass_notice(stage: Stage, deal: str, clock: SetClock, drain: Callable[[], None]) -> None:
    """Shows the notice on its first and last day and lets it end."""
    stage.hang(deal)
    clock.set(stage.last_morning(deal))
    stage.hang(deal, "last")
    clock.set(stage.notice(deal).ends_at)
    drain()
