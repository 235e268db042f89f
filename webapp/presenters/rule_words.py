"""Rules of a profile as people read them: their names, their values in words, by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from core import reference
from core.i18n import N_
from core.law.values import LawValue
from core.money import Money
from webapp.language import ngettext, page_language, plain
from webapp.presenters.showing import show_money, show_number

NOT_SET = "—"


def rule_name(rule_id: str) -> str:
    """What a rule is about; one that the market's operator added is shown by its id."""
    return reference.name_of("rules", rule_id, page_language()) or rule_id


def sections(profile: Iterable[LawValue]) -> list[tuple[str, str, list[LawValue]]]:
    """(code, name, rules) of each section that has any, rules in the order of the table."""
    entries = reference.table("rules").entries
    order = {code: place for place, code in enumerate(entries)}
    named: dict[str, list[LawValue]] = {c: [] for c, entry in entries.items() if not entry.parent}
    other: list[LawValue] = []
    for rule in sorted(profile, key=lambda rule: (order.get(rule.rule_id, len(order)),)):
        entry = entries.get(rule.rule_id)
        (named[entry.parent] if entry and entry.parent else other).append(rule)
    titled = [(code, rule_name(code), rules) for code, rules in named.items() if rules]
    return [*titled, ("other", plain(N_("Other rules")), other)] if other else titled


def in_words(rule: LawValue) -> str:
    """A value with its unit: `15 calendar days`, `20%`, `yes`, code words by their names."""
    if rule.value is None:
        return NOT_SET
    if isinstance(rule.value, Mapping):
        pairs = rule.value.items()
        return plain(N_("; ")).join(f"{_word(name)} {_said(one)}" for name, one in pairs)
    if rule.unit in _COUNTED and isinstance(rule.value, int):
        return str(_COUNTED[rule.unit](rule.value))
    return _said(rule.value)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return plain(N_("yes")) if value else plain(N_("no"))
    if isinstance(value, tuple):
        return plain(N_(", ")).join(_word(one) for one in value) or NOT_SET
    if isinstance(value, Money):
        return show_money(value)
    if isinstance(value, Decimal):
        return f"{(value * 100).normalize():f}%"
    return _word(value) if isinstance(value, str) else show_number(value)


def _word(code: object) -> str:
    return reference.name_of("rule_words", str(code), page_language()) or str(code)


_COUNTED: Mapping[str, Callable[[int], object]] = {
    "minutes": lambda n: ngettext("%(num)s minute", "%(num)s minutes", n),
    "hours": lambda n: ngettext("%(num)s hour", "%(num)s hours", n),
    "calendar_days": lambda n: ngettext("%(num)s calendar day", "%(num)s calendar days", n),
    "working_days": lambda n: ngettext("%(num)s working day", "%(num)s working days", n),
    "months": lambda n: ngettext("%(num)s month", "%(num)s months", n),
    "years": lambda n: ngettext("%(num)s year", "%(num)s years", n),
}
