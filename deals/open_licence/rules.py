"""What a statement of open licence must say, and what keeps it from being made. Pure.

Patent Law (2020) arts. 50-52; Implementing Regulations (2023) arts. 85-88. The figures are the
law profile's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from core.errors import Problem
from core.i18n import N_
from core.law import Profile
from core.money import Money
from deals.offers import BASIS_POINTS, Terms
from deals.posting import Posted
from listings.kinds import RoyaltyBase, Way

REFUSED_WHILE: Final = "open_licence.refused_while"
ALL_OWNERS: Final = "open_licence.all_owners"
ITEMS: Final = "open_licence.items"
REPORT_KINDS: Final = "open_licence.report_kinds"
FIXED_MAX: Final = "open_licence.fixed_max"
_SHARES: Final = {
    RoyaltyBase.NET_SALES: "open_licence.sales_max",
    RoyaltyBase.PROFIT: "open_licence.profit_max",
}
LONGEST_NUMBER: Final = 40
SHORTEST_REASON: Final = 5
_PROMOTES: Final = re.compile(
    r"最佳|最好|最优|最先进|第一|首创|独家|领先|顶级|唯一|填补.{0,6}空白|国家级"
    r"|\b(best|unrivall?ed|leading|unique|world[- ]class|revolutionary|number one)\b",
    re.IGNORECASE,
)
"""Words of advertising, which a statement may not have (Implementing Regulations art. 85)."""


class Bar(StrEnum):
    """What keeps a patent from being put under open licence (Implementing Regulations art. 86)."""

    ALONE = "exclusive_or_sole"
    SUSPENDED = "suspended"
    ANNUITY = "annuity_unpaid"
    PLEDGED = "pledged"


@dataclass(frozen=True)
class Statement:
    """What the office typed. `unsuspended`: no proceedings about the patent are suspended, as the
    office declares; `fee_reason`: why the fee is above the guide."""

    posted: Posted
    report: str = ""
    unsuspended: bool = False
    fee_reason: str = ""

    @property
    def standing(self) -> Posted:
        """The posting: nobody accepts it once its licences would have ended."""
        terms = replace(self.posted.terms, valid_until=self.posted.terms.until)
        return replace(self.posted, terms=terms)


@dataclass(frozen=True)
class Patent:
    """What the register says on the day: `ends` None where nobody knows."""

    number: str
    kind: str
    in_force: bool
    ends: date | None
    bars: frozenset[Bar] = frozenset()
    co_owners_open: int = 0


SAID: Final = {
    Bar.ALONE: N_("An exclusive or sole licence of this patent runs or is agreed on."),
    Bar.SUSPENDED: N_("Declare that no proceedings about this patent are suspended."),
    Bar.ANNUITY: N_("An annuity of this patent is unpaid, as its record here says."),
    Bar.PLEDGED: N_("The patent is pledged and the pledgee has not agreed."),
}


def statement_problems(said: Statement, profile: Profile) -> dict[str, list[Problem]]:
    """What must be corrected in the statement itself, by field; prices are the posting's."""
    found: dict[str, list[Problem]] = {}
    terms, posted = said.posted.terms, said.posted

    def wrong(name: str, code: str, text: str) -> None:
        found.setdefault(name, []).append(Problem(code, text))

    if terms.way != Way.ORDINARY:
        wrong("way", "open_is_ordinary", N_("An open licence is an ordinary one."))
    if terms.until is None and _asks(profile, "term"):
        wrong("until", "term_missing", N_("The statement names the day on which licences end."))
    if terms.field or terms.territory or posted.domestic_only:
        wrong("conditions", "open_to_all", N_("An open licence is open to everybody alike."))
    if terms.instalments:
        text = N_("A licence arises with payment, so the fee is not paid in parts.")
        wrong("lump_sum", "fee_in_parts", text)
    if _PROMOTES.search(f"{posted.conditions} {terms.note}"):
        text = N_("A statement has no words of advertising. Say what is needed to use the patent.")
        wrong("conditions", "advertising", text)
    if above_guide(terms, profile) and len(said.fee_reason.strip()) < SHORTEST_REASON:
        text = N_("The fee is above the patent office's guide. Say why.")
        wrong("fee_reason", "fee_high", text)
    return found


def _asks(profile: Profile, item: str) -> bool:
    """Whether the office wants the item in a statement; yes where the profile lists none."""
    return ITEMS not in profile or item in profile.codes(ITEMS)


def above_guide(terms: Terms, profile: Profile) -> tuple[str, ...]:
    """The rules of the office's guide that the fee exceeds."""
    found = []
    fixed = Money(fixed_fee(terms), terms.currency)
    if FIXED_MAX in profile and fixed.currency == profile.money(FIXED_MAX).currency:
        found += [FIXED_MAX] * (fixed.minor > profile.money(FIXED_MAX).minor)
    rule = next((rule for base, rule in _SHARES.items() if base == terms.royalty_base), "")
    if rule in profile and highest(terms) > profile.ratio(rule) * BASIS_POINTS:
        found.append(rule)
    return tuple(found)


def highest(terms: Terms) -> int:
    """The highest rate of a royalty and its steps, in basis points; 0 without one."""
    steps = terms.royalty_steps
    return max([terms.royalty or 0, *(one.rate for one in (steps.each if steps else ()))])


def fixed_fee(terms: Terms) -> int:
    """What is paid before anything is earned, in minor units."""
    return (terms.lump_sum or 0) + (terms.entry_fee or 0)


def patent_problems(
    said: Statement, patent: Patent | None, profile: Profile
) -> dict[str, list[Problem]]:
    """What stands against putting this patent under open licence; `patent` None where the result
    has not one patent exactly."""
    if patent is None:
        text = N_("An open licence is of one patent: register that patent as a result of its own.")
        return {"": [Problem("one_patent", text)]}
    found: dict[str, list[Problem]] = {}
    until = said.posted.terms.until
    unnamed = not patent.number and _asks(profile, "patent")
    if not patent.in_force or unnamed:
        text = N_("Only a granted patent in force, with its number, can be under open licence.")
        found[""] = [Problem("not_granted", text)]
    if patent.ends is not None and until is not None and until > patent.ends:
        text, params = N_("The patent ends on %(ends)s."), {"ends": patent.ends}
        found["until"] = [Problem("term_long", text, params)]
    if _needs_report(patent, profile) and not said.report.strip():
        text = N_("A utility model or a design needs an evaluation report: give its number.")
        found["report"] = [Problem("report_missing", text)]
    if stands := list(_barred(patent, profile, unsuspended=said.unsuspended)):
        found.setdefault("", []).extend(stands)
    return found


def _needs_report(patent: Patent, profile: Profile) -> bool:
    return REPORT_KINDS in profile and patent.kind in profile.codes(REPORT_KINDS)


def _barred(patent: Patent, profile: Profile, *, unsuspended: bool) -> Iterator[Problem]:
    asked: Collection[str] = profile.codes(REFUSED_WHILE) if REFUSED_WHILE in profile else ()
    bars = patent.bars | ({Bar.SUSPENDED} if not unsuspended else frozenset())
    for bar in Bar:
        if bar in bars and bar in asked:
            yield Problem(bar, SAID[bar])
    if patent.co_owners_open and ALL_OWNERS in profile and profile.flag(ALL_OWNERS):
        yield Problem("co_owners", N_("Not every co-owner has agreed to the offer."))


def announcement_problems(
    number: str, on: date | None, today: date, since: date | None
) -> dict[str, list[Problem]]:
    """Of what the patent office announced; `since`: the announcement that a withdrawal follows."""
    found: dict[str, list[Problem]] = {}
    if not 0 < len(number.strip()) <= LONGEST_NUMBER:
        text = N_("Give the number of the patent office's announcement.")
        found["number"] = [Problem("number_missing", text)]
    if on is None or on > today or (since is not None and on < since):
        text = N_("Give the day of the announcement: not after today, not before what it follows.")
        found["on"] = [Problem("day_missing", text)]
    return found
