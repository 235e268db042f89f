"""Forms of the operator's duties."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from core.i18n import N_
from governance.filing_rules import LONGEST_RECEIPT
from webapp.forms.base import AtMost, MarketForm


class OwnerForm(MarketForm):
    """Its choices are the operators of the moment, set by the view."""

    owner = SelectField(N_("Looked after by"), choices=[], validate_choice=False)

    def offer(self, names: Mapping[str, str], nobody: str) -> None:
        self.owner.choices = [
            SelectChoice("", nobody), *(SelectChoice(id, name) for id, name in names.items())
        ]  # fmt: skip


class HandInForm(MarketForm):
    receipt = StringField(
        N_("Receipt"),
        [AtMost(LONGEST_RECEIPT)],
        description=N_("The number that the authority gave, or where the volume or logs are kept."),
    )
