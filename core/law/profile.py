"""The rules that hold in one jurisdiction on one date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar, cast

from core.law.days import Calendar, LegalDate
from core.law.values import LawValue, UnknownRule
from core.money import Money

T = TypeVar("T")


@dataclass(frozen=True)
class Profile:
    """What holds in `name` on `on`. `version` names the exact text of the files it came from."""

    name: str
    version: str
    on: date
    calendar: Calendar
    values: Mapping[str, LawValue]

    @property
    def pin(self) -> str:
        """Return what a deal writes down when it opens: `cn-zhejiang@4f0c…`."""
        return f"{self.name}@{self.version}"

    def value(self, rule_id: str) -> LawValue:
        """Return the rule with its source; UnknownRule where the profile is silent."""
        try:
            return self.values[rule_id]
        except KeyError:
            raise UnknownRule(rule_id, self.name) from None

    def __contains__(self, rule_id: str) -> bool:
        return rule_id in self.values

    def __iter__(self) -> Iterator[LawValue]:
        return iter(sorted(self.values.values(), key=lambda value: value.rule_id))

    def integer(self, rule_id: str) -> int:
        """Return a number of days, hours, months or things."""
        return self._typed(rule_id, int)

    def ratio(self, rule_id: str) -> Decimal:
        """Return a share of one: 0.7 is 70 per cent."""
        return self._typed(rule_id, Decimal)

    def money(self, rule_id: str) -> Money:
        """Return an amount."""
        return self._typed(rule_id, Money)

    def flag(self, rule_id: str) -> bool:
        """Return whether the rule asks for it."""
        return self._typed(rule_id, bool)

    def code(self, rule_id: str) -> str:
        """Return one code word."""
        return self._typed(rule_id, str)

    def codes(self, rule_id: str) -> tuple[str, ...]:
        """Return code words in their order."""
        return self._typed(rule_id, tuple)

    def table(self, rule_id: str) -> Mapping[str, object]:
        """Return named figures that only make sense together."""
        return cast(Mapping[str, object], self._typed(rule_id, MappingProxyType))

    def deadline(self, rule_id: str, start: date) -> LegalDate:
        """Return the last day of the period that the rule sets, counted from the day `start`.

        The day of the event itself is not counted. TypeError where the rule is no period of days,
        months or years.
        """
        rule = self.value(rule_id)
        length = self.integer(rule_id)
        return self.calendar.period_end(start, length, rule.unit)

    def _typed(self, rule_id: str, kind: type[T]) -> T:
        found = self.value(rule_id).value
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            raise TypeError(f"{rule_id} of {self.name} is no {kind.__name__}: {found!r}")
        return found
