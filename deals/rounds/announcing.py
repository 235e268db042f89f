"""What an owner announces with an open listing, and what must be right before it is public."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.rules import DEPOSIT_CAP, is_within_cap
from core.errors import Problem
from core.i18n import N_
from core.law import Profile
from core.money import Money
from deals.models import Posting
from deals.modes.open_listing import OPEN_LISTING
from deals.posting import LONGEST_CONDITIONS, Posted
from deals.rounds import law
from deals.rounds.models import Round
from deals.rounds.rules import is_usual, lowest_relisting
from deals.rounds.states import RoundState

LONGEST_DAYS: Final = 250
"""Working days of a year: longer than any period is disclosed, short enough to be counted."""
MOST_EXTENSIONS: Final = 12
SHORTEST_REASON: Final = 5


@dataclass(frozen=True)
class Announced:
    """`posted`: the terms, their lump sum the list price. `days`, `extension_days` in working
    days; `extensions`: how often the period is extended at most while nobody is qualified."""

    posted: Posted
    days: int
    extension_days: int = 0
    extensions: int = 0
    state_assets: bool = False
    deposit: int = 0
    """In minor units of the terms' currency; 0: none is asked."""
    deposit_reason: str = ""
    """Why it lies outside the usual shares of the list price."""

    @property
    def listed(self) -> Posted:
        """The posting: an open listing ends with its period, so the terms have no day of their
        own."""
        terms = replace(self.posted.terms, valid_until=None)
        return replace(self.posted, mode=OPEN_LISTING.code, terms=terms)


def announced_problems(
    said: Announced, profile: Profile, before: Round | None, language: str = "zh"
) -> dict[str, list[Problem]]:
    """What must be corrected, by field; `before`: the failed round that this would follow;
    `language`: in which a rule is cited."""
    found: dict[str, list[Problem]] = {}
    terms = said.posted.terms
    if terms.instalments:
        text = N_("A list price is one sum: say in the note when it is paid.")
        found["part1"] = [Problem("instalments_listed", text)]
    if terms.lump_sum is None or terms.lump_sum <= 0:
        found["lump_sum"] = [Problem("floor_missing", N_("Name the list price."))]
        return found
    floor = Money(terms.lump_sum, terms.currency)
    least = law.shortest(profile, floor, state_assets=said.state_assets)
    if not least <= said.days <= LONGEST_DAYS:
        text = N_("Between %(least)s and %(most)s working days at this list price.")
        params = {"least": least, "most": LONGEST_DAYS}
        found["days"] = [Problem("period_short", text, params)]
    found |= _extension_problems(said, profile)
    found |= _deposit_problems(said.deposit, floor.minor, profile)
    if "deposit" not in found:
        found |= _unusual(said, floor.minor, profile, language)
    lowest = _lowest(before, floor, profile)
    if floor.minor < lowest:
        text = N_("Listed again, the price may be lower by %(cut)s per cent at most.")
        cut = f"{law.cut(profile) * 100:.0f}"
        found["lump_sum"] = [Problem("cut_deep", text, {"cut": cut})]
    return found


def failed_before(session: Session, listing: str, way: str) -> Round | None:
    """The last round of this way on the listing, if it failed."""
    last = (
        select(Round)
        .join(Posting, Posting.id == Round.posting)
        .where(Round.listing == listing, Posting.way == way, Round.state != RoundState.WITHDRAWN)
        .order_by(Round.announced_at.desc())
        .limit(1)
    )
    row = session.scalars(last).first()
    return row if row is not None and row.state == RoundState.FAILED else None


def _extension_problems(said: Announced, profile: Profile) -> dict[str, list[Problem]]:
    if said.extensions == 0:
        return {}
    least = profile.integer(law.EXTENSION) if law.EXTENSION in profile else 1
    if not 0 < said.extensions <= MOST_EXTENSIONS:
        text = N_("At most %(most)s extensions.")
        return {"extensions": [Problem("extensions_many", text, {"most": MOST_EXTENSIONS})]}
    if not least <= said.extension_days <= LONGEST_DAYS:
        text = N_("An extension has at least %(least)s working days.")
        return {"extension_days": [Problem("extension_short", text, {"least": least})]}
    return {}


def _deposit_problems(deposit: int, floor: int, profile: Profile) -> dict[str, list[Problem]]:
    """The cap that billing asks about again when a deposit is raised."""
    if deposit < 0:
        text = N_("Enter an amount above zero, or leave it empty.")
        return {"deposit": [Problem("amount_not_positive", text)]}
    cap = profile.ratio(DEPOSIT_CAP) if DEPOSIT_CAP in profile else Decimal(1)
    if is_within_cap(deposit, floor, cap):
        return {}
    text, share = N_("A deposit is at most %(cap)s per cent of the list price."), f"{cap * 100:.0f}"
    return {"deposit": [Problem("deposit_large", text, {"cap": share})]}


def is_unusual(deposit: int, floor: int, profile: Profile) -> bool:
    """Whether the deposit lies outside the shares that the profile names."""
    usual = law.usual_deposit(profile)
    return usual is not None and not is_usual(deposit, floor, *usual)


def _unusual(
    said: Announced, floor: int, profile: Profile, language: str
) -> dict[str, list[Problem]]:
    """A rule that warns is answered with a reason; one that blocks is not."""
    usual, reason = law.usual_deposit(profile), said.deposit_reason.strip()
    if len(reason) > LONGEST_CONDITIONS:
        text = N_("Use at most %(limit)s characters.")
        problem = Problem("too_long", text, {"limit": LONGEST_CONDITIONS})
        return {"deposit_reason": [problem]}
    if usual is None or not is_unusual(said.deposit, floor, profile):
        return {}
    rule = profile.value(law.RANGE)
    params = {"least": f"{usual[0] * 100:.0f}", "most": f"{usual[1] * 100:.0f}",
              "citation": rule.cite(language)}  # fmt: skip
    if rule.enforce == "block":
        text = N_(
            "A deposit lies between %(least)s and %(most)s per cent of the list price "
            "(%(citation)s)."
        )
        return {"deposit": [Problem("deposit_range", text, params)]}
    if len(reason) >= SHORTEST_REASON:
        return {}
    text = N_(
        "A deposit usually lies between %(least)s and %(most)s per cent of the list price "
        "(%(citation)s). Say why this one does not."
    )
    return {"deposit_reason": [Problem("deposit_unusual", text, params)]}


def _lowest(before: Round | None, floor: Money, profile: Profile) -> int:
    if before is None or before.currency != floor.currency:
        return 0
    return lowest_relisting(before.floor_minor, law.cut(profile))
