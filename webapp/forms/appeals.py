"""Forms of sanctions and appeals."""

from __future__ import annotations

from wtforms import DateField, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from accounts.sanctions import RULES, Measure
from core.i18n import N_
from governance.rules import LONGEST
from webapp.forms.base import AtMost, Filled, MarketForm

MEASURES = {
    Measure.WARNING: N_("A warning"),
    Measure.NO_LISTINGS: N_("No new results or needs"),
    Measure.NO_INQUIRIES: N_("No inquiries"),
    Measure.SUSPENDED: N_("Suspended: no rights of any seat"),
}
ANSWERS = {"grant": N_("Grant: take the decision back"), "dismiss": N_("Dismiss the appeal")}


class SanctionForm(MarketForm):
    measure = RadioField(
        N_("What is imposed"),
        [Filled(N_("Choose a measure."))],
        choices=[SelectChoice(code.value, name) for code, name in MEASURES.items()],
    )
    rule = RadioField(
        N_("Rule that was broken"),
        [Filled(N_("Choose the rule that was broken."))],
        choices=[SelectChoice(code, name) for code, name in RULES.items()],
    )
    last_day = DateField(
        N_("Last day"),
        [Optional()],
        description=N_("At most a year from now; the measure ends by itself. None of a warning."),
    )
    reason = TextAreaField(
        N_("Reason"),
        [AtMost(LONGEST)],
        description=N_("The facts; whom it concerns reads them and can appeal."),
    )


class LiftForm(MarketForm):
    note = TextAreaField(
        N_("Reason"), [AtMost(LONGEST)], description=N_("Whom it concerns reads it.")
    )


class AppealForm(MarketForm):
    text = TextAreaField(
        N_("Why the decision is wrong"),
        [AtMost(LONGEST)],
        description=N_("The facts and what shows them. Another operator reads and decides."),
    )


class AnswerForm(MarketForm):
    decision = HiddenField()
    note = TextAreaField(
        N_("Reason"), [AtMost(LONGEST)], description=N_("Whom it concerns reads it.")
    )
