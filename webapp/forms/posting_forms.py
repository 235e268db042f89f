"""Forms of published terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length
from wtforms.validators import Optional as Blank

from core.i18n import N_
from deals.modes.open_licence import OPEN_LICENCE
from deals.open_licence.rules import LONGEST_NUMBER, Statement
from deals.posting import LONGEST_CONDITIONS, Posted
from deals.wording import WAY_NAMES
from listings.kinds import Way
from webapp.forms.deal_forms import DealForm, OfferForm, why_this_way


class PostingForm(OfferForm):
    """Terms as in an offer, and who may accept them."""

    conditions = TextAreaField(
        N_("Conditions for the buyer"),
        [Blank()],
        description=N_("What a firm must be or bring. Whoever accepts confirms it."),
    )
    domestic_only = BooleanField(
        N_("Only organisations of the owner's country"),
        description=N_("Choose this where the technology may not leave the country."),
    )
    mode_reason = why_this_way()
    valid_until = DateField(
        N_("Can be accepted until"), [Blank()], description=N_("Empty: until you withdraw them.")
    )

    def posted(self, mode: str, currency: str) -> Posted | None:
        """What was typed; None where a field could not be read (its error says why)."""
        terms = self.terms(currency)
        if terms is None:
            return None
        conditions = self.conditions.data or ""
        reason = self.price_reason.data or ""
        why = self.mode_reason.data or ""
        return Posted(mode, terms, conditions, self.domestic_only.data, reason, why)


class StatementForm(PostingForm):
    """The fields of the statement of an open licence; it is ordinary and open to everybody."""

    way = SelectField(
        N_("Way"),
        choices=[SelectChoice(Way.ORDINARY, WAY_NAMES[Way.ORDINARY])],
        default=Way.ORDINARY,
    )
    until = DateField(N_("Licences end on"), description=N_("Not after the end of the patent."))
    conditions = TextAreaField(
        N_("Other matters"),
        [Blank()],
        description=N_("What is needed to use the patent, without words of advertising."),
    )
    report = StringField(
        N_("Number of the evaluation report"),
        [Blank(), Length(max=LONGEST_NUMBER)],
        description=N_("For a utility model or a design."),
    )
    fee_reason = TextAreaField(
        N_("Reason for the fee"),
        [Blank(), Length(max=LONGEST_CONDITIONS)],
        description=N_("Only where it is above the patent office's guide."),
    )
    unsuspended = BooleanField(
        N_("No proceedings about this patent are suspended, by a dispute or by a court"),
    )

    def statement(self, currency: str) -> Statement | None:
        """What was typed; None where a field could not be read (its error says why)."""
        posted = self.posted(OPEN_LICENCE.code, currency)
        if posted is None:
            return None
        report, reason = self.report.data or "", self.fee_reason.data or ""
        return Statement(posted, report, self.unsuspended.data, reason)


class AnnouncementForm(DealForm):
    """What the patent office announced."""

    number = StringField(N_("Number of the announcement"))
    on = DateField(N_("Announced on"))


class TakeForm(DealForm):
    """In whose name, and what the buyer declares."""

    organisation = SelectField(N_("In the name of"))
    confirmed = BooleanField(
        N_("We meet the conditions, and I may act for this organisation"),
    )
    related = BooleanField(
        N_("We are related to the owner or to a contributor of the result"),
        description=N_("The public notice must say so."),
    )

    def __init__(self, buyers: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation.choices = [SelectChoice(id, name) for id, name in buyers.items()]
