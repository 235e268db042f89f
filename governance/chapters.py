"""The market's own papers inside a profile of rules: which rules belong together, and what each
of them must be. Pure.

Fees, numbering and required fields are rules like others: proposed, approved by a second person,
public for days, pinned by deals. A chapter shows its rules together and takes them in one form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.certificate.numbers import CERTIFICATE_NUMBER
from contracts.fees import AT_LEAST, AT_MOST, FEE_DAYS, FEE_RULES
from contracts.numbers import CONTRACT_NUMBER
from core.errors import Problem
from core.i18n import N_
from core.law import Profile
from core.law.values import LawValue
from core.numbering import LONGEST, Pattern, PatternError
from deals.numbers import DEAL_NUMBER, NOTICE_NUMBER
from listings.need_rules import NEED_CHOOSABLE, NEED_PUBLISHED, NEED_UPHELD
from listings.numbers import LISTING_NUMBER
from listings.rules import CHOOSABLE, DRAFT, PUBLISHED, SUBMITTED, UPHELD
from search.numbers import keys

OWN: Final = "This market's own rule"
"""What the profiles cite where no law is behind a rule, in English."""
OWN_ZH: Final = "本市场规则"
MAY_BE_UNSET: Final = frozenset({*FEE_RULES.values(), AT_LEAST, AT_MOST})
_COUNTED: Final = frozenset(
    {"minutes", "hours", "calendar_days", "working_days", "months", "years", "count", "ratio"}
)


@dataclass(frozen=True)
class Entry:
    """One rule of a chapter. `choices`: code words to tick; `upheld`: those that always stay."""

    rule: str
    name: str
    choices: tuple[str, ...] = ()
    upheld: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    key: str
    title: str
    about: str
    entries: tuple[Entry, ...] = ()


_REQUIRED: Final = (
    Entry(DRAFT, N_("To keep a draft"), CHOOSABLE[DRAFT], UPHELD[DRAFT]),
    Entry(SUBMITTED, N_("To hand it in for review"), CHOOSABLE[SUBMITTED], UPHELD[SUBMITTED]),
    Entry(PUBLISHED, N_("To publish it"), CHOOSABLE[PUBLISHED], UPHELD[PUBLISHED]),
    Entry(NEED_PUBLISHED, N_("To publish a need"), NEED_CHOOSABLE, NEED_UPHELD),
)
_FEES: Final = (
    Entry(FEE_RULES["seller"], N_("Share of the fixed price that the seller pays")),
    Entry(FEE_RULES["buyer"], N_("Share of the fixed price that the buyer pays")),
    Entry(AT_LEAST, N_("At least")),
    Entry(AT_MOST, N_("At most")),
    Entry(FEE_DAYS, N_("Days after signing until it is due")),
)
_NUMBERS: Final = (
    Entry(CONTRACT_NUMBER, N_("Contracts")),
    Entry(DEAL_NUMBER, N_("Deals")),
    Entry(NOTICE_NUMBER, N_("Public notices")),
    Entry(LISTING_NUMBER, N_("Results")),
    Entry(CERTIFICATE_NUMBER, N_("Trade certificates")),
)
CHAPTERS: Final[Mapping[str, Chapter]] = {
    one.key: one
    for one in (
        Chapter(
            "required",
            N_("Required fields"),
            N_("What a result or need must have before each stage. A result that waits for its "
               "next step is asked by the rules of the day on which it takes it."),
            _REQUIRED,
        ),
        Chapter(
            "fees",
            N_("Fees"),
            N_("What the market charges when a contract is signed. Shares are of one: 0.005 is "
               "half a per cent. An empty field charges or bounds nothing. A deal pays by the "
               "rules of the day on which it began."),
            _FEES,
        ),
        Chapter(
            "numbering",
            N_("Numbering"),
            N_("How numbers look. {year}, {month}, {day} and {date} are of the day, {id} is eight "
               "signs that tell nothing, {n} or {n:5} runs and begins anew when the rest changes. "
               "A running number tells every reader how many there have been."),
            _NUMBERS,
        ),
        Chapter(
            "thresholds",
            N_("Thresholds and periods"),
            N_("Figures that this market sets itself. What a law sets is changed on the page of "
               "the profile, with its source."),
        ),
    )
}  # fmt: skip
_ENTRIES: Final = {entry.rule: entry for one in CHAPTERS.values() for entry in one.entries}
_SAMPLE_DAY: Final = date(2026, 12, 31)
_SAMPLE_ID: Final = "0A1B2C3D"
_PATTERNS: Final = frozenset(entry.rule for entry in _NUMBERS)
_WRONG_PATTERN: Final = {
    "signs": N_("Beside its marks, a number holds letters, digits and ( ) / . _ - 〔 〕 only."),
    "mark": N_("A running number stands once, as {n} or {n:5}; the other marks take no digits."),
    "one": N_("Without {n} or {id} every number would be the same."),
    "long": N_("The number would be longer than %(length)s characters."),
}


def entries(chapter: Chapter, profile: Profile) -> tuple[Entry, ...]:
    """Its rules, as far as the profile has them. The chapter of thresholds holds every figure that
    the market sets itself and no other chapter has."""
    if chapter.entries:
        return tuple(entry for entry in chapter.entries if entry.rule in profile)
    return tuple(
        Entry(rule.rule_id, rule.rule_id)
        for rule in profile
        if rule.citation_en == OWN and rule.unit in _COUNTED and rule.rule_id not in _ENTRIES
    )


def value_problem(rule: LawValue, may_be_unset: bool) -> Problem | None:
    """Would what reads this rule choke on it, or the market lose what it upholds?"""
    if rule.value is None:
        if may_be_unset or rule.rule_id in MAY_BE_UNSET:
            return None
        return Problem("unset", N_("%(rule)s needs a value."), {"rule": rule.rule_id})
    if rule.rule_id in _PATTERNS:
        return _pattern_problem(rule.rule_id, str(rule.value))
    if rule.rule_id in FEE_RULES.values() and not 0 <= rule.value <= 1:  # type: ignore[operator]
        words = N_("A share of one lies between 0 and 1: 0.005 is half a per cent.")
        return Problem("share", words)
    entry = _ENTRIES.get(rule.rule_id)
    if entry is not None and entry.choices and isinstance(rule.value, tuple):
        return _codes_problem(entry, rule.value)
    return None


def _pattern_problem(rule: str, text: str) -> Problem | None:
    try:
        pattern = Pattern.parse(text)
    except PatternError as fault:
        return Problem("pattern", _WRONG_PATTERN[fault.args[0]], {"length": LONGEST})
    if rule == LISTING_NUMBER and not keys(pattern.number(_SAMPLE_DAY, _SAMPLE_ID, 1)):
        words = N_("Search finds a result by a number of up to four letters and then at least five "
                   "digits, or by {date}-{id}; it would not find one by this.")  # fmt: skip
        return Problem("not_found", words)
    return None


def _codes_problem(entry: Entry, codes: Iterable[str]) -> Problem | None:
    said = set(codes)
    if unknown := sorted(said - {*entry.choices, *entry.upheld}):
        words = N_("%(rule)s does not know %(codes)s.")
        return Problem("code", words, {"rule": entry.rule, "codes": ", ".join(unknown)})
    if gone := [code for code in entry.upheld if code not in said]:
        words = N_("%(codes)s must stay in %(rule)s: the market upholds it in any case.")
        return Problem("upheld", words, {"rule": entry.rule, "codes": ", ".join(gone)})
    return None
