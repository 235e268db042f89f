"""One chapter of a profile's rules as a form: what was changed becomes the TOML of an amendment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from wtforms import DateField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from core.i18n import N_
from core.law import Profile
from core.law.reading import reads_as
from core.law.values import LawValue
from governance.amending import Proposed
from governance.chapters import OWN, OWN_ZH, Entry
from webapp.forms.amendments import literal, rule_toml
from webapp.forms.base import AtMost, MarketForm
from webapp.forms.listing_typed import MultiCheckboxField
from webapp.language import page_language, plain
from webapp.presenters.amendments import shown_value
from webapp.presenters.fields import FIELDS, NEED_FIELDS
from webapp.presenters.rule_words import in_words, rule_name

_QUOTED: Final = frozenset({"code", "money"})
_LIKE: Final = {"money": "CNY 5000000.00", "ratio": "0.05", "flag": "true",
                "codes": '["unit", "market"]'}  # fmt: skip
_NUMBER: Final = "15"


class ChapterForm(MarketForm):
    """The rules stand between; each is a field of its own id."""

    takes_effect = DateField(N_("Takes effect on"), [Optional()])
    reason = TextAreaField(
        N_("Reason"), [AtMost(2000)], description=N_("Everybody reads it beside the change.")
    )
    reason_en = TextAreaField(N_("Reason in English"), [AtMost(2000)])
    entries: tuple[Entry, ...] = ()

    @property
    def rules(self) -> list[Any]:
        """Their fields, in order."""
        return [self[entry.rule] for entry in self.entries]

    def proposed(self, holds: Profile, today: date) -> Proposed:
        """What differs from `holds`, for the use case to judge."""
        changed = [
            self._rule(entry, holds.value(entry.rule), today)
            for entry in self.entries
            if self._differs(entry, holds.value(entry.rule))
        ]
        head = [f"name = {literal(holds.name)}", 'title = "-"', 'title_en = "-"', ""]
        typed = self.takes_effect.data, self.reason.data or "", self.reason_en.data or ""
        return Proposed("profile", holds.name, "\n".join([*head, *changed]), *typed)

    def _differs(self, entry: Entry, now: LawValue) -> bool:
        if entry.choices:
            return set(self[entry.rule].data or ()) != _ticked(entry, now)
        return (self[entry.rule].data or "").strip() != _typed(now)

    def _rule(self, entry: Entry, now: LawValue, today: date) -> str:
        if entry.choices:
            said = {*(self[entry.rule].data or ()), *entry.upheld}
            codes = [code for code in (*entry.upheld, *entry.choices) if code in said]
            value = f"[{', '.join(literal(code) for code in codes)}]"
        else:
            value = _toml((self[entry.rule].data or "").strip(), now.unit)
        source = literal(OWN_ZH), literal(OWN), literal("H"), today.isoformat()
        return rule_toml(now, entry.rule, value, self.takes_effect.data, *source, unset=not value)


def chapter_form(entries: Sequence[Entry], holds: Profile) -> ChapterForm:
    """A form with a field for each rule, showing what holds."""
    made = {entry.rule: _field(entry, holds.value(entry.rule)) for entry in entries}
    made_for: type[ChapterForm] = type(
        "OneChapterForm", (ChapterForm,), {**made, "entries": tuple(entries)}
    )
    return made_for()


def _field(entry: Entry, now: LawValue) -> Any:
    if entry.choices:
        names = NEED_FIELDS if entry.rule.startswith("need.") else FIELDS
        choices = [SelectChoice(code, _name(names, code)) for code in entry.choices]
        ticked = sorted(_ticked(entry, now))
        return MultiCheckboxField(entry.name, choices=choices, default=ticked)
    remark = ""
    if entry.name == entry.rule:
        remark = f"{in_words(now)} · {now.remark(page_language())}".removesuffix(" · ")
    name = rule_name(entry.rule) if entry.name == entry.rule else entry.name
    checks = [AtMost(200), Reads(now)]
    return StringField(name, checks, default=_typed(now), description=remark)


class Reads:
    """What was typed anew is a value of the rule's unit; the reader of files judges a table."""

    def __init__(self, now: LawValue) -> None:
        self.now = now

    def __call__(self, _form: Any, field: Any) -> None:
        typed, unit = (field.data or "").strip(), self.now.unit
        if not typed or typed == _typed(self.now) or unit == "table":
            return
        if not reads_as(_toml(typed, unit), unit):
            like = _LIKE.get(unit, _NUMBER)
            raise ValidationError(plain(N_("Write a value such as %(value)s."), value=like))


def _toml(typed: str, unit: str) -> str:
    return literal(typed) if typed and unit in _QUOTED else typed


def _name(names: Any, code: str) -> str:
    found = names.get("value_line" if code == "sentence" else code, code)
    return str(found[0] if isinstance(found, tuple) else found)


def _ticked(entry: Entry, now: LawValue) -> set[str]:
    said = now.value if isinstance(now.value, tuple) else ()
    return {code for code in said if code in entry.choices}


def _typed(now: LawValue) -> str:
    return "" if now.value is None else shown_value(now)
