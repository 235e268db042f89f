"""What billing holds of people and organisations. Lines of the ledger name obligations and
organisations only."""

from __future__ import annotations

from typing import Final

from billing.models import Deposit, Invoice, Journal, Obligation, Payment, Payout, ReceivingAccount
from core.holdings import Holding, Keeps
from core.i18n import N_

HOLDINGS: Final = (
    Holding(ReceivingAccount.owner_org, Keeps.TENANT, ReceivingAccount, ReceivingAccount.id),
    Holding(ReceivingAccount.added_by, Keeps.ACT, ReceivingAccount, ReceivingAccount.id),
    Holding(ReceivingAccount.approved_by, Keeps.ACT, ReceivingAccount, ReceivingAccount.id),
    Holding(ReceivingAccount.retired_by, Keeps.ACT, ReceivingAccount, ReceivingAccount.id),
    Holding(Obligation.payer_org, Keeps.TENANT, Obligation, Obligation.id),
    Holding(Obligation.payee_org, Keeps.TENANT, Obligation, Obligation.id),
    Holding(
        Obligation.payer_person, Keeps.DUTY, Obligation, Obligation.id, Obligation.payer_org,
        title=N_("Pays what an organisation owes"),
    ),
    Holding(Obligation.raised_by, Keeps.ACT, Obligation, Obligation.id),
    Holding(
        Payment.claimed_by, Keeps.SAID, Obligation, Payment.obligation,
        clears=(Payment.from_account,),
        secret=(Payment.seen_by, Payment.confirmed_by, Payment.refused_by, Payment.reversed_by),
    ),
    Holding(Payment.seen_by, Keeps.ACT, Obligation, Payment.obligation),
    Holding(Payment.confirmed_by, Keeps.ACT, Obligation, Payment.obligation),
    Holding(Payment.refused_by, Keeps.ACT, Obligation, Payment.obligation),
    Holding(Payment.reversed_by, Keeps.ACT, Obligation, Payment.obligation),
    Holding(Payout.ordered_by, Keeps.ACT, Obligation, Payout.obligation),
    Holding(Payout.paid_by, Keeps.ACT, Obligation, Payout.obligation),
    Holding(Deposit.proposed_by, Keeps.ACT, Obligation, Deposit.obligation),
    Holding(Deposit.decided_by, Keeps.ACT, Obligation, Deposit.obligation),
    Holding(
        Invoice.requested_by, Keeps.SAID, Obligation, Invoice.obligation,
        clears=(Invoice.title, Invoice.tax_number, Invoice.address, Invoice.mail),
        secret=(Invoice.issued_by, Invoice.delivered_by, Invoice.ended_by),
    ),
    Holding(Invoice.issued_by, Keeps.ACT, Obligation, Invoice.obligation),
    Holding(Invoice.delivered_by, Keeps.ACT, Obligation, Invoice.obligation),
    Holding(Invoice.ended_by, Keeps.ACT, Obligation, Invoice.obligation),
    Holding(Journal.by, Keeps.ACT, Obligation, Journal.obligation),
)  # fmt: skip
