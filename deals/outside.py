"""A way of finding the price that the law does not name: barred, or let pass with a reason.

One rule for all modes: whoever chooses how the price is found is asked then. Where terms are
published that is `publishing.publish`, and the reason stands on the posting; where a price is
agreed it is `open_deal`, and the reason stands on the deal. A trial's conversion chooses nothing:
its price was found in the deal of the trial, whose reason is its own.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from core.errors import Invalid, Problem
from core.i18n import N_
from core.law import Profile
from core.unit_of_work import UnitOfWork
from deals.lawful import PRICE_WAYS, is_outside
from deals.models import Deal, Posting
from deals.opening import owner_is_state

SHORTEST_REASON: Final = 5
LONGEST_REASON: Final = 1000


def is_asked(session: Session, owner: str, profile: Profile, mode: str) -> bool:
    """Whether this owner says why its price is found in this mode."""
    return is_outside(profile, mode) and owner_is_state(session, owner)


def ask_owner(uow: UnitOfWork, owner: str, profile: Profile, mode: str, reason: str) -> str:
    """The reason as it is kept. Raises Invalid where one is missing, too long or of no help."""
    if len(reason) > LONGEST_REASON:
        text, limit = N_("Use at most %(limit)s characters."), {"limit": LONGEST_REASON}
        raise Invalid({"mode_reason": [Problem("too_long", text, limit)]})
    if is_asked(uow.session, owner, profile, mode):
        ask_why(profile, mode, reason, uow.actor.language)
    return reason.strip()


def ask_why(profile: Profile, mode: str, reason: str, language: str) -> None:
    """Of a state owner, before the price is found. A rule that warns is answered with a reason,
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


def reason_of(session: Session, row: Deal) -> str:
    """Why the price of a deal is found as it is; "" where the law names its way."""
    if row.follows is not None:
        return reason_of(session, session.get_one(Deal, row.follows))
    if row.posting is not None:
        return session.get_one(Posting, row.posting).mode_reason
    return row.mode_reason
