"""What a way costs, in one line: `¥2,400,000 + 3% of net sales`."""

from collections.abc import Mapping
from typing import Any

from core.i18n import N_, format_money, format_money_short
from core.money import Money
from webapp.language import plain
from webapp.presenters.labels import BY_AGREEMENT, ROYALTY_BASES


def rate(basis_points: int) -> str:
    """A rate in hundredths of a per cent as it is written in contracts: 250 is `2.5%`."""
    return f"{basis_points / 100:g}%"


def price_text(way: Mapping[str, Any], language: str) -> str:
    """From plain values: price_minor, currency, valuation, royalty_bp, royalty_base."""
    parts = []
    if way.get("price_minor") is not None and way.get("currency"):
        amount = format_money(Money(way["price_minor"], way["currency"]), language, whole=True)
        parts.append(
            plain(N_("valued at %(amount)s"), amount=amount) if way.get("valuation") else amount
        )
    if royalty := royalty_text(way):
        parts.append(royalty)
    return " + ".join(parts) or plain(BY_AGREEMENT)


def royalty_text(way: Mapping[str, Any]) -> str:
    """`3% of net sales`, or nothing."""
    if not way.get("royalty_bp"):
        return ""
    base = ROYALTY_BASES.get(str(way.get("royalty_base")), "%(rate)s")
    return plain(base, rate=rate(way["royalty_bp"]))


def range_text(low: int | None, high: int | None, currency: str | None, language: str) -> str:
    """A budget between two amounts in minor units: `800,000 to 1,500,000`, or as far as known."""
    if not currency or (low is None and high is None):
        return plain(N_("Budget open"))
    ends = [
        format_money_short(Money(minor, currency), language) if minor is not None else ""
        for minor in (low, high)
    ]
    if low == high or not ends[0]:
        return plain(N_("Budget up to %(high)s"), high=ends[1])
    if not ends[1]:
        return plain(N_("Budget from %(low)s"), low=ends[0])
    return plain(N_("Budget %(low)s to %(high)s"), low=ends[0], high=ends[1])
