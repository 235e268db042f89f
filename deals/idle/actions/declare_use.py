"""A maker of an unused result declares that they act on it, under agreement with the unit."""

from __future__ import annotations

from datetime import date

from core.errors import NotFound
from core.results import Done
from core.times import end_of_day, legal_date
from core.unit_of_work import UnitOfWork
from deals import lawful
from deals.idle.errors import UseDeclared
from deals.idle.models import IdleUse
from deals.idle.moving import ANSWER_TIMER
from deals.idle.permissions import check_declares
from deals.idle.queries import idle_of, listing_of, standing_use
from deals.idle.rules import ANSWER, MONTHS, check_over, check_registered
from listings.models import Asset


def declare_use(uow: UnitOfWork, asset: str, registered_on: date | None = None) -> Done:
    """`registered_on`: the day on the certificate, for a registered result without patents. The
    unit is told and may refuse in the profile's term; its silence lets the maker act. Raises
    Invalid, NoUsePeriod, UseDayUnknown, UsePeriodRuns, UnitActs, UseDeclared."""
    uow.check(check_declares, asset)
    at = uow.lock(Asset, asset)
    today = legal_date(at.now, uow.ports.zone)
    check_registered(registered_on, today)
    listing = listing_of(uow.session, asset)
    if listing is None:
        raise NotFound(ref=f"asset:{asset}")
    if standing_use(uow.session, asset) is not None:
        raise UseDeclared
    profile = uow.law(listing.jurisdiction, today)
    registered = registered_on if at.row.registration else None
    idle = idle_of(uow.session, profile, asset, today, registered)
    counted = check_over(idle)
    answer_on = profile.deadline(ANSWER, today).day
    row = IdleUse(
        asset=asset,
        person=uow.actor.person,
        basis=counted.basis,
        counted_from=counted.day,
        ended_on=idle.ends_on,
        declared_at=at.now,
        answer_on=answer_on,
        answer_until=end_of_day(answer_on, uow.ports.zone),
        profile=profile.pin,
        rules=lawful.cited(profile, (MONTHS, ANSWER)),
    )
    at.add(row)
    uow.session.flush()
    at.timer(ANSWER_TIMER, row.answer_until)
    at.record("use_declared", use=row.id, since=str(counted.day), until=str(answer_on))
    at.fact("asset.use_declared")
    return Done(row.id)
