"""Tables of money. Amounts are integers in minor units of `currency`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from billing.ledger import Account
from billing.states import (
    LIVE,
    DepositState,
    InvoiceKind,
    InvoiceState,
    Kind,
    ObligationState,
    PaymentState,
    PayoutKind,
    PayoutState,
    Receiving,
)
from core.columns import FIXED, Seq
from core.ids import new_id
from core.models import Base, Head, Owned


def _one_of(column: str, codes: Iterable[str]) -> str:
    return f"{column} IN ({', '.join(repr(str(code)) for code in codes)})"


class ReceivingAccount(Base, Head):
    """Where money may be sent, on what legal basis. It serves once a second person approved it;
    what it says never changes: another number is another account."""

    __tablename__ = "receiving_account"
    __table_args__ = (
        CheckConstraint(_one_of("kind", Receiving), name="kind"),
        CheckConstraint("basis <> ''", name="basis"),
        CheckConstraint("approved_by IS NULL OR approved_by <> added_by", name="two_persons"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved"),
    )
    PREFIX = "receiving_account"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    owner_org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True, info=FIXED)
    kind: Mapped[str] = mapped_column(info=FIXED)
    currency: Mapped[str] = mapped_column(info=FIXED)
    account_name: Mapped[str] = mapped_column(info=FIXED)
    bank: Mapped[str] = mapped_column(info=FIXED)
    number: Mapped[str] = mapped_column(info=FIXED)
    basis: Mapped[str] = mapped_column(info=FIXED)
    """Why it may receive: the contract, the supervision agreement, the licence."""
    added_by: Mapped[str] = mapped_column(info=FIXED)
    added_at: Mapped[datetime] = mapped_column(info=FIXED)
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    retired_by: Mapped[str | None]
    retired_at: Mapped[datetime | None]


class Obligation(Base, Head):
    """What one owes another, by when and why. Payments, payouts and a deposit hang on it."""

    __tablename__ = "obligation"
    __table_args__ = (
        CheckConstraint(_one_of("kind", Kind), name="kind"),
        CheckConstraint(_one_of("state", ObligationState), name="state"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("paid >= 0 AND paid <= amount", name="paid"),
        CheckConstraint("(state = 'paid') = (paid = amount)", name="paid_in_full"),
        CheckConstraint("payer_org IS NOT NULL OR payer_person IS NOT NULL", name="payer"),
        CheckConstraint("payer_org IS NULL OR payer_org <> payee_org", name="two_sides"),
        Index("ix_obligation_state_due_on", "state", "due_on"),
    )
    PREFIX = "obligation"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    kind: Mapped[str] = mapped_column(info=FIXED)
    about: Mapped[str] = mapped_column(index=True, info=FIXED)
    """Why: the stream's name of a deal, a contract, a registration. Billing never looks inside."""
    payer_org: Mapped[str | None] = mapped_column(
        ForeignKey("organisation.id"), index=True, info=FIXED
    )
    payer_person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who speaks for the payer; alone, who pays."""
    payee_org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True, info=FIXED)
    currency: Mapped[str] = mapped_column(info=FIXED)
    amount: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    paid: Mapped[int] = mapped_column(BigInteger, default=0)
    due_on: Mapped[date] = mapped_column(info=FIXED)
    account: Mapped[str | None] = mapped_column(ForeignKey("receiving_account.id"), info=FIXED)
    """None: the parties pay directly and the market only records it."""
    receiving: Mapped[str | None] = mapped_column(info=FIXED)
    """The account's kind, as it was when this was raised."""
    reference: Mapped[str] = mapped_column(unique=True, info=FIXED)
    """What the payer writes on the transfer."""
    profile: Mapped[str] = mapped_column(info=FIXED)
    raised_by: Mapped[str | None] = mapped_column(info=FIXED)
    raised_at: Mapped[datetime] = mapped_column(info=FIXED)
    remind_at: Mapped[datetime] = mapped_column(info=FIXED)
    due_at: Mapped[datetime] = mapped_column(info=FIXED)
    """The first instant after the last day."""
    state: Mapped[str] = mapped_column(default=ObligationState.OPEN)
    reminded_at: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
    """Since when it was late; it stays when the money comes after all."""
    ended_at: Mapped[datetime | None]


class OfObligation(Owned):
    """A row that is written under the lock of its obligation."""

    obligation: Mapped[str]

    @property
    def stream(self) -> str:
        return f"obligation:{self.obligation}"


class Payment(Base, OfObligation):
    """The payer says that money is on its way; two people of the receiving side see it arrive."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint(_one_of("state", PaymentState), name="state"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> seen_by", name="two_persons"),
        CheckConstraint(
            "claimed_by <> COALESCE(seen_by, '') AND claimed_by <> COALESCE(confirmed_by, '')",
            name="payer_confirms_nothing",
        ),
        CheckConstraint(
            "state NOT IN ('confirmed', 'reversed') OR "
            "(confirmed_by IS NOT NULL AND seen_amount > 0 AND taken BETWEEN 0 AND seen_amount)",
            name="confirmed",
        ),
        Index("ix_payment_state_claimed_at", "state", "claimed_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    obligation: Mapped[str] = mapped_column(ForeignKey("obligation.id"), index=True, info=FIXED)
    gateway: Mapped[str] = mapped_column(info=FIXED)
    amount: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    """As the payer says it."""
    paid_on: Mapped[date] = mapped_column(info=FIXED)
    from_account: Mapped[str]
    """Holder, bank and number: where money goes back to."""
    sha256: Mapped[str] = mapped_column(info=FIXED)
    file_name: Mapped[str] = mapped_column(info=FIXED)
    media_type: Mapped[str] = mapped_column(info=FIXED)
    claimed_by: Mapped[str] = mapped_column(info=FIXED)
    claimed_at: Mapped[datetime] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default=PaymentState.CLAIMED)
    seen_by: Mapped[str | None]
    seen_at: Mapped[datetime | None]
    seen_amount: Mapped[int | None] = mapped_column(BigInteger)
    """As the statement says it; the second person types it without being shown it."""
    confirmed_by: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    taken: Mapped[int] = mapped_column(BigInteger, default=0)
    """The part that pays the obligation; the rest is owed back."""
    refused_by: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    reversed_by: Mapped[str | None]
    """Who asked for the reversal; the second person does it."""


class Payout(Base, OfObligation):
    """Money that has to leave again: ordered by one person, carried out by another."""

    __tablename__ = "payout"
    __table_args__ = (
        CheckConstraint(_one_of("kind", PayoutKind), name="kind"),
        CheckConstraint(_one_of("state", PayoutState), name="state"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("paid_by IS NULL OR paid_by <> ordered_by", name="two_persons"),
        CheckConstraint("(state = 'paid') = (paid_by IS NOT NULL)", name="paid"),
        CheckConstraint(
            "(kind IN ('return', 'overpayment')) = (payment IS NOT NULL)", name="where_from"
        ),
        UniqueConstraint("obligation", "kind", "payment"),
        Index("ix_payout_state_made_at", "state", "made_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    obligation: Mapped[str] = mapped_column(ForeignKey("obligation.id"), index=True, info=FIXED)
    kind: Mapped[str] = mapped_column(info=FIXED)
    payment: Mapped[str | None] = mapped_column(ForeignKey("payment.id"), info=FIXED)
    """What goes back, goes to the account of this payment."""
    amount: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    made_at: Mapped[datetime] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default=PayoutState.DUE)
    account: Mapped[str | None] = mapped_column(ForeignKey("receiving_account.id"))
    """The payee's, where it goes to the payee."""
    ordered_by: Mapped[str | None]
    ordered_at: Mapped[datetime | None]
    bank_reference: Mapped[str] = mapped_column(default="")
    paid_by: Mapped[str | None]
    paid_at: Mapped[datetime | None]


class Deposit(Base, OfObligation):
    """What becomes of the money of an obligation whose kind is deposit."""

    __tablename__ = "deposit"
    __table_args__ = (
        CheckConstraint(_one_of("state", DepositState), name="state"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_persons"),
        CheckConstraint(
            "state <> 'forfeited' OR (proposed_by IS NOT NULL AND decided_by IS NOT NULL)",
            name="forfeited",
        ),
        Index(
            "uq_deposit_live",
            "about",
            "payer",
            unique=True,
            sqlite_where=text(_one_of("state", sorted(LIVE))),
            postgresql_where=text(_one_of("state", sorted(LIVE))),
        ),
    )
    obligation: Mapped[str] = mapped_column(
        ForeignKey("obligation.id"), primary_key=True, info=FIXED
    )
    about: Mapped[str] = mapped_column(info=FIXED)
    payer: Mapped[str] = mapped_column(info=FIXED)
    """`organisation:…` or `person:…`."""
    state: Mapped[str] = mapped_column(default=DepositState.ASKED)
    applied_to: Mapped[str | None] = mapped_column(ForeignKey("obligation.id"))
    return_until: Mapped[datetime | None]
    """Until when it has to be back, by the profile's `deposit.refund_hours`."""
    late_at: Mapped[datetime | None]
    proposed_by: Mapped[str | None]
    proposed_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    rule: Mapped[str] = mapped_column(default="")
    """The clause of the announced terms that says when a deposit is forfeited."""
    appeal_until: Mapped[datetime | None]
    objection: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")


class Invoice(Base, OfObligation):
    """A tax invoice or receipt (发票): tracked here, made in the payee's own tax system."""

    __tablename__ = "invoice"
    __table_args__ = (
        CheckConstraint(_one_of("kind", InvoiceKind), name="kind"),
        CheckConstraint(_one_of("state", InvoiceState), name="state"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("NOT exempt OR exemption <> ''", name="exemption"),
        CheckConstraint("state NOT IN ('issued', 'delivered') OR number <> ''", name="number"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    obligation: Mapped[str] = mapped_column(ForeignKey("obligation.id"), index=True, info=FIXED)
    kind: Mapped[str] = mapped_column(info=FIXED)
    amount: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    title: Mapped[str]
    """In whose name (抬头)."""
    tax_number: Mapped[str]
    address: Mapped[str]
    """Registered address, telephone, bank and account, where the kind needs them."""
    mail: Mapped[str]
    """Where it is delivered."""
    requested_by: Mapped[str] = mapped_column(info=FIXED)
    requested_at: Mapped[datetime] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default=InvoiceState.REQUESTED)
    number: Mapped[str] = mapped_column(default="")
    exempt: Mapped[bool] = mapped_column(default=False)
    exemption: Mapped[str] = mapped_column(default="")
    """The rule by which it is free of VAT, as the issuer states it."""
    issued_by: Mapped[str | None]
    issued_at: Mapped[datetime | None]
    delivered_by: Mapped[str | None]
    delivered_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    """Number of the red invoice, or why it was declined."""


class Journal(Base, Owned):
    """One business event, balanced, written once. It counts from the moment it is sealed, and
    triggers let nobody seal what does not balance."""

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("event", "cause"),)
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    id: Mapped[str] = mapped_column(unique=True, default=new_id)
    obligation: Mapped[str] = mapped_column(ForeignKey("obligation.id"), index=True, info=FIXED)
    event: Mapped[str] = mapped_column(info=FIXED)
    cause: Mapped[str] = mapped_column(info=FIXED)
    """The id of the payment, payout or obligation that it books: one journal per event."""
    reverses: Mapped[str | None] = mapped_column(ForeignKey("journal.id"), unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str | None]
    sealed: Mapped[bool] = mapped_column(default=False)

    @property
    def stream(self) -> str:
        return f"obligation:{self.obligation}"


class LedgerLine(Base):
    """One line of a journal: a debit above zero, a credit below."""

    __tablename__ = "ledger_line"
    __table_args__ = (
        CheckConstraint("minor <> 0", name="minor"),
        CheckConstraint(_one_of("account", Account), name="account"),
        Index("ix_ledger_line_account_of", "account", "of"),
    )
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    journal: Mapped[str] = mapped_column(ForeignKey("journal.id"), index=True)
    account: Mapped[str]
    of: Mapped[str]
    """The part of the account: an obligation, an organisation or a receiving account."""
    currency: Mapped[str]
    minor: Mapped[int] = mapped_column(BigInteger)
