"""One rule of law, or of this market, as data with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from core.money import Money

Plain = str | int | bool | Decimal | Money | None
Value = Plain | tuple[str, ...] | Mapping[str, Plain | tuple[str, ...]]
Confidence = Literal["H", "M", "L"]

CONFIDENCES: Final = ("H", "M", "L")
ENFORCEMENTS: Final = ("block", "warn", "inform")

# What a value must be, by unit. "table" is a set of named figures that only make sense together.
UNITS: Final[dict[str, type | tuple[type, ...]]] = {
    "minutes": int,
    "hours": int,
    "calendar_days": int,
    "working_days": int,
    "months": int,
    "years": int,
    "count": int,
    "ratio": Decimal,
    "money": Money,
    "flag": bool,
    "code": str,
    "codes": tuple,
    "table": dict,
}


class UnknownRule(LookupError):  # noqa: N818  # a question that the profile cannot answer
    """The profile says nothing about this rule on this date; `rule_id` and `profile` name both."""

    def __init__(self, rule_id: str, profile: str) -> None:
        super().__init__(f"{profile} has no rule {rule_id}")
        self.rule_id, self.profile = rule_id, profile


@dataclass(frozen=True)
class LawValue:
    """The value of one rule with what a page must show beside it.

    `value` is None where the profile says that no such figure is set. `confidence` is H (read in
    the primary text), M (in a secondary text) or L (general knowledge, to be verified).
    `jurisdiction` is the profile whose file states it: a province inherits the national values.
    """

    rule_id: str
    value: Value
    unit: str
    jurisdiction: str
    valid_from: date
    valid_to: date | None
    citation: str
    citation_en: str
    confidence: Confidence
    checked_on: date
    enforce: str
    note: str = ""
    note_en: str = ""

    def cite(self, language: str) -> str:
        """Return where the rule stands, as the reader's language names it."""
        return self.citation_en if language == "en" else self.citation

    def remark(self, language: str) -> str:
        """Return what a reader must know beside the figure, or nothing."""
        return self.note_en if language == "en" else self.note

    @property
    def as_json(self) -> object:
        """The value in plain JSON types, for records that outlive the profile: ratios as text."""
        return _json(self.value)


def _json(value: object) -> object:
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {key: _json(item) for key, item in value.items()}
    return value
