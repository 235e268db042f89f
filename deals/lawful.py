"""The figures of law and of the house that deals use, read from the pinned profile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from core.law import Profile
from core.law.values import LawValue
from core.unit_of_work import UnitOfWork
from deals.models import Deal

NOTICE_DAYS: Final = "notice.price.min_days"
NOTICE_PLACES: Final = "notice.places"
NOTICE_CONTENT: Final = "notice.content"
PRICE_WAYS: Final = "price.ways"
NOTICE_PROOF: Final = "notice.own_place.proof"
NOTICE_MODES: Final = "notice.price.modes"
IDLE_DAYS: Final = "deal.idle_days"
OFFER_DAYS: Final = "offer.valid_days"
PREEMPTION_WAYS: Final = "preemption.ways"
PREEMPTION_DAYS: Final = "preemption.days"
REMIND_DAYS: Final = "inquiry.answer.remind_before_working_days"
ESCALATE_DAYS: Final = "inquiry.answer.escalate_after_working_days"
PUBLIC_DAYS: Final = "inquiry.answer.public_after_working_days"
TRIAL_REMIND: Final = "trial.remind_days"
TRIAL_REMIND_OURS: Final = 30
"""Calendar days before the end of a trial: a custom of this market, no rule of law."""
IDLE_DAYS_OURS: Final = 60
"""Calendar days of silence after which talks lapse where the profile sets no figure: a custom of
this market, no rule of law."""


def pinned(uow: UnitOfWork, row: Deal) -> Profile:
    """The profile of the deal's jurisdiction on the day it opened."""
    return uow.law(row.jurisdiction, row.law_on)


def integer(profile: Profile, rule: str, default: int) -> int:
    """The profile's figure, or the market's own where the profile is silent or sets none."""
    if rule not in profile or profile.value(rule).value is None:
        return default
    return profile.integer(rule)


def cited(profile: Profile, rules: Iterable[str]) -> list[dict[str, Any]]:
    """What a step stores about each rule that it passed; rules unknown to the profile are left."""
    return [_entry(profile, profile.value(rule)) for rule in rules if rule in profile]


def notice_is_asked(profile: Profile, mode: str) -> bool:
    """Whether a state owner's price goes on notice in this mode; yes where nothing is said."""
    return NOTICE_MODES not in profile or mode in profile.codes(NOTICE_MODES)


def notice_end(profile: Profile, first_day: date) -> date:
    """The last day of a price notice that begins on a legal day."""
    return profile.deadline(NOTICE_DAYS, first_day).day


def is_outside(profile: Profile, mode: str) -> bool:
    """Whether the profile lists the ways of finding a state owner's price, and this is none."""
    return PRICE_WAYS in profile and mode not in profile.codes(PRICE_WAYS)


def passed(profile: Profile, mode: str, rules: Iterable[str]) -> list[str]:
    """The rules of a step, less the list of ways of finding a price where the mode is none of
    them: such a step has not passed it."""
    outside = is_outside(profile, mode)
    return [rule for rule in rules if rule != PRICE_WAYS or not outside]


def asks_proof(profile: Profile) -> bool:
    """Whether the period of a notice counts by what the owner shows of its own place."""
    return NOTICE_PROOF in profile and profile.flag(NOTICE_PROOF)


def preempts(profile: Profile, way: str) -> bool:
    """Whether somebody comes first where this way passes; nobody where nothing is said."""
    return PREEMPTION_WAYS in profile and way in profile.codes(PREEMPTION_WAYS)


def preemption_end(profile: Profile, served_on: date) -> date:
    """The last day on which whoever was told on `served_on` may come first."""
    return profile.deadline(PREEMPTION_DAYS, served_on).day


def _entry(profile: Profile, value: LawValue) -> dict[str, Any]:
    return {
        "rule": value.rule_id,
        "value": value.as_json,
        "unit": value.unit,
        "citation": value.citation,
        "citation_en": value.citation_en,
        "confidence": value.confidence,
        "checked_on": value.checked_on.isoformat(),
        "profile": profile.pin,
    }
