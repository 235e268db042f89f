"""A membership ended on its last day: a job hands over what the person answered for."""

from __future__ import annotations

from sqlalchemy import select

from accounts.endings import next_ending
from accounts.handing_over import HAND_OVER_JOB
from accounts.models import Membership, Organisation
from core.jobs import start_job
from core.results import Done
from core.unit_of_work import UnitOfWork


def settle_organisation(uow: UnitOfWork, organisation: str) -> Done:
    """Called by the timer; settling what is not due writes nothing.

    Rights end by the membership's own date, whether or not this ran.
    """
    at = uow.lock(Organisation, organisation)
    ended = uow.session.scalars(
        select(Membership).where(
            Membership.organisation == organisation,
            Membership.ends_at <= at.now,
            Membership.handed_at.is_(None),
        )
    ).all()
    for row in ended:
        row.handed_at = at.now
        at.record("membership_ended", membership=row.id, person=row.person)
        at.fact("organisation.members_changed")
        start_job(uow, HAND_OVER_JOB, row.id)
    if ended:
        uow.session.flush()
        at.timer("ending", next_ending(at))
    return Done(organisation)
