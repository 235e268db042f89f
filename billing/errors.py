"""What billing refuses."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class ObligationMovedOn(Refused):
    code = "obligation_moved_on"
    text = N_("This payment is settled or was cancelled. Load the page to see its state.")


class PaymentMovedOn(Refused):
    code = "payment_moved_on"
    text = N_("This payment was decided already. Nothing was recorded twice; load the page.")


class PayoutMovedOn(Refused):
    code = "payout_moved_on"
    text = N_("This payout was ordered or paid already. Load the page to see its state.")


class DepositMovedOn(Refused):
    code = "deposit_moved_on"
    text = N_("The deposit has moved on, so this cannot be done now. Load the page.")


class DepositAsked(Refused):
    code = "deposit_asked"
    text = N_("A deposit of this payer for the same matter stands already.")


class DepositTooLarge(Refused):
    """Parameters: cap (per cent), citation."""

    code = "deposit_too_large"
    text = N_("A deposit is at most %(cap)s %% of the floor price (%(citation)s).")
    status = 422


class AmountsDiffer(Refused):
    code = "amounts_differ"
    text = N_(
        "The amount differs from what the first person saw on the statement. Nothing was "
        "recorded: look at the statement again, or let the first person correct theirs."
    )
    status = 422


class PayerConfirms(Refused):
    code = "payer_confirms"
    text = N_("Whoever pays does not confirm that the money arrived.")
    status = 403


class OtherPersonNeeded(Refused):
    code = "other_person_needed"
    text = N_("You took the first step; another person takes the second.")
    status = 403


class AlreadyPaid(Refused):
    code = "already_paid"
    text = N_("Money has arrived for this already, so it cannot be cancelled. Nothing was changed.")


class AccountUnfit(Refused):
    code = "account_unfit"
    text = N_(
        "This receiving account is not approved, is retired, or belongs to somebody else. Choose "
        "another; without one the market only records direct payments."
    )


class AccountMovedOn(Refused):
    code = "account_moved_on"
    text = N_("This account was approved or retired already. Load the page.")


class NoPayeeAccount(Refused):
    code = "no_payee_account"
    text = N_("The payee has no approved account of its own, so nothing can be paid out to it.")


class ForfeitUnbacked(Refused):
    code = "forfeit_unbacked"
    text = N_(
        "A rule proposes this forfeiture. First somebody of the receiving side or an operator "
        "states the facts; then another person decides."
    )


class WindowRuns(Refused):
    """Parameters: until, the last day for an objection."""

    code = "window_runs"
    text = N_("The payer can object until %(until)s. It is decided after that day.")


class PaidOut(Refused):
    code = "paid_out"
    text = N_("A part of this money has moved on already, so its receipt cannot be reversed.")


class InvoiceMovedOn(Refused):
    code = "invoice_moved_on"
    text = N_("The invoice has moved on, so this cannot be done now. Load the page.")


class InvoicedAlready(Refused):
    """Parameters: left, the amount for which no invoice stands, in words for people."""

    code = "invoiced_already"
    text = N_("Invoices for more than the amount owed cannot be asked for; %(left)s is left.")
    status = 422


class NoInvoice(Refused):
    code = "no_invoice"
    text = N_("A deposit is no sale: there is no invoice for it.")
