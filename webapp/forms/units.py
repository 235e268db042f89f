"""Forms of an organisation's units."""

from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from accounts.units.rules import LONGEST, UnitKind
from core.i18n import N_
from webapp.forms.base import AtMost, MarketForm

KINDS = {UnitKind.DEPARTMENT: N_("Department"), UnitKind.BRANCH: N_("Branch")}


class UnitForm(MarketForm):
    kind = SelectField(
        N_("Kind"),
        choices=[SelectChoice(kind.value, name) for kind, name in KINDS.items()],
        validate_choice=False,
    )
    name = StringField(N_("Name"), [AtMost(LONGEST)])
    name_en = StringField(N_("Name in English"), [AtMost(LONGEST)])
