"""A toy market on the real core: a deal on notice, an obligation, a scarce seat, an import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import BigInteger, MetaData, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from core import models
from core.actor import Actor
from core.columns import FIXED, Seq
from core.errors import NotFound, Refused
from core.executor import Executor
from core.facts import LANE_IMPORT, Fact, Reaction
from core.feed import number_changes
from core.jobs import Claim, hold, start_job
from core.models import Base, Head, Owned
from core.results import Done, Refusal, Result
from core.unit_of_work import UnitOfWork


class Toy(DeclarativeBase):
    metadata = MetaData()
    type_annotation_map = Base.type_annotation_map


class ToyDeal(Toy, Head):
    __tablename__ = "toy_deal"
    PREFIX = "toy_deal"
    INDEXED = "toy_deal"
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default="talking")
    offer: Mapped[int | None]
    notice_ms: Mapped[int] = mapped_column(info=FIXED)
    notice_ends: Mapped[datetime | None]
    objections: Mapped[int] = mapped_column(default=0)
    messages: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": Head.version}


class ToyObjection(Toy, Owned):
    __tablename__ = "toy_objection"
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    deal: Mapped[str] = mapped_column(index=True)
    person: Mapped[str]
    at: Mapped[datetime]

    @property
    def stream(self) -> str:
        return f"toy_deal:{self.deal}"


class ToyMessage(Toy):
    """No unique key, so that a reaction run twice would show."""

    __tablename__ = "toy_message"
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    topic: Mapped[str]
    ref: Mapped[str] = mapped_column(index=True)


class ToyObligation(Toy, Head):
    __tablename__ = "toy_obligation"
    PREFIX = "toy_obligation"
    ref: Mapped[str] = mapped_column(index=True, info=FIXED)
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(default="open")
    __mapper_args__ = {"version_id_col": Head.version}


class ToySeat(Toy, Head):
    """What is scarce: a stream of its own that every deal on it locks."""

    __tablename__ = "toy_seat"
    PREFIX = "toy_seat"
    holder: Mapped[str | None]
    __mapper_args__ = {"version_id_col": Head.version}


class ToyAsset(Toy, Head):
    __tablename__ = "toy_asset"
    PREFIX = "toy_asset"
    INDEXED = "toy_asset"
    job: Mapped[str]
    line: Mapped[int]
    __mapper_args__ = {"version_id_col": Head.version}


class TooLate(Refused):
    code = "toy_too_late"


def person(name: str) -> Actor:
    return Actor("person", name)


def open_deal(uow: UnitOfWork, title: str, notice_ms: int) -> Done:
    at = uow.create(ToyDeal(title=title, notice_ms=notice_ms))
    at.record("opened")
    at.fact("toy.opened")
    return Done(at.row.id)


def open_seat(uow: UnitOfWork) -> Done:
    at = uow.create(ToySeat())
    at.record("opened")
    return Done(at.row.id)


def may_deal(look: Session, actor: Actor, deal: str) -> None:
    banned = (actor.person or "").startswith("banned")
    if banned or look.scalar(select(ToyDeal.id).where(ToyDeal.id == deal)) is None:
        raise NotFound


def accept_offer(uow: UnitOfWork, deal: str, offer: int) -> Result:
    uow.check(may_deal, deal)
    at = uow.lock(ToyDeal, deal)
    if at.row.state != "talking":
        at.record("refused", code="already_accepted", offer=offer)
        return Refusal("already_accepted")
    at.row.state, at.row.offer = "notice", offer
    at.row.notice_ends = at.now + timedelta(milliseconds=at.row.notice_ms)
    at.timer("notice", at.row.notice_ends)
    at.record("accepted", offer=offer)
    at.fact("toy.noticed")
    return Done(deal)


def object_to_notice(uow: UnitOfWork, deal: str) -> Result:
    uow.check(may_deal, deal)
    at = uow.lock(ToyDeal, deal)
    ends = at.row.notice_ends
    if at.row.state != "notice" or ends is None or at.now >= ends:
        at.record("refused", code="too_late")
        return Refusal("too_late")
    at.row.objections += 1
    at.add(ToyObjection(deal=deal, person=uow.actor.key, at=at.now))
    at.record("objected", person=uow.actor.key)
    at.fact("toy.objected")
    return Done(deal)


def say(uow: UnitOfWork, deal: str, text: str) -> Result:
    uow.check(may_deal, deal)
    at = uow.lock(ToyDeal, deal)
    at.row.messages += 1
    at.record("said", n=at.row.messages)
    at.fact("toy.said")
    return Done(str(at.row.messages))


def take_seat(uow: UnitOfWork, deal: str, seat: str) -> Result:
    """Two deals on one exclusive right: both lock the right, so only one can have it."""
    at = uow.lock(ToyDeal, deal)
    scarce = uow.lock(ToySeat, seat)
    if scarce.row.holder is not None:
        return Refusal("taken")
    scarce.row.holder = deal
    scarce.record("taken", deal=deal)
    at.record("took", seat=seat)
    return Done(deal)


def approve_payment(uow: UnitOfWork, id: str) -> Result:
    at = uow.lock(ToyObligation, id)
    if at.row.state == "paid":
        return Refusal("already_paid")
    query = select(models.Approval.person).where(
        models.Approval.ref == at.row.stream, models.Approval.step == "paid"
    )
    seen = set(uow.session.scalars(query))
    if uow.actor.key in seen:
        return Refusal("second_person_needed")
    row = models.Approval(ref=at.row.stream, step="paid", person=uow.actor.key, at=at.now)
    at.add(row)
    at.record("approved", person=uow.actor.key)
    if seen:
        at.row.state = "paid"
        at.fact("toy.paid")
    return Done(at.row.stream)


def settle_deal(uow: UnitOfWork, deal: str) -> Result:
    """Timer, reaction and Due all come here; what is not due writes nothing."""
    at = uow.lock(ToyDeal, deal)
    ends = at.row.notice_ends
    if at.row.state == "notice" and ends is not None and at.now >= ends:
        at.row.state = "objected" if at.row.objections else "confirmed"
        at.timer("notice", None)
        at.record(at.row.state)
        at.fact(f"toy.{at.row.state}")
        if at.row.state == "confirmed":
            owed = uow.create(ToyObligation(ref=at.row.stream, amount=at.row.offer or 0))
            owed.record("raised", ref=at.row.stream)
    query = select(ToyObligation.state).where(ToyObligation.ref == at.row.stream)
    paid = uow.session.scalars(query).all()
    if at.row.state == "confirmed" and paid and all(state == "paid" for state in paid):
        at.row.state = "completed"
        at.record("completed")
        at.fact("toy.completed")
    return Done(deal)


def import_rows(uow: UnitOfWork, claim: Claim) -> bool:
    uow.lane = LANE_IMPORT
    total = int(claim.ref)
    upto = min(total, claim.progress + 20)
    job = hold(uow, claim)
    for line in range(claim.progress, upto):
        asset = uow.create(ToyAsset(job=claim.job, line=line))
        asset.record("imported", line=line)
        asset.fact("toy.imported")
    job.row.progress = upto
    job.row.state = "done" if upto == total else "ready"
    job.record("imported", upto=upto)
    return upto == total


def start_import(uow: UnitOfWork, rows: int) -> Done:
    return start_job(uow, "toy_import", str(rows), rows)


def on_paid(uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    ids = [fact.ref.partition(":")[2] for fact in facts]
    refs = uow.find(ToyObligation.ref, ToyObligation.id.in_(ids))
    for ref in sorted(set(refs)):
        settle_deal(uow, ref.partition(":")[2])


def notify(uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    for fact in facts:
        uow.add(ToyMessage(topic=fact.topic, ref=fact.ref))


TOPICS = frozenset({"toy.opened", "toy.noticed", "toy.objected", "toy.confirmed", "toy.completed"})
ORDER = ["job", "toy_deal", "toy_obligation", "toy_seat", "toy_asset", "feed"]
REACTIONS = [
    Reaction("toy deals", frozenset({"toy.paid"}), on_paid),
    Reaction("notify", TOPICS | {"toy.paid"}, notify),
    Reaction("feed", TOPICS | {"toy.said", "toy.imported"}, number_changes),
]


def executor(database: Any) -> Executor:
    return Executor(
        database,
        law=cast(Any, None),
        ports=cast(Any, None),
        order=ORDER,
        settlers={"toy_deal": settle_deal},
        reactions=REACTIONS,
    )
