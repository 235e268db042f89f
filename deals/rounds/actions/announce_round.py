"""The owner's office puts a way on open listing: terms, list price, period, extensions."""

from __future__ import annotations

from core.errors import Invalid
from core.law import Profile
from core.money import Money
from core.results import Done
from core.stops import What, refuse_stopped
from core.times import end_of_day, legal_date
from core.unit_of_work import At, UnitOfWork
from deals.lawful import cited
from deals.models import Posting
from deals.posting import check_posts
from deals.pricing import hashed
from deals.publishing import publish
from deals.rounds import law
from deals.rounds.announcing import Announced, announced_problems, failed_before, is_unusual
from deals.rounds.models import Round
from listings.models import Listing


def announce_round(uow: UnitOfWork, listing: str, announced: Announced) -> Done:
    """What is announced never changes. After a failed round of the same way the price may be
    lower by no more than the profile's cut. Raises Invalid, ListingNotOpen, WayTaken,
    DealsStopped."""
    uow.check(check_posts, listing)
    uow.check(refuse_stopped, What.DEALS)
    at = uow.lock(Listing, listing)
    today = legal_date(at.now, uow.ports.zone)
    profile = uow.law(at.row.jurisdiction, today)
    before = failed_before(uow.session, listing, announced.posted.terms.way)
    if wrong := announced_problems(announced, profile, before, uow.actor.language):
        raise Invalid(wrong)
    posting = publish(uow, at, announced.listed)
    last = profile.calendar.after_working_days(today, announced.days)
    row = Round(
        posting=posting.row.id,
        listing=listing,
        owner_org=at.row.owner_org,
        announced_at=at.now,
        announced_by=uow.actor.person,
        jurisdiction=at.row.jurisdiction,
        law_on=today,
        profile=profile.pin,
        currency=announced.posted.terms.currency,
        floor_minor=announced.posted.terms.lump_sum,
        state_assets=announced.state_assets,
        days=announced.days,
        extension_days=announced.extension_days if announced.extensions else 0,
        extensions=announced.extensions,
        deposit_minor=announced.deposit,
        deposit_reason=announced.deposit_reason.strip(),
        before=before.id if before is not None else None,
        ends_on=last.day,
        provisional=last.provisional,
    )
    row.ends_at = row.due_at = end_of_day(last.day, uow.ports.zone)
    made = uow.create(row)
    uow.session.flush()
    _record(made, posting, announced, profile)
    return Done(row.id)


def _record(made: At[Round], posting: At[Posting], announced: Announced, profile: Profile) -> None:
    floor = Money(made.row.floor_minor, made.row.currency)
    passed = law.period_rules(state_assets=announced.state_assets)
    unusual = is_unusual(made.row.deposit_minor, floor.minor, profile)
    if made.row.deposit_minor and not unusual:
        passed = (*passed, law.RANGE)
    rules = cited(profile, passed)
    least = law.shortest(profile, floor, state_assets=announced.state_assets)
    made.record(
        "announced",
        posting=posting.row.id,
        floor=floor.minor,
        days=made.row.days,
        deposit=made.row.deposit_minor,
        least=least,
        unusual=hashed(made.row.deposit_reason) if unusual else None,
        profile=made.row.profile,
        rules=[rule["rule"] for rule in rules],
    )
    made.timer("engine", made.row.due_at)
    made.fact("round.announced")
