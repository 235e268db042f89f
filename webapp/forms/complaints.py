"""Forms of complaints: sending one, answering it, deciding it."""

from __future__ import annotations

from wtforms import EmailField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from core.i18n import N_
from governance.rules import LONGEST
from governance.states import Kind
from webapp.forms.base import AtMost, Filled, MarketForm

KIND_NAMES = {
    Kind.INFRINGEMENT: N_("It infringes my intellectual property"),
    Kind.UNTRUTH: N_("What it says is not true"),
    Kind.CONTACT_ABUSE: N_("A contact is misused"),
    Kind.PERSONAL_DATA: N_("It discloses personal data"),
    Kind.OTHER: N_("Another reason"),
}
DECISIONS = {
    "measure": N_("Take measures and forward the notice"),
    "uphold": N_("Uphold and take down"),
    "dismiss": N_("Dismiss"),
    "lift": N_("End the measures"),
}


class ComplaintForm(MarketForm):
    kind = RadioField(
        N_("What is wrong"),
        [Filled(N_("Say what the complaint is about."))],
        choices=[SelectChoice(kind.value, name) for kind, name in KIND_NAMES.items()],
    )
    claim = TextAreaField(
        N_("Your right"),
        [AtMost(LONGEST)],
        description=N_(
            "Only for infringement: which right, its number, what shows that it is yours, and "
            "what infringes it. It is published with the outcome."
        ),
    )
    text = TextAreaField(N_("Facts and reason"), [AtMost(LONGEST)])
    name = StringField(N_("Your name or unit"), [AtMost(200)])
    mail = EmailField(
        N_("Mail"), [AtMost(200)], description=N_("A link to your complaint is sent there.")
    )


class StatementForm(MarketForm):
    statement = TextAreaField(
        N_("Counter-statement"),
        [AtMost(LONGEST)],
        description=N_("Why nothing is infringed, and what shows it. Who complained reads it."),
    )


class SuitForm(MarketForm):
    suit = TextAreaField(
        N_("Complaint or suit"),
        [AtMost(LONGEST)],
        description=N_("The authority or court, the day and the number of the case."),
    )


class WithdrawForm(MarketForm):
    """Nothing to fill in: taking back is one button."""


class DecisionForm(MarketForm):
    decision = HiddenField()
    note = TextAreaField(
        N_("Reason"), [AtMost(LONGEST)], description=N_("Told to both sides; no personal data.")
    )
