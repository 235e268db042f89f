"""What the operator can impose on a person or an organisation, and what each measure bars. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from core.errors import Problem
from core.i18n import N_

LONGEST_REASON: Final = 4000
LONGEST_TERM: Final = timedelta(days=366)
"""What should last longer is decided anew: nobody is barred by a decision that was forgotten."""


class Measure(StrEnum):
    WARNING = "warning"
    NO_LISTINGS = "no_listings"
    NO_INQUIRIES = "no_inquiries"
    SUSPENDED = "suspended"


class SanctionState(StrEnum):
    IN_FORCE = "in_force"
    ENDED = "ended"
    """Its term is over."""
    LIFTED = "lifted"
    """An operator took it back, upon an appeal or by themselves."""


class Bar(StrEnum):
    """What somebody is kept from; permission functions ask for these."""

    LIST = "list"
    """new results and needs, and publishing them"""
    ASK = "ask"
    """inquiries"""


BARS: Final[Mapping[str, frozenset[str]]] = {
    Measure.WARNING: frozenset(),
    Measure.NO_LISTINGS: frozenset({Bar.LIST}),
    Measure.NO_INQUIRIES: frozenset({Bar.ASK}),
    Measure.SUSPENDED: frozenset(Bar),
}
"""A suspended person's seats, and everybody's seats in a suspended organisation, count for nothing
besides."""

RULES: Final[Mapping[str, str]] = {
    "untrue": N_("Untrue or misleading statements about a result, need or organisation"),
    "rights": N_("Offering what infringes the rights of others, repeatedly"),
    "contacts": N_("Misuse of contacts that the market shows"),
    "bypass": N_("Circumventing the procedures of deals and public notices"),
    "unlawful": N_("Unlawful content"),
    "flooding": N_("Flooding the market with entries or inquiries of no substance"),
}
"""The market's rules of conduct, of which a sanction names the one that was broken."""


def bars_of(measures: frozenset[str]) -> frozenset[str]:
    """What several measures bar together."""
    return frozenset().union(*(BARS[measure] for measure in measures))


def sanction_problems(
    measure: str, rule: str, reason: str, last_day: date | None, today: date
) -> dict[str, list[Problem]]:
    """By field. Every measure but a warning has a last day, within a year from `today`."""
    problems: dict[str, list[Problem]] = {}
    if measure not in set(Measure):
        problems["measure"] = [Problem("measure_missing", N_("Choose a measure."))]
    if rule not in RULES:
        problems["rule"] = [Problem("rule_missing", N_("Choose the rule that was broken."))]
    if not reason.strip():
        words = N_("Write the reason; whom it concerns reads it.")
        problems["reason"] = [Problem("reason_missing", words)]
    elif len(reason) > LONGEST_REASON:
        words = N_("Shorten this to %(length)s characters.")
        problems["reason"] = [Problem("reason_long", words, {"length": LONGEST_REASON})]
    if measure == Measure.WARNING and last_day is not None:
        words = N_("A warning has no last day: leave it empty.")
        problems["last_day"] = [Problem("warning_with_term", words)]
    elif measure in set(Measure) - {Measure.WARNING} and not _is_term(last_day, today):
        words = N_("Give a last day between today and a year from now.")
        problems["last_day"] = [Problem("term_missing", words)]
    return problems


def _is_term(last_day: date | None, today: date) -> bool:
    return last_day is not None and today <= last_day <= today + LONGEST_TERM
