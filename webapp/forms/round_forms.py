"""Forms of open listings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional as Blank

from core.i18n import N_
from deals.rounds.announcing import Announced
from webapp.forms.deal_forms import DealForm
from webapp.forms.posting_forms import PostingForm

REASON_NAMES: Final = {
    "conditions": N_("The conditions are not met"),
    "papers": N_("Papers are missing"),
    "conflict": N_("A conflict of interest"),
    "export": N_("Export rules do not allow it"),
    "other": N_("Another reason"),
    "undecided": N_("Not decided in time"),
}
FAILURE_NAMES: Final = {
    "nobody": N_("Nobody qualified in the period."),
    "no_keys": N_("The keys to open quotes were not left in time."),
    "no_quote": N_("Nobody quoted in time."),
    "no_valid_quote": N_("No quote reached the list price."),
    "not_opened": N_("The quotes were not opened in time."),
    "way_taken": N_("A right entered in the register meanwhile takes this way."),
    "gone": N_("The result was withdrawn from the market."),
    "owner": N_("The owner withdrew it before anybody was qualified."),
}
VERDICT_NAMES: Final = {
    "counts": N_("Counts"),
    "replaced": N_("Replaced by a later quote"),
    "below_list": N_("Below the list price"),
    "unreadable": N_("Cannot be opened, or belies its commitment"),
    "left": N_("Its party is qualified no more"),
}
SLOT_NAMES: Final = {"office": N_("Owner's office"), "second": N_("The market")}


class RoundForm(PostingForm):
    """Terms with a list price, and how long and how they are disclosed."""

    lump_sum = StringField(N_("List price"))
    days = IntegerField(N_("Period in working days"), default=10)
    extensions = IntegerField(
        N_("Extensions at most"),
        [Blank()],
        default=0,
        description=N_("While nobody is qualified. What is not announced cannot be extended."),
    )
    extension_days = IntegerField(N_("Working days of each extension"), [Blank()], default=5)
    deposit = StringField(
        N_("Deposit of each party"),
        [Blank()],
        description=N_("Empty: none. It is paid before a quote, and losers have it back."),
    )
    deposit_reason = TextAreaField(
        N_("Why the deposit is unusual"),
        [Blank()],
        description=N_("Needed only where it lies outside the shares that the rules name."),
    )
    state_assets = BooleanField(
        N_("The rules for assets of state-owned enterprises apply"),
        description=N_("Longer periods by list price; the period is checked against them."),
    )

    def announced(self, currency: str) -> Announced | None:
        """What was typed; None where a field could not be read (its error says why)."""
        posted = self.posted("open_listing", currency)
        deposit = self.amount("deposit", currency)
        if posted is None or self.deposit.errors:
            return None
        return Announced(
            posted,
            self.days.data or 0,
            self.extension_days.data or 0,
            self.extensions.data or 0,
            self.state_assets.data,
            deposit or 0,
            self.deposit_reason.data or "",
        )


class RegisterForm(DealForm):
    """In whose name, and what the party declares."""

    organisation = SelectField(N_("In the name of"))
    confirmed = BooleanField(
        N_("We meet the conditions, accept the list price, and I may act for this organisation"),
    )
    related = BooleanField(
        N_("We are related to the owner or to a contributor of the result"),
        description=N_("It is marked to the end. The market marks what it finds by itself."),
    )

    def __init__(self, buyers: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation.choices = [SelectChoice(id, name) for id, name in buyers.items()]


class DecideForm(DealForm):
    """One of two buttons beside a registration; what the reason may be, the action says."""

    registration = HiddenField()
    outcome = HiddenField()
    reason = SelectField(N_("Reason of a rejection"), validate_choice=False)
    note = StringField(N_("A sentence to the party"), [Blank()])


class KeyForm(DealForm):
    """Filled by the browser: the public half alone is sent."""

    slot = HiddenField()
    public_key = HiddenField()


class QuoteForm(DealForm):
    """Filled by the browser. The amount has no field here: it is never sent."""

    registration = HiddenField()
    commitment = HiddenField()
    box = HiddenField()


class GiveForm(DealForm):
    private_key = TextAreaField(
        N_("Your key"),
        description=N_("The 64 characters in the file that you saved."),
    )
