"""The figures of law and of the house that rounds use, read from the pinned profile."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, cast

from core.law import Profile
from core.money import Money
from core.times import end_of_day, legal_date
from core.unit_of_work import At, UnitOfWork
from deals.lawful import integer
from deals.rounds.models import Round
from deals.rounds.rules import Tiers, least_days

PERIOD: Final = "listing.min_working_days"
TIERS: Final = "listing.soe.min_working_days"
EXTENSION: Final = "listing.extension.min_working_days"
CUT: Final = "listing.relist.max_cut"
DECIDE: Final = "listing.decide.working_days"
QUOTE: Final = "listing.quote.working_days"
OPENING: Final = "listing.opening.working_days"
KEEPERS: Final = "listing.opening.keepers"
LONE: Final = "listing.lone.price"
FORFEITS: Final = "deposit.default.forfeits"
EXCUSED: Final = "deposit.default.excused"
BARRED: Final = "deposit.default.barred"
RANGE: Final = "bidding.deposit_range"
HOLD: Final = "deposit.hold_days"
HOLD_OURS: Final = 90
"""Calendar days where the profile sets no figure: a custom of this market, no rule of law."""
TWO_OF_OFFICE: Final = "two_of_office"


def pinned(uow: UnitOfWork, row: Round) -> Profile:
    """The profile of the round's jurisdiction on the day of its announcement."""
    return uow.law(row.jurisdiction, row.law_on)


def shortest(profile: Profile, floor: Money, *, state_assets: bool) -> int:
    """Working days of disclosure that the profile asks for at this list price."""
    tiers = _tiers(profile) if state_assets else None
    return least_days(floor, profile.integer(PERIOD), tiers)


def period_rules(*, state_assets: bool) -> tuple[str, ...]:
    """The rules that a period's length passed."""
    return (PERIOD, TIERS) if state_assets else (PERIOD,)


def cut(profile: Profile) -> Decimal:
    """By how much of its floor a failed round may be listed lower; 0 where nothing is said."""
    return profile.ratio(CUT) if CUT in profile else Decimal(0)


def usual_deposit(profile: Profile) -> tuple[Decimal, Decimal] | None:
    """Between which shares of the list price a deposit needs no reason; None where nothing is
    said."""
    if RANGE not in profile:
        return None
    table = profile.table(RANGE)
    return cast(Decimal, table["min"]), cast(Decimal, table["max"])


def two_of_office(profile: Profile) -> bool:
    """Whether both keys may be kept in the owner's office."""
    return KEEPERS in profile and TWO_OF_OFFICE in profile.codes(KEEPERS)


def says(profile: Profile, rule: str) -> bool:
    """Whether a flag is set; no where the profile is silent."""
    return rule in profile and profile.flag(rule)


def hold_ends(uow: UnitOfWork, row: Round, awarded: datetime) -> datetime:
    """Until when a winner's deposit is kept without a contract."""
    last = legal_date(awarded, uow.ports.zone) + timedelta(hold_days(uow, row))
    return end_of_day(last, uow.ports.zone)


def hold_days(uow: UnitOfWork, row: Round) -> int:
    """Calendar days after the award."""
    return integer(pinned(uow, row), HOLD, HOLD_OURS)


def last_day(uow: UnitOfWork, row: Round, rule: str, start: date) -> date:
    """The last of the rule's working days that follow `start`."""
    profile = pinned(uow, row)
    return profile.calendar.after_working_days(start, integer(profile, rule, 1)).day


def ends(uow: UnitOfWork, at: At[Round], rule: str, start: date) -> datetime:
    """The end of `last_day`."""
    return end_of_day(last_day(uow, at.row, rule, start), uow.ports.zone)


def _tiers(profile: Profile) -> Tiers | None:
    if TIERS not in profile:
        return None
    table = profile.table(TIERS)
    return Tiers(
        cast(int, table["short"]),
        cast(int, table["long"]),
        cast(Money, table["from"]),
        cast(Money, table["long_above"]),
    )
