"""Forms of money: a claimed transfer, what a statement shows, payouts, invoices, accounts."""

from __future__ import annotations

from wtforms import (
    DateField,
    EmailField,
    FileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from billing.rules import LONGEST, LONGEST_ACCOUNT, Claim, InvoiceAsk
from core.errors import Invalid, Problem
from core.i18n import N_
from core.money import AmountError, parse_money
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.presenters.money import INVOICES, RECEIVING

_SHORT = AtMost(LONGEST_ACCOUNT)
_REASON = [AtMost(LONGEST)]


def minor_of(typed: str | None, currency: str) -> int:
    """The amount in minor units of `currency`. Raises Invalid on the field `amount`."""
    try:
        money = parse_money(typed or "", currency)
    except AmountError as fault:
        problem = Problem(fault.code, fault.text, dict(fault.params))
        raise Invalid({"amount": [problem]}) from None
    if money.currency != currency:
        words = N_("It is counted in %(currency)s.")
        raise Invalid({"amount": [Problem("other_currency", words, {"currency": currency})]})
    return money.minor


class ClaimForm(MarketForm):
    amount = StringField(N_("Amount that you transferred"), [AtMost(40)])
    paid_on = DateField(N_("Day of the transfer"))
    holder = StringField(
        N_("Account holder"),
        [_SHORT],
        description=N_("Of the account that you paid from: what goes back goes there."),
    )
    bank = StringField(N_("Bank"), [_SHORT])
    number = StringField(N_("Account number"), [_SHORT])
    file = FileField(
        N_("Proof of the transfer"),
        description=N_("The bank's receipt as PDF, PNG or JPEG, at most 10 MB."),
    )

    def claim(self, currency: str) -> Claim:
        """Raises Invalid."""
        return Claim(
            minor_of(self.amount.data, currency),
            self.paid_on.data,
            self.holder.data or "",
            self.bank.data or "",
            self.number.data or "",
        )


class StatementForm(MarketForm):
    amount = StringField(
        N_("Amount on the bank's statement"),
        [AtMost(40)],
        description=N_("Type what the statement shows, not what the payer wrote."),
    )
    reason = TextAreaField(
        N_("Reason"),
        _REASON,
        description=N_("Only to refuse or reverse it; the payer reads it."),
    )


class PayoutForm(MarketForm):
    bank_reference = StringField(
        N_("The bank's reference"),
        [_SHORT],
        description=N_("Of the transfer that you have made."),
    )


class ForfeitForm(MarketForm):
    rule = StringField(
        N_("Clause of the announced terms"),
        _REASON,
        description=N_("Which clause says that the deposit is forfeited."),
    )
    reason = TextAreaField(
        N_("Facts and reason"), _REASON, description=N_("The other side reads it.")
    )


class InvoiceForm(MarketForm):
    kind = RadioField(
        N_("Kind"),
        [Filled(N_("Choose the kind of invoice."))],
        choices=[SelectChoice(kind.value, name) for kind, name in INVOICES.items()],
    )
    amount = StringField(N_("Amount"), [AtMost(40)])
    title = StringField(N_("In whose name"), [_SHORT])
    tax_number = StringField(N_("Tax number"), [_SHORT])
    address = StringField(
        N_("Registered details"),
        [_SHORT],
        description=N_("Address, telephone, bank and account; for a special VAT invoice."),
    )
    mail = EmailField(N_("Where it is sent"), [_SHORT])

    def ask(self, currency: str) -> InvoiceAsk:
        """Raises Invalid."""
        typed = (self[name].data or "" for name in ("title", "tax_number", "address", "mail"))
        return InvoiceAsk(self.kind.data or "", minor_of(self.amount.data, currency), *typed)


class InvoiceStepForm(MarketForm):
    note = StringField(
        N_("Number or reason"),
        [_SHORT],
        description=N_("The invoice's number; to reverse it, the red invoice's; else the reason."),
    )
    exemption = StringField(
        N_("Exemption"),
        [_SHORT],
        description=N_("The rule by which it is free of VAT, if it is."),
    )


class AccountForm(MarketForm):
    owner_org = SelectField(N_("Organisation"), validate_choice=False)
    kind = RadioField(
        N_("Whose account it is"),
        [Filled(N_("Choose whose account it is."))],
        choices=[SelectChoice(kind.value, name) for kind, name in RECEIVING.items()],
    )
    currency = StringField(N_("Currency"), [AtMost(3)], default="CNY")
    account_name = StringField(N_("Account holder"), [_SHORT])
    bank = StringField(N_("Bank"), [_SHORT])
    number = StringField(N_("Account number"), [_SHORT])
    basis = TextAreaField(
        N_("Legal basis"),
        [_SHORT],
        description=N_("The contract, the supervision agreement or the licence."),
    )
