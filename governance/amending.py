"""What an amendment must be before it is proposed, and what it changes. Pure but for the clock's
day, which is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core.amendments import Amendment, layered
from core.errors import Problem
from core.i18n import N_
from core.law import LawBook, LawError, Profile
from core.law.reading import parse_source, parse_year
from core.law.values import LawValue
from governance.chapters import value_problem
from governance.wording_rules import Letters, wording_problems

NOTICE_DAYS: Final = "platform.rules_change_notice_days"
"""The rule of the profile: how many days a change of the market's rules is public before it takes
effect (E-Commerce Law, art. 34)."""
LONGEST: Final = 200_000


@dataclass(frozen=True)
class Proposed:
    """What an operator wrote, or uploaded."""

    kind: str
    name: str
    text: str
    takes_effect: date | None
    reason: str
    reason_en: str = ""


@dataclass(frozen=True)
class Difference:
    """One rule before and after; None where it is not there."""

    rule_id: str
    before: LawValue | None
    after: LawValue | None

    @property
    def fields(self) -> list[str]:
        """The names of what differs."""
        names = ("value", "unit", "citation", "citation_en", "confidence", "enforce", "note",
                 "note_en", "checked_on", "valid_from", "valid_to")  # fmt: skip
        return [
            name
            for name in names
            if getattr(self.before, name, None) != getattr(self.after, name, None)
        ]


def earliest(profile: Profile, published: date) -> date:
    """The first day on which a change that becomes public on `published` may take effect: whole
    days lie between."""
    return published + timedelta(days=profile.integer(NOTICE_DAYS) + 1)


def proposal_problems(
    proposed: Proposed, book: LawBook, profile: Profile, today: date, letters: Letters
) -> dict[str, list[Problem]]:
    """By field. `profile` is what holds for the market today, with the days of notice; `letters`:
    what can be worded anew."""
    problems: dict[str, list[Problem]] = {}
    if not proposed.reason.strip():
        problems["reason"] = [Problem("reason", N_("Write the reason; everybody reads it."))]
    if len(proposed.text) > LONGEST:
        words = N_("Shorten this to %(length)s characters.")
        return problems | {"text": [Problem("long", words, {"length": LONGEST})]}
    if proposed.kind == "holidays":
        return problems | _year_problems(proposed, book)
    known = {"profile": proposed.name in book.sources, "wording": proposed.name in letters}
    if not known.get(proposed.kind, False):
        return problems | {"": [Problem("unknown", N_("There is no such profile or calendar."))]}
    first = earliest(profile, today)
    if proposed.takes_effect is None or proposed.takes_effect < first:
        words = N_("It is public for days before it takes effect: %(day)s at the earliest.")
        problems["takes_effect"] = [Problem("too_soon", words, {"day": first.isoformat()})]
    if proposed.kind == "wording":
        return problems | wording_problems(proposed.name, proposed.text, letters)
    return problems | _text_problems(proposed, book)


def _text_problems(proposed: Proposed, book: LawBook) -> dict[str, list[Problem]]:
    try:
        source = parse_source(f"{proposed.name}.toml", proposed.name, proposed.text.encode())
    except LawError as fault:
        return {"text": [_fault(fault)]}
    if not source.rules:
        return {"text": [Problem("empty", N_("It changes no rule."))]}
    stated = _all_rules(book, proposed.name)
    known = {rule.rule_id: rule.unit for rule in stated}
    unset = {rule.rule_id for rule in stated if rule.value is None}
    for rule in source.rules:
        params = {"rule": rule.rule_id}
        if rule.rule_id not in known:
            words = N_("Nothing in the market reads the rule %(rule)s.")
            return {"text": [Problem("unknown_rule", words, params)]}
        if rule.unit != known[rule.rule_id]:
            words = N_("The unit of %(rule)s must stay as it is.")
            return {"text": [Problem("other_unit", words, params)]}
        if proposed.takes_effect and rule.valid_from < proposed.takes_effect:
            words = N_("%(rule)s must not hold before the amendment takes effect.")
            return {"text": [Problem("back_in_time", words, params)]}
        if problem := value_problem(rule, rule.rule_id in unset):
            return {rule.rule_id: [problem]}
    return {}


def _year_problems(proposed: Proposed, book: LawBook) -> dict[str, list[Problem]]:
    calendar, _, year = proposed.name.rpartition("-")
    if calendar not in book.calendars or len(year) != 4 or not year.isdecimal():
        return {"": [Problem("unknown", N_("There is no such profile or calendar."))]}
    try:
        parse_year(f"{proposed.name}.toml", proposed.text.encode())
    except LawError as fault:
        return {"text": [_fault(fault)]}
    return {}


def _all_rules(book: LawBook, name: str) -> list[LawValue]:
    """Every rule that a profile states or takes from its parents, on whatever day."""
    found: list[LawValue] = []
    while name:
        found += book.sources[name].rules
        name = book.sources[name].extends
    return found


def _fault(fault: LawError) -> Problem:
    return Problem("unreadable", N_("The text cannot be taken: %(fault)s"), {"fault": str(fault)})


def differences(before: Profile, after: Profile) -> list[Difference]:
    """Rules that differ, by their ids; the order of fields and who states a rule do not count."""
    ids = sorted({*before.values, *after.values})
    pairs = [Difference(id, before.values.get(id), after.values.get(id)) for id in ids]
    return [one for one in pairs if one.fields]


def effect(book: LawBook, row: Amendment) -> list[Difference]:
    """What an amendment of a profile that is not yet in the book would change on its day."""
    if row.kind != "profile" or row.takes_effect is None:
        return []
    before = book.profile(row.name, row.takes_effect)
    return differences(before, layered(book, [row]).profile(row.name, row.takes_effect))
