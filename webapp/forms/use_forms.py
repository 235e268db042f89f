"""Forms about results that their unit leaves unused."""

from __future__ import annotations

from wtforms import BooleanField, DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional as Blank

from core.i18n import N_
from deals.idle.wording import REASON_NAMES
from webapp.forms.base import Filled, MarketForm


class DeclareUseForm(MarketForm):
    """A maker declares that they act."""

    registered_on = DateField(
        N_("Day of registration"), [Blank()], description=N_("As the certificate says.")
    )
    sure = BooleanField(
        N_("I made this result and act under agreement with the unit, which stays its owner"),
        [Filled()],
    )


class UseReasonForm(MarketForm):
    """The unit says why a maker does not act, or acts no more."""

    reason = SelectField(
        N_("Reason"),
        choices=[SelectChoice("", "—"), *(SelectChoice(*one) for one in REASON_NAMES.items())],
    )
