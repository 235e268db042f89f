"""When somebody leaves, what they answered for goes to a named colleague: nothing is orphaned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, func, inspect, select
from sqlalchemy.orm import Session

from accounts.models import Membership, Organisation
from accounts.rules import ADMIN_OF_KIND
from accounts.seats import holders
from core.facts import Fact
from core.holdings import Holding, Holdings, lock_all, rows_of, streams_of
from core.ids import ref
from core.jobs import Claim, hold
from core.unit_of_work import At, UnitOfWork

HAND_OVER_JOB: Final = "hand_over"
AT_ONCE: Final = 200
"""Streams that one unit of work locks at most; what is left a job hands over."""


@dataclass(frozen=True)
class Duty:
    """One row for which somebody answers; `ref` is what its page is found by."""

    key: str
    title: str
    ref: str


def key_of(holding: Holding, row: Any) -> str:
    """Names a duty in a form: `listing.contact_person:4f…`."""
    return f"{holding.name}:{'-'.join(map(str, inspect(row).identity))}"


def duties_of(
    session: Session, holdings: Holdings, person: str, organisation: str, limit: int
) -> tuple[list[Duty], int]:
    """What a person answers for in an organisation's name, and how much that is in all."""
    found: list[Duty] = []
    total = 0
    for holding in holdings.duties:
        where = holding.duties(person, organisation)
        total += session.scalar(select(func.count()).select_from(holding.model).where(*where)) or 0
        if len(found) < limit:
            found += [
                Duty(key_of(holding, row), holding.title, row.stream)
                for row in rows_of(session, holding, *where)[: limit - len(found)]
            ]
    return found, total


@dataclass(frozen=True)
class Heirs:
    """Who takes over: a colleague for each named duty, and one for all others."""

    default: str | None
    named: Mapping[str, str] = field(default_factory=dict)

    def of(self, key: str) -> str | None:
        return self.named.get(key, self.default)

    @property
    def people(self) -> set[str]:
        """Everybody whom the leaving person named."""
        return {who for who in (self.default, *self.named.values()) if who}


@dataclass(frozen=True)
class Ground:
    """Everything locked that one batch writes to, and whether more is left for another."""

    streams: dict[str, At[Any]]
    more: bool


def lock_ground(uow: UnitOfWork, person: str, organisation: str, *beside: str) -> Ground:
    """Locks what the person answers for, the organisation, and the streams named beside."""
    held: set[str] = set()
    for holding in _holdings(uow).duties:
        held |= streams_of(uow, holding, *holding.duties(person, organisation))
    now = sorted(held)[:AT_ONCE]
    locked = lock_all(uow, {*now, ref("organisation", organisation), *beside})
    return Ground(locked, len(held) > len(now))


def hand_over(ground: Ground, person: str, organisation: str, heirs: Heirs) -> int:
    """Gives every duty on the locked ground to its heir; returns how many.

    Where nobody is left to take over, the duty falls to the office: the column is emptied.
    """
    at = ground.streams[ref("organisation", organisation)]
    got: Counter[str] = Counter()
    for holding in _holdings(at.uow).duties:
        for row in rows_of(at.uow.session, holding, *holding.duties(person, organisation)):
            if row.stream in ground.streams:
                heir = heirs.of(key_of(holding, row))
                _give(ground.streams[row.stream], holding, row, heir)
                ground.streams[row.stream].record(
                    "handed_over", duty=holding.name, by=person, to=heir
                )
                got[heir or ""] += 1
    for heir in sorted(set(got) - {""}):
        at.record("took_over", person=heir, count=got[heir])
        at.uow.facts.append(Fact("person.took_over", ref("person", heir)))
    return got.total()


def _give(at: At[Any], holding: Holding, row: Any, heir: str | None) -> None:
    if holding.hand is not None:
        holding.hand(at, row, heir)
    else:
        setattr(row, holding.column.key, heir)


def default_heir(at: At[Organisation], leaver: str, named: str | None = None) -> str | None:
    """Whom the leaving person named, else whom the organisation did, else its administrator."""
    seated = {who: roles for who, roles in holders(at).items() if who != leaver}
    admins = [who for who, roles in seated.items() if ADMIN_OF_KIND[at.row.kind] in roles]
    return next((who for who in (named, at.row.heir, *sorted(admins)) if who in seated), None)


def hand_over_batch(uow: UnitOfWork, claim: Claim) -> bool:
    """A job's step: one batch of what an ended membership left behind."""
    job, membership = hold(uow, claim), Membership.id == claim.ref
    person = _one(uow, Membership.person, membership)
    organisation = _one(uow, Membership.organisation, membership)
    ground = lock_ground(uow, person, organisation)
    at = ground.streams[ref("organisation", organisation)]
    row = uow.session.scalars(select(Membership).where(membership)).one()
    back = person in holders(at)
    count = 0
    if not back:
        heir = default_heir(at, person, row.heir)
        count = hand_over(ground, person, organisation, Heirs(heir))
    done = back or not ground.more
    job.row.progress, job.row.state = claim.progress + count, "done" if done else "ready"
    job.record("moved", upto=job.row.progress)
    return done


def _one(uow: UnitOfWork, column: Any, where: ColumnElement[bool]) -> str:
    return str(uow.find(column, where)[0])


def _holdings(uow: UnitOfWork) -> Holdings:
    return uow.ports.holdings or Holdings()
