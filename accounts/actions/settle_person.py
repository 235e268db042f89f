"""What a person's timers bring: an unproven sign-up lapses, an export is thrown away, a
recovery is carried out, an erasure begins."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import select

from accounts.erasing import ERASE_JOB, obstacles, throw_away
from accounts.exporting import next_expiry
from accounts.models import Challenge, ContactPoint, Credential, Person, PersonExport
from accounts.recovery.carrying_out import carry_out_due
from accounts.rules import UNPROVEN_LIFE
from accounts.sign_on.models import LinkedIdentity
from accounts.states import PersonState
from core.holdings import Holdings
from core.jobs import start_job
from core.results import Done
from core.unit_of_work import At, UnitOfWork

_LOOK_AGAIN: Final = timedelta(days=7)
"""When an erasure met an obstacle that has no day of its own."""


def settle_person(uow: UnitOfWork, person: str) -> Done:
    """Called by the timer; settling what is not due writes nothing."""
    at = uow.lock(Person, person)
    if at.row.state == PersonState.UNPROVEN and at.now >= at.row.created_at + UNPROVEN_LIFE:
        _lapse(at)
    _expire_exports(at)
    carry_out_due(at)
    if at.row.erase_after is not None and at.now >= at.row.erase_after:
        _begin_erasure(at)
    return Done(person)


def _lapse(at: At[Person]) -> None:
    session = at.uow.session
    for table in (Challenge, Credential, LinkedIdentity, ContactPoint):
        for row in session.scalars(select(table).where(table.person == at.row.id)):
            at.remove(row)
        session.flush()
    at.row.state, at.row.name, at.row.latin_name = PersonState.LAPSED, "", None
    at.timer("unproven", None)
    at.record("lapsed")


def _expire_exports(at: At[Person]) -> None:
    old = at.uow.session.scalars(
        select(PersonExport).where(
            PersonExport.person == at.row.id,
            PersonExport.sha256.is_not(None),
            PersonExport.expires_at <= at.now,
        )
    ).all()
    for export in old:
        throw_away(at.uow, export)
        at.record("export_expired", export=export.id)
    if old:
        at.uow.session.flush()
        at.timer("export", next_expiry(at))


def _begin_erasure(at: At[Person]) -> None:
    """Unless a duty has begun meanwhile: then it waits until that ends, and the person is told."""
    uow = at.uow
    found = obstacles(uow.session, uow.ports.holdings or Holdings(), at.row.id, at.now)
    if found:
        days = [day for _, day in found if day is not None]
        free = datetime.combine(max(days), time(), uow.ports.zone) if days else at.now
        at.row.erase_after = max(free + timedelta(days=1), at.now + _LOOK_AGAIN)
        at.timer("erasure", at.row.erase_after)
        at.record("erasure_put_off", obstacles=len(found))
        at.fact("person.erasure_put_off")
        return
    at.row.erase_after = None
    at.timer("erasure", None)
    at.record("erasure_begun")
    start_job(uow, ERASE_JOB, at.row.id)
