"""Forms of merging organisations."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from core.i18n import N_
from core.ids import parse
from governance.rules import LONGEST
from webapp.forms.base import AtMost, MarketForm

_HELP = N_("Its number on this market, org_…, as its address has it.")


class MergeForm(MarketForm):
    absorbed = StringField(N_("Becomes part of the other"), [AtMost(40)], description=_HELP)
    survivor = StringField(N_("Stays"), [AtMost(40)], description=_HELP)
    reason = TextAreaField(
        N_("Reason"), [AtMost(LONGEST)], description=N_("By what you know that they are one.")
    )

    def ids(self) -> tuple[str, str]:
        """Both organisations; what names none is empty."""
        found = [parse((field.data or "").strip()) for field in (self.absorbed, self.survivor)]
        first, second = (one[1] if one and one[0] == "organisation" else "" for one in found)
        return first, second


class RefuseForm(MarketForm):
    note = TextAreaField(
        N_("Why they stay two"), [AtMost(LONGEST)], description=N_("Kept in the record.")
    )
