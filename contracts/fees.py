"""What the market charges for a contract: a share of the fixed price, read from the profile that
the deal pinned. No rule, or one that is set to nothing, charges nothing. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from core.law import Profile
from core.money import Money
from deals.offers import Terms

FEE_RULES: Final = {"seller": "fee.contract.seller", "buyer": "fee.contract.buyer"}
"""By side: the share of the fixed price that it pays to the market."""
AT_LEAST: Final = "fee.contract.at_least"
AT_MOST: Final = "fee.contract.at_most"
FEE_DAYS: Final = "fee.contract.days"
FEE_DAYS_OURS: Final = 30
"""Calendar days after signing where the profile sets no figure."""


def fixed_price(terms: Terms) -> Money:
    """Lump sum or its instalments, and the entry fee; royalties are no part of it."""
    parts = sum(part.minor for part in terms.instalments) if terms.instalments else 0
    lump = parts or terms.lump_sum or 0
    return Money(lump + (terms.entry_fee or 0), terms.currency)


def fee(price: Money, share: Decimal, at_least: Money | None, at_most: Money | None) -> Money:
    """Rounded half up to a minor unit, within its bounds, and never more than the price. A bound
    in another currency bounds nothing."""
    if share <= 0 or price.minor <= 0:
        return Money(0, price.currency)
    asked = price.share(share)
    if at_least is not None and at_least.currency == price.currency:
        asked = max(asked, at_least)
    if at_most is not None and at_most.currency == price.currency:
        asked = min(asked, at_most)
    return min(asked, price)


def fees(profile: Profile, terms: Terms) -> dict[str, Money]:
    """By side: what it owes the market when the contract is signed; sides that owe nothing are
    left out."""
    price = fixed_price(terms)
    bounds = _money(profile, AT_LEAST), _money(profile, AT_MOST)
    asked = {side: fee(price, _share(profile, rule), *bounds) for side, rule in FEE_RULES.items()}
    return {side: amount for side, amount in asked.items() if amount}


def _share(profile: Profile, rule: str) -> Decimal:
    if rule not in profile or profile.value(rule).value is None:
        return Decimal(0)
    return profile.ratio(rule)


def _money(profile: Profile, rule: str) -> Money | None:
    if rule not in profile or profile.value(rule).value is None:
        return None
    return profile.money(rule)
