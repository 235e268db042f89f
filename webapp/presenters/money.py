"""Money in words: kinds, accounts and events as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from billing.ledger import Account, Event
from billing.models import Deposit, Obligation
from billing.states import InvoiceKind, Kind, PayoutKind, Receiving
from core.i18n import N_
from core.money import Money
from core.times import legal_date
from webapp.forms.deal_forms import LEAVING_NAMES
from webapp.language import page_language, plain
from webapp.runtime import the_market

KINDS: Final = {
    Kind.PRICE: N_("Contract price"),
    Kind.INSTALMENT: N_("Instalment"),
    Kind.ENTRY_FEE: N_("Entry fee"),
    Kind.ROYALTY: N_("Royalty"),
    Kind.DEPOSIT: N_("Deposit"),
    Kind.COMMISSION: N_("Commission"),
    Kind.FEE: N_("Fee"),
}
RECEIVING: Final = {
    Receiving.SELLER: N_("The payee's own account"),
    Receiving.SUPERVISED: N_("Account supervised by a bank"),
    Receiving.OPERATOR: N_("The operator's settlement account"),
}
PAYOUTS: Final = {
    PayoutKind.RETURN: N_("Goes back to the payer"),
    PayoutKind.OVERPAYMENT: N_("What was too much goes back"),
    PayoutKind.SETTLEMENT: N_("To the payee"),
    PayoutKind.FORFEIT: N_("Forfeited deposit to the payee"),
}
INVOICES: Final = {
    InvoiceKind.VAT_ORDINARY: N_("Ordinary VAT invoice"),
    InvoiceKind.VAT_SPECIAL: N_("Special VAT invoice"),
    InvoiceKind.RECEIPT: N_("Receipt of a public institution"),
}
ACCOUNTS: Final = {
    Account.PROVIDER_CLEARING: N_("In accounts in custody"),
    Account.SELLER_RECEIVED: N_("Received by sellers directly"),
    Account.DEPOSITS_HELD: N_("Deposits held"),
    Account.BUYER_FUNDS: N_("Received for prices"),
    Account.REFUNDS_PAYABLE: N_("To go back to payers"),
    Account.SELLER_PAYABLE: N_("To be paid to payees"),
    Account.BROKER_PAYABLE: N_("To be paid to brokers"),
    Account.FEE_INCOME: N_("Fees earned"),
    Account.FEE_EXPENSE: N_("Fees that the market paid"),
    Account.FORFEITS_HELD: N_("Forfeited deposits"),
}
EVENTS: Final = {
    Event.RECEIVED: N_("Money received"),
    Event.RECEIPT_REVERSED: N_("Receipt reversed"),
    Event.DEPOSIT_RELEASED: N_("Deposit released"),
    Event.DEPOSIT_APPLIED: N_("Deposit applied"),
    Event.DEPOSIT_FORFEITED: N_("Deposit forfeited"),
    Event.CALLED_OFF: N_("Called off, what came goes back"),
    Event.SETTLED: N_("Settled"),
    Event.PAID_OUT: N_("Paid out"),
}


@dataclass(frozen=True)
class ByRule:
    """A forfeiture that a rule proposes: where the rule stands, and the reason that was given."""

    clause: str
    reason: str


def by_rule(owed: Obligation, deposit: Deposit) -> ByRule | None:
    """None where a person proposes it, or nobody does."""
    if deposit.proposed_at is None or deposit.proposed_by is not None:
        return None
    market = the_market()
    on = legal_date(deposit.proposed_at, market.settings.zone)
    profile = market.law.profile(owed.profile.partition("@")[0], on)
    cite = profile.value(deposit.rule).cite(page_language()) if deposit.rule in profile else ""
    return ByRule(cite, plain(LEAVING_NAMES.get(deposit.reason, N_("Another reason"))))


def words() -> dict[str, object]:
    """The tables, for templates."""
    return {
        "kinds": KINDS,
        "receiving": RECEIVING,
        "payout_kinds": PAYOUTS,
        "invoice_kinds": INVOICES,
        "accounts": ACCOUNTS,
        "events": EVENTS,
        "money_of": Money,
        "by_rule": by_rule,
    }
