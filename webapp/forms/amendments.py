"""Forms of amendments: one rule in fields, a profile as TOML, a year's holidays."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any, Final

from wtforms import DateField, FileField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from core.i18n import N_
from core.law.values import LawValue
from governance.amending import LONGEST, Proposed
from webapp.forms.base import AtMost, MarketForm
from webapp.language import plain
from webapp.presenters.rule_words import rule_name

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BETWEEN: Final = re.compile(r"[\s,，、;；]+")


class RuleForm(MarketForm):
    """One rule of a profile, as fields; becomes the TOML that a file would hold."""

    rule = SelectField(N_("Rule"), choices=[], validate_choice=False)
    value = StringField(
        N_("New value"),
        [AtMost(2000)],
        description=N_('As in the files: 15, 0.05, true, "CNY 5000000.00", ["unit", "market"].'),
    )
    citation = StringField(N_("Source in Chinese"), [AtMost(400)], default="本市场规则")
    citation_en = StringField(
        N_("Source in English"), [AtMost(400)], default="This market's own rule"
    )
    confidence = SelectField(
        N_("Confidence"),
        choices=[
            SelectChoice("H", N_("read in the primary text")),
            SelectChoice("M", N_("read in a secondary text")),
            SelectChoice("L", N_("general knowledge, to be verified")),
        ],
    )
    checked_on = DateField(N_("Checked on this day"), [Optional()])
    file = FileField(
        N_("Or a TOML file with several rules"),
        description=N_("Takes the place of the fields above; read by the same reader as files."),
    )
    takes_effect = DateField(N_("Takes effect on"), [Optional()])
    reason = TextAreaField(
        N_("Reason"), [AtMost(2000)], description=N_("Everybody reads it beside the change.")
    )
    reason_en = TextAreaField(N_("Reason in English"), [AtMost(2000)])

    def among(self, rules: list[str]) -> RuleForm:
        self.rule.choices = [SelectChoice(r, f"{rule_name(r)} · {r}") for r in rules]
        return self

    def proposed(self, name: str, now: LawValue | None) -> Proposed:
        """What was written or uploaded, for the use case to judge. `now`: the rule as it holds,
        whose unit, consequence and notes stay."""
        text = uploaded(self.file) or self._toml(name, now)
        typed = self.takes_effect.data, self.reason.data or "", self.reason_en.data or ""
        return Proposed("profile", name, text, *typed)

    def _toml(self, name: str, now: LawValue | None) -> str:
        head = [f"name = {literal(name)}", 'title = "-"', 'title_en = "-"', ""]
        source = literal(self.citation.data), literal(self.citation_en.data)
        looked = literal(self.confidence.data), str(self.checked_on.data or "")
        day, value = self.takes_effect.data, self.value.data or ""
        return "\n".join(
            [*head, rule_toml(now, self.rule.data or "", value, day, *source, *looked)]
        )


def rule_toml(
    now: LawValue | None,
    rule: str,
    value: str,
    holds_from: date | None,
    citation: str,
    citation_en: str,
    confidence: str,
    checked_on: str,
    *,
    unset: bool = False,
) -> str:
    """One rule as a file has it; what is given is TOML already, but for the rule's id. `now`: the
    rule as it holds, whose unit, consequence and notes stay."""
    lines = ["[[rule]]", f"id = {literal(rule)}", "unset = true" if unset else f"value = {value}"]
    lines += [f"unit = {literal(now.unit if now else '')}", f"valid_from = {holds_from or ''}"]
    lines += [f"citation = {citation}", f"citation_en = {citation_en}"]
    lines += [f"confidence = {confidence}", f"checked_on = {checked_on}"]
    if now is not None:
        lines += [f"enforce = {literal(now.enforce)}"]
        lines += [f"note = {literal(now.note)}", f"note_en = {literal(now.note_en)}"]
    return "\n".join(lines) + "\n"


class HolidayForm(MarketForm):
    """The arrangement of one year, as the State Council publishes it."""

    year = StringField(N_("Year"), [AtMost(4)])
    holidays = TextAreaField(
        N_("Days off"),
        [AtMost(8000)],
        description=N_("Every day off beside ordinary weekends, such as 2027-01-01."),
    )
    workdays = TextAreaField(
        N_("Weekends worked"),
        [AtMost(2000)],
        description=N_("Days of weekends that are worked to make up."),
    )
    source = StringField(N_("Source in Chinese"), [AtMost(400)])
    source_en = StringField(N_("Source in English"), [AtMost(400)])
    checked_on = DateField(N_("Checked on this day"), [Optional()])
    reason = TextAreaField(
        N_("Reason"), [AtMost(2000)], description=N_("Everybody reads it beside the change.")
    )
    reason_en = TextAreaField(N_("Reason in English"), [AtMost(2000)])

    def validate_holidays(self, field: Any) -> None:
        _only_days(field)

    def validate_workdays(self, field: Any) -> None:
        _only_days(field)

    def proposed(self, calendar: str) -> Proposed:
        """What was written, for the use case to judge."""
        text = "\n".join(
            [
                f"source = {literal(self.source.data)}",
                f"source_en = {literal(self.source_en.data)}",
                f"checked_on = {self.checked_on.data or ''}",
                f"holidays = [{_days(self.holidays.data)}]",
                f"workdays = [{_days(self.workdays.data)}]",
            ]
        )
        name = f"{calendar}-{(self.year.data or '').strip()}"
        typed = None, self.reason.data or "", self.reason_en.data or ""
        return Proposed("holidays", name, text + "\n", *typed)


class DecideForm(MarketForm):
    decision = HiddenField()
    note = TextAreaField(
        N_("Note"), [AtMost(2000)], description=N_("Needed to refuse; kept in the record.")
    )


def literal(typed: str | None) -> str:
    """A basic string of TOML; JSON writes the same one but for the delete sign."""
    return json.dumps(typed or "", ensure_ascii=False).replace("\x7f", "\\u007f")


def _only_days(field: Any) -> None:
    """Nothing that was typed is left out in silence."""
    others = [word for word in _BETWEEN.split(field.data or "") if word]
    wrong = next((word for word in others if not _DAY.fullmatch(word)), None)
    if wrong is not None:
        words = N_("“%(word)s” is no day such as 2027-01-01.")
        raise ValidationError(plain(words, word=wrong[:40]))


def _days(typed: str | None) -> str:
    return ", ".join(_DAY.findall(typed or ""))


def uploaded(field: FileField) -> str:
    file = field.data
    if not file or not getattr(file, "filename", ""):
        return ""
    data: bytes = file.read(LONGEST + 1)
    return data.decode("utf-8", errors="replace").replace("\x00", "")
