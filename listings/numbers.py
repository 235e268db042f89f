"""Numbers of published results, by the market's own rule: given with the first publication, and
never changed. What runs is given by a reaction, so that no import waits for a series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from core.facts import Fact, Reaction
from core.ids import new_id, split_ref
from core.numbering import Pattern, give_number
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from listings import facts
from listings.models import Listing

LISTING_NUMBER: Final = "numbering.listing"
LISTING_NUMBER_OURS: Final = "{date}-{id}"
"""Where the profile is silent: it tells nobody how many results there are."""


def number_now(uow: UnitOfWork, at: At[Listing]) -> None:
    """Its number, where none runs; else the reaction gives it. Locks nothing."""
    on = legal_date(at.now, uow.ports.zone)
    pattern = _pattern(uow, on)
    if at.row.number is None and not pattern.counts:
        at.row.number = _free(uow, pattern, on, at.row.id)


def give_numbers(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
    """To whatever was published without; twice is once."""
    named = sorted({split_ref(fact.ref)[1] for fact in heard})
    there = sorted(uow.find(Listing.id, Listing.id.in_(named)))
    if not there or not _runs(uow, uow.lock(Listing, there[0])):
        return
    for at in [uow.lock(Listing, id) for id in there]:
        if at.row.number is not None or at.row.published_at is None:
            continue
        on = legal_date(at.now, uow.ports.zone)
        at.row.number = _free(uow, _pattern(uow, on), on, at.row.id)
        at.record("numbered", number=at.row.number)


def _runs(uow: UnitOfWork, at: At[Listing]) -> bool:
    """Whether a running number may be missing: by the rules of today, or of the day before."""
    today = legal_date(at.now, uow.ports.zone)
    return any(_pattern(uow, day).counts for day in (today, today - timedelta(days=1)))


def _pattern(uow: UnitOfWork, on: date) -> Pattern:
    profile = uow.law(uow.ports.jurisdiction, on)
    silent = LISTING_NUMBER not in profile or profile.value(LISTING_NUMBER).value is None
    return Pattern.parse(LISTING_NUMBER_OURS if silent else profile.code(LISTING_NUMBER))


def _free(uow: UnitOfWork, pattern: Pattern, on: date, id: str) -> str:
    def taken(number: str) -> bool:
        return uow.session.scalar(select(Listing.id).where(Listing.number == number)) is not None

    number = give_number(uow, "listing", pattern, on, id, taken)
    while taken(number):  # among many results of one day, two begin alike
        number = give_number(uow, "listing", pattern, on, new_id(), taken)
    return number


REACTIONS: Final = (
    Reaction("listings.numbers", frozenset({facts.LISTING_PUBLISHED}), give_numbers),
)
