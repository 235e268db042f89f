"""Somebody is forgotten: their personal text goes, their id stays as a pseudonym.

A job in batches: first every seat is given up and handed over, then text that was said elsewhere is
emptied, last the account itself goes. What is done is not found again, so a killed batch is redone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from accounts.handing_over import Heirs, default_heir, hand_over, lock_ground
from accounts.models import Membership, Organisation, Person, PersonExport
from accounts.queries import holds_at, people_in
from accounts.rules import ADMIN_OF_KIND
from accounts.states import PersonState
from core.holdings import Column, Holding, Holdings, Keeps, Obstacle, lock_all, rows_of, streams_of
from core.i18n import N_
from core.ids import ref
from core.jobs import Claim, hold
from core.models import Job
from core.unit_of_work import At, UnitOfWork

ERASE_JOB: Final = "erase_person"
AT_ONCE: Final = 50
"""Streams of one batch."""


def obstacles(session: Session, holdings: Holdings, person: str, now: Any) -> list[Obstacle]:
    """Why the person cannot be erased yet, with the day from which it can be, where one is set."""
    found = [one for ask in holdings.obstacles for one in ask(session, person, now)]
    return sorted(found, key=lambda one: (one[1] or date.max, one[0]))


def last_administrator(session: Session, person: str, now: Any) -> Iterator[Obstacle]:
    """An organisation keeps somebody who can admit others."""
    seats = session.execute(
        select(Organisation.id, Organisation.kind)
        .join(Membership, Membership.organisation == Organisation.id)
        .where(Membership.person == person, *holds_at(now))
    ).all()
    if any(people_in(session, id, now, [ADMIN_OF_KIND[kind]]) == [person] for id, kind in seats):
        yield (
            N_("You are the last administrator of an organisation. Give the role to another."),
            None,
        )


def erase_batch(uow: UnitOfWork, claim: Claim) -> bool:
    """A job's step; True once nothing of the person is left."""
    job, person = hold(uow, claim), claim.ref
    held = uow.find(Membership.id, Membership.person == person, Membership.handed_at.is_(None))
    if held:
        _leave(uow, person, held[0])
        return _moved(job, claim, done=False)
    elsewhere = _elsewhere(uow, person)
    now = sorted(elsewhere)[:AT_ONCE]
    locked = lock_all(uow, {*now, ref("person", person)})
    at = locked[ref("person", person)]
    for stream in now:
        locked[stream].record("erased", person=person)
    for holding in _holdings(uow).columns:
        for row in rows_of(uow.session, holding, *_left(holding, person)):
            if getattr(row, "stream", "") in now:
                _forget(uow.session, holding, row)
    if len(elsewhere) > len(now):
        return _moved(job, claim, done=False)
    _close_account(at)
    return _moved(job, claim, done=True)


def _leave(uow: UnitOfWork, person: str, membership: str) -> None:
    organisation = uow.find(Membership.organisation, Membership.id == membership)[0]
    ground = lock_ground(uow, person, organisation)
    at = ground.streams[ref("organisation", organisation)]
    hand_over(ground, person, organisation, Heirs(default_heir(at, person)))
    row = uow.session.scalars(select(Membership).where(Membership.id == membership)).one()
    if row.ends_at is None or row.ends_at > at.now:
        row.ends_at = at.now
    row.handed_at = None if ground.more else at.now
    at.record("membership_ended", membership=membership, person=person)
    at.fact("organisation.members_changed")


def _elsewhere(uow: UnitOfWork, person: str) -> set[str]:
    """Streams other than the person's own that still hold something to forget."""
    found: set[str] = set()
    for holding in _holdings(uow).columns:
        if holding.key is not None and (where := _left(holding, person)):
            found |= streams_of(uow, holding, *where)
    return found - {ref("person", person)}


def _left(holding: Holding, person: str) -> tuple[ColumnElement[bool], ...]:
    """Clauses for rows with something to forget; none is found where there is nothing."""
    if holding.keeps is Keeps.OWN:
        return (holding.column == person,)
    if holding.keeps is Keeps.TENANT or not holding.clears:
        return (and_(holding.column == person, holding.column.is_(None)),)
    full = [and_(column.is_not(None), column != "") for column in holding.clears]
    return holding.column == person, or_(*full)


def _forget(session: Session, holding: Holding, row: Any) -> None:
    if holding.keeps is Keeps.OWN:
        session.delete(row)
    for column in holding.clears:
        setattr(row, column.key, _empty(column))


def _empty(column: Column) -> str | None:
    return None if column.property.columns[0].nullable else ""


def _close_account(at: At[Person]) -> None:
    """The last batch: letters, sessions, contacts, exports and the name, all in one."""
    uow, person = at.uow, at.row.id
    holdings = _holdings(uow)
    for export in uow.session.scalars(select(PersonExport).where(PersonExport.person == person)):
        throw_away(uow, export)
    for erase in holdings.erasers:
        erase(uow, person)
    own = [one for one in holdings.columns if one.keeps is Keeps.OWN]
    for holding in own:
        for row in rows_of(uow.session, holding, holding.column == person):
            uow.session.delete(row)
    at.row.name, at.row.latin_name, at.row.state = "", None, PersonState.ERASED
    at.row.erase_after = None
    at.timer("export", None)
    at.record("person_erased")


def throw_away(uow: UnitOfWork, export: PersonExport) -> None:
    """The file of an export leaves the store; that it was made stays known."""
    if export.sha256 is not None:
        uow.ports.files.remove(export.sha256)
        export.sha256 = None


def _moved(job: At[Job], claim: Claim, *, done: bool) -> bool:
    job.row.progress = claim.progress + 1
    job.row.state = "done" if done else "ready"
    job.record("moved", upto=job.row.progress)
    return done


def _holdings(uow: UnitOfWork) -> Holdings:
    return uow.ports.holdings or Holdings()
