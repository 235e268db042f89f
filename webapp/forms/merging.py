"""Forms of merging organisations."""

from __future__ import annotations

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from core.i18n import N_
from core.ids import parse
from governance.rules import LONGEST
from webapp.forms.base import AtMost, MarketForm
from webapp.language import plain

_HELP = N_("Its number on this market, org_…, as its address has it.")


class MergeForm(MarketForm):
    absorbed = StringField(N_("Becomes part of the other"), [AtMost(40)], description=_HELP)
    survivor = StringField(N_("Stays"), [AtMost(40)], description=_HELP)
    reason = TextAreaField(
        N_("Reason"), [AtMost(LONGEST)], description=N_("By what you know that they are one.")
    )

    def validate_absorbed(self, field: Any) -> None:
        _number(field)

    def validate_survivor(self, field: Any) -> None:
        _number(field)

    def ids(self) -> tuple[str, str]:
        """Both organisations; what names none is empty."""
        found = [parse((field.data or "").strip()) for field in (self.absorbed, self.survivor)]
        first, second = (one[1] if one and one[0] == "organisation" else "" for one in found)
        return first, second


def _number(field: Any) -> None:
    found = parse((field.data or "").strip())
    if found is None or found[0] != "organisation":
        words = N_("Write its number on this market: org_ and 32 signs, as its address has it.")
        raise ValidationError(plain(words))


class RefuseForm(MarketForm):
    note = TextAreaField(
        N_("Why they stay two"), [AtMost(LONGEST)], description=N_("Kept in the record.")
    )
