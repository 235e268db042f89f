"""A way of finding the price that the law does not name: barred, or let pass with a reason."""

from __future__ import annotations

from typing import Final

from core.errors import Invalid, Problem
from core.i18n import N_
from core.law import Profile
from deals.lawful import PRICE_WAYS

SHORTEST_REASON: Final = 5


def is_outside(profile: Profile, mode: str) -> bool:
    """Whether the profile lists the ways of finding a state owner's price, and this is none."""
    return PRICE_WAYS in profile and mode not in profile.codes(PRICE_WAYS)


def ask_why(profile: Profile, mode: str, reason: str, language: str) -> None:
    """Of a state owner, before the price is public. A rule that warns is answered with a reason,
    one that blocks is not. Raises Invalid, which cites the rule."""
    if not is_outside(profile, mode):
        return
    rule = profile.value(PRICE_WAYS)
    params = {"citation": rule.cite(language)}
    if rule.enforce == "block":
        text = N_("The rules do not let a state owner find the price in this way (%(citation)s).")
        raise Invalid({"mode": [Problem("mode_barred", text, params)]})
    if len(reason.strip()) < SHORTEST_REASON:
        text = N_(
            "The law names other ways of finding the price (%(citation)s). Say why this one is "
            "chosen, and on which rules of your institution it rests."
        )
        raise Invalid({"mode_reason": [Problem("mode_outside", text, params)]})
