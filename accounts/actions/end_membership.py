"""Somebody leaves an organisation, by their own will or its administrator's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.endings import next_ending
from accounts.handing_over import (
    HAND_OVER_JOB,
    Heirs,
    default_heir,
    hand_over,
    lock_ground,
)
from accounts.models import Membership, Organisation
from accounts.permissions import may_organisation
from accounts.seats import holders, refuse_last_admin
from accounts.sessions import revoke_all
from core.actor import Actor
from core.errors import Invalid, NotFound, Problem
from core.i18n import N_
from core.ids import ref
from core.jobs import start_job
from core.results import Done
from core.unit_of_work import At, UnitOfWork


def end_membership(
    uow: UnitOfWork,
    membership: str,
    heir: str | None = None,
    named: Mapping[str, str] | None = None,
    last_day: date | None = None,
) -> Done:
    """Holds from this moment, or after `last_day`; all of the person's sessions end with it.

    What the person answered for in the organisation's name goes to `heir`, or to whom `named`
    gives for single duties; without either to the organisation's default. Ending an ended one
    changes nothing. Raises Invalid, LastAdministrator, Forbidden, NotFound.
    """
    where = Membership.id == membership
    organisations, people = (
        uow.find(Membership.organisation, where),
        uow.find(Membership.person, where),
    )
    if not organisations:
        raise NotFound
    organisation, person = organisations[0], people[0]
    uow.check(_may_end, organisation, person)
    ground = lock_ground(uow, person, organisation, ref("person", person))
    at = ground.streams[ref("organisation", organisation)]
    row = uow.session.scalars(select(Membership).where(where)).one()
    if row.ends_at is not None and row.ends_at <= at.now:
        return Done(organisation)
    if uow.actor.kind != "system":
        refuse_last_admin(at, person)
    heirs = Heirs(heir or None, {key: who for key, who in (named or {}).items() if who})
    _need_colleagues(at, person, heirs)
    row.heir = heirs.default
    if last_day is not None:
        _set_last_day(at, row, last_day)
        return Done(organisation)
    row.ends_at = row.handed_at = at.now
    at.record("membership_ended", membership=membership, person=person)
    at.fact("organisation.members_changed")
    revoke_all(ground.streams[ref("person", person)])
    default = default_heir(at, person, heirs.default)
    hand_over(ground, person, organisation, Heirs(default, heirs.named))
    start_job(uow, HAND_OVER_JOB, membership)
    return Done(organisation)


def _set_last_day(at: At[Organisation], row: Membership, day: date) -> None:
    zone = at.uow.ports.zone
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    if end <= at.now:
        text = N_("Choose today or a later day.")
        raise Invalid({"last_day": [Problem("last_day", text)]})
    row.ends_at = end
    at.record("membership_will_end", membership=row.id, person=row.person, on=day.isoformat())
    at.uow.session.flush()
    at.timer("ending", next_ending(at))


def _need_colleagues(at: At[Organisation], leaver: str, heirs: Heirs) -> None:
    seated = set(holders(at)) - {leaver}
    if heirs.people - seated:
        text = N_("Choose a colleague who belongs to the organisation.")
        raise Invalid({"heir": [Problem("heir", text)]})


def _may_end(session: Session, actor: Actor, organisation: str, person: str) -> None:
    if actor.person != person:
        may_organisation(session, actor, "manage", organisation)
