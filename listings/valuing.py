"""What a result was valued at, by whom and how: rules as pure functions, and one reader.

资产评估法 (2016): at least two methods unless only one fits; at least two appraisers sign what a
provider of valuations makes. An owner may also value by itself, and says so.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import ceil
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Problem
from core.i18n import N_
from core.law import Profile
from listings.models import Valuation

METHODS: Final = "valuation.methods"
LEAST_METHODS: Final = "valuation.min_methods"
LEAST_APPRAISERS: Final = "valuation.min_appraisers"
LONGEST_NAME: Final = 120
LONGEST_REASON: Final = 500


class Method(StrEnum):
    INCOME = "income_approach"
    COST = "cost_approach"
    MARKET = "market_approach"
    LIQUIDATION = "liquidation"


METHOD_NAMES: Final[dict[str, str]] = {
    Method.INCOME: N_("Income approach"),
    Method.COST: N_("Cost approach"),
    Method.MARKET: N_("Market approach"),
    Method.LIQUIDATION: N_("Liquidation value"),
}


@dataclass(frozen=True)
class Valued:
    """One valuation as it is put on file. `minor`: the value, in minor units of `currency`;
    `provider` and `appraisers`: who made and signed it, empty for the owner's own; `document`: the
    report's SHA-256, name and size in octets."""

    methods: tuple[str, ...]
    minor: int
    currency: str
    valued_on: date
    valid_until: date
    one_method: str = ""
    """Why only one method fits."""
    provider: str = ""
    number: str = ""
    appraisers: tuple[str, ...] = ()
    document: tuple[str, str, int] | None = None


def valuation_problems(said: Valued, profile: Profile, today: date) -> dict[str, list[Problem]]:
    """What must be corrected before a valuation is put on file, by field."""
    found: dict[str, list[Problem]] = {}

    def wrong(field: str, code: str, text: str, **params: object) -> None:
        found[field] = [Problem(code, text, params)]

    known = set(Method) & set(profile.codes(METHODS)) if METHODS in profile else set(Method)
    least = _integer(profile, LEAST_METHODS)
    if not said.methods or not set(said.methods) <= known:
        wrong("methods", "method_unknown", N_("Choose how the value was found."))
    elif len(set(said.methods)) < least and not said.one_method.strip():
        text = N_("With fewer than %(least)s methods say why no other one fits.")
        wrong("one_method", "methods_few", text, least=least)
    if said.minor <= 0:
        wrong("value", "amount_not_positive", N_("Name the value."))
    if said.valued_on > today:
        wrong("valued_on", "day_ahead", N_("The day of the valuation is today or before."))
    if said.valid_until < max(said.valued_on, today):
        wrong("valid_until", "valuation_over", N_("The valuation must still be valid."))
    return found | _maker_problems(said, _integer(profile, LEAST_APPRAISERS))


def _maker_problems(said: Valued, least: int) -> dict[str, list[Problem]]:
    """Of a provider's report; a valuation of the owner's own has neither signatures nor number."""
    found: dict[str, list[Problem]] = {}
    names = {name.strip() for name in said.appraisers if name.strip()}
    limits: dict[str, tuple[int, Collection[str]]] = {
        "provider": (LONGEST_NAME, [said.provider]),
        "number": (LONGEST_NAME, [said.number]),
        "appraisers": (LONGEST_NAME, names),
        "one_method": (LONGEST_REASON, [said.one_method]),
    }
    for field, (limit, texts) in limits.items():
        if any(len(text) > limit for text in texts):
            text = N_("Use at most %(limit)s characters.")
            found[field] = [Problem("too_long", text, {"limit": limit})]
    if not said.provider.strip():
        return found
    if len(names) < least:
        text = N_("A provider's report is signed by at least %(least)s appraisers: name them.")
        found["appraisers"] = [Problem("appraisers_few", text, {"least": least})]
    if said.document is None:
        found["report"] = [Problem("report_missing", N_("Attach the signed report."))]
    return found


def strays(row: Valuation | None, price: int | None, currency: str, least: Decimal) -> int | None:
    """The least price that needs no reason, where this one is below it; None where it is not, or
    where price and value cannot be compared."""
    if row is None or price is None or row.currency != currency:
        return None
    bound = ceil(row.minor * least)
    return bound if price < bound else None


def valuation_on(session: Session, asset: str, day: date) -> Valuation | None:
    """The one put on file last among those that are valid on a legal day."""
    v = Valuation
    valid = v.asset == asset, v.valued_on <= day, v.valid_until >= day
    return session.scalars(select(v).where(*valid).order_by(v.n.desc()).limit(1)).first()


def valuations_of(session: Session, asset: str) -> tuple[Valuation, ...]:
    """All on file, the newest first. Permission is the caller's."""
    rows = select(Valuation).where(Valuation.asset == asset)
    return tuple(session.scalars(rows.order_by(Valuation.n.desc())))


def _integer(profile: Profile, rule: str) -> int:
    """Where the profile is silent, nothing more than one is asked."""
    return profile.integer(rule) if rule in profile else 1
