"""A price for the whole right beside its valuation: when it needs a reason, in every mode."""

from __future__ import annotations

import hashlib
from typing import Final

from core.errors import Invalid, Problem
from core.i18n import N_, format_money
from core.law import Profile
from core.money import Money
from core.unit_of_work import UnitOfWork
from deals.deciding.rules import price_of
from deals.offers import Terms
from listings.kinds import Way
from listings.models import Valuation
from listings.valuing import strays

START_RATIO: Final = "bidding.start_min_ratio"


def whole_price(terms: Terms) -> int | None:
    """What is paid for the whole right, in minor units; of a trial, if it is taken up so. None
    where a part of it passes, whose worth the valuation of the right does not say, or where the
    price is open."""
    if terms.way == Way.ASSIGNMENT:
        return price_of(terms)
    becomes = terms.way == Way.TRIAL_LICENCE and terms.converts_to == Way.ASSIGNMENT
    return terms.conversion_price if becomes else None


def ask_reason(
    uow: UnitOfWork, profile: Profile, valued: Valuation | None, terms: Terms, reason: str
) -> None:
    """A price further below the valuation than the profile lets pass is allowed with a reason.
    Raises Invalid, which names the valuation: only its owner's side may be asked."""
    if START_RATIO not in profile or reason.strip():
        return
    least = profile.ratio(START_RATIO)
    bound = strays(valued, whole_price(terms), terms.currency, least)
    if bound is None or valued is None:
        return
    text = N_(
        "The valuation on file is %(value)s. A price below %(share)s per cent of it needs a reason."
    )
    value = format_money(Money(valued.minor, valued.currency), uow.actor.language)
    params = {"value": value, "share": f"{least * 100:.0f}"}
    raise Invalid({"price_reason": [Problem("price_strays", text, params)]})


def hashed(reason: str) -> str | None:
    """What the audit keeps of a reason."""
    return hashlib.sha256(reason.encode()).hexdigest() if reason else None
