"""Money as its readers see it: their lists, one obligation, what waits at the counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from accounts.permissions import oversees
from accounts.queries import organisation_names, people_names
from billing.models import (
    Deposit,
    Invoice,
    Journal,
    LedgerLine,
    Obligation,
    Payment,
    Payout,
    ReceivingAccount,
)
from billing.permissions import PAYEES, Do, may, owed, owing, readable
from billing.states import CUSTODY, DepositState, PaymentState, PayoutState
from core.actor import Actor
from core.errors import NotFound
from core.keyset import behind
from core.money import Money

NEWEST = 200
"""Rows of a list; older ones are in the sheet."""


@dataclass(frozen=True)
class Owed:
    """One obligation in a list; `deposit` where it is one."""

    row: Obligation
    payer: str
    payee: str
    deposit: Deposit | None = None

    @property
    def amount(self) -> Money:
        return Money(self.row.amount, self.row.currency)

    @property
    def paid(self) -> Money:
        return Money(self.row.paid, self.row.currency)

    @property
    def open(self) -> Money:
        return self.amount - self.paid

    @property
    def state(self) -> str:
        """How it is shown: a deposit by its own life, what is late as late."""
        if self.deposit is not None:
            return f"deposit.{self.deposit.state}"
        late = self.row.overdue_at is not None and self.row.state in {"open", "part_paid"}
        return "obligation.overdue" if late else f"obligation.{self.row.state}"


@dataclass(frozen=True)
class MoneyPage:
    """What a reader's side owes, is owed, has in deposits, and its invoices."""

    owing: list[Owed]
    owed: list[Owed]
    deposits: list[Owed]
    invoices: list[tuple[Invoice, Obligation]]
    keeps_accounts: bool


@dataclass(frozen=True)
class ObligationPage:
    """One obligation with everything on it; `may`: what the reader may do to it now or later."""

    line: Owed
    account: ReceivingAccount | None
    payments: Sequence[Payment]
    payouts: Sequence[Payout]
    invoices: Sequence[Invoice]
    people: dict[str, str]
    destinations: dict[str, str]
    """Of payouts that were ordered to the payee: holder, bank and number, by payout."""
    may: frozenset[Do]


def money_page(session: Session, actor: Actor, language: str) -> MoneyPage:
    """For one person, over all their seats."""
    keeps = any(seat.roles & (PAYEES | {"operator"}) for seat in actor.seats)
    plain = Obligation.kind != "deposit"
    invoices = (
        select(Invoice, Obligation)
        .join(Obligation, Obligation.id == Invoice.obligation)
        .where(owing(actor) | owed(actor))
        .order_by(Invoice.requested_at.desc(), Invoice.id)
        .limit(NEWEST)
    )
    return MoneyPage(
        lines(session, language, owing(actor), plain),
        lines(session, language, owed(actor), plain),
        lines(session, language, owing(actor) | owed(actor), Obligation.kind == "deposit"),
        [(invoice, row) for invoice, row in session.execute(invoices)],
        keeps,
    )


def sheet(session: Session, actor: Actor, language: str) -> list[Owed]:
    """Every obligation that the actor may read, for a spreadsheet."""
    return lines(session, language, readable(actor), limit=5000)


def lines(
    session: Session, language: str, *where: ColumnElement[bool], limit: int = NEWEST
) -> list[Owed]:
    """What is open comes first, by its last day. Three queries."""
    ended = Obligation.ended_at.is_not(None)
    found = session.execute(
        select(Obligation, Deposit)
        .outerjoin(Deposit, Deposit.obligation == Obligation.id)
        .where(*where)
        .order_by(ended, Obligation.due_on, Obligation.id)
        .limit(limit)
    ).all()
    return _owed(session, [(row, deposit) for row, deposit in found], language)


def obligations_behind(
    session: Session,
    actor: Actor,
    place: tuple[datetime, str] | None,
    limit: int,
    language: str,
) -> list[Owed]:
    """What the actor may read, newest first, in parts that follow each other."""
    found = session.execute(
        select(Obligation, Deposit)
        .outerjoin(Deposit, Deposit.obligation == Obligation.id)
        .where(readable(actor), behind(Obligation.raised_at, Obligation.id, place))
        .order_by(Obligation.raised_at.desc(), Obligation.id.desc())
        .limit(limit)
    ).all()
    return _owed(session, [(row, deposit) for row, deposit in found], language)


def _owed(
    session: Session, found: Sequence[tuple[Obligation, Deposit | None]], language: str
) -> list[Owed]:
    houses = [one for row, _ in found for one in (row.payer_org, row.payee_org) if one]
    names = organisation_names(session, houses, language)
    alone = [row.payer_person for row, _ in found if row.payer_person and not row.payer_org]
    people = people_names(session, alone, language)
    return [
        Owed(
            row,
            names.get(row.payer_org or "", "") or people.get(row.payer_person or "", ""),
            names.get(row.payee_org, ""),
            deposit,
        )
        for row, deposit in found
    ]


def obligation_page(session: Session, actor: Actor, id: str, language: str) -> ObligationPage:
    """Raises NotFound for what the actor may not read."""
    row = session.get(Obligation, id)
    if row is None or not may(actor, Do.READ, row):
        raise NotFound(ref=f"obligation:{id}")
    payments = session.scalars(
        select(Payment).where(Payment.obligation == id).order_by(Payment.claimed_at, Payment.id)
    ).all()
    payouts = session.scalars(
        select(Payout).where(Payout.obligation == id).order_by(Payout.made_at, Payout.id)
    ).all()
    invoices = session.scalars(
        select(Invoice).where(Invoice.obligation == id).order_by(Invoice.requested_at, Invoice.id)
    ).all()
    acted = [
        *(one for p in payments for one in (p.claimed_by, p.seen_by, p.confirmed_by)),
        *(one for p in payouts for one in (p.ordered_by, p.paid_by)),
    ]
    return ObligationPage(
        _owed(session, [(row, session.get(Deposit, id))], language)[0],
        session.get(ReceivingAccount, row.account) if row.account else None,
        payments,
        payouts,
        invoices,
        people_names(session, [one for one in acted if one], language),
        _destinations(session, payouts),
        frozenset(do for do in Do if may(actor, do, row)),
    )


def _destinations(session: Session, payouts: Sequence[Payout]) -> dict[str, str]:
    wanted = {one.account: one.id for one in payouts if one.account}
    found = session.scalars(select(ReceivingAccount).where(ReceivingAccount.id.in_(wanted)))
    return {wanted[a.id]: f"{a.account_name} · {a.bank} · {a.number}" for a in found}


@dataclass(frozen=True)
class Waiting:
    """What waits for an operator: payments by who saw them first, payouts, forfeits."""

    payments: list[tuple[Payment, Owed]]
    payouts: list[tuple[Payout, Owed]]
    forfeits: list[Owed]


def waiting(session: Session, language: str) -> Waiting:
    """For overseers: what waits longest comes first; payments to accounts in custody."""
    custody = Obligation.receiving.in_(sorted(CUSTODY))
    claimed = session.execute(
        select(Payment, Obligation)
        .join(Obligation, Obligation.id == Payment.obligation)
        .where(custody, Payment.state == PaymentState.CLAIMED)
        .order_by(Payment.claimed_at)
        .limit(NEWEST)
    ).all()
    unpaid = session.execute(
        select(Payout, Obligation)
        .join(Obligation, Obligation.id == Payout.obligation)
        .where(custody, Payout.state != PayoutState.PAID)
        .order_by(Payout.made_at)
        .limit(NEWEST)
    ).all()
    rows = {row.id: row for _, row in [*claimed, *unpaid]}
    found = _owed(session, [(row, None) for row in rows.values()], language)
    owed_by = {line.row.id: line for line in found}
    return Waiting(
        [(payment, owed_by[row.id]) for payment, row in claimed],
        [(payout, owed_by[row.id]) for payout, row in unpaid],
        lines(session, language, Deposit.state == DepositState.FORFEIT_PROPOSED),
    )


@dataclass(frozen=True)
class LedgerPage:
    """`balances` by account and currency; the newest journals with their lines."""

    balances: list[tuple[str, Money]]
    journals: list[tuple[Journal, list[LedgerLine]]]


def ledger_page(session: Session) -> LedgerPage:
    """For overseers. Three queries."""
    line = LedgerLine
    sums = (
        select(line.account, line.currency, func.sum(line.minor))
        .group_by(line.account, line.currency)
        .order_by(line.account, line.currency)
    )
    balances = [(a, Money(int(total), c)) for a, c, total in session.execute(sums)]
    newest = select(Journal).order_by(Journal.n.desc()).limit(NEWEST // 2)
    journals = session.scalars(newest).all()
    own: dict[str, list[LedgerLine]] = {row.id: [] for row in journals}
    for one in session.scalars(select(line).where(line.journal.in_(own)).order_by(line.n)):
        own[one.journal].append(one)
    return LedgerPage(balances, [(row, own[row.id]) for row in journals])


def accounts_of(session: Session, actor: Actor) -> Sequence[ReceivingAccount]:
    """The receiving accounts of the houses that the actor keeps them for; overseers read all."""
    a = ReceivingAccount
    keeps = PAYEES | {"operator"}
    houses = sorted(seat.organisation for seat in actor.seats if seat.roles & keeps)
    where = () if oversees(actor) else (a.owner_org.in_(houses),)
    order = a.retired_at.is_not(None), a.added_at.desc(), a.id
    return session.scalars(select(a).where(*where).order_by(*order)).all()


def proof(session: Session, actor: Actor, obligation: str, payment: str) -> Payment:
    """The payment whose proof the actor may read. Raises NotFound."""
    row, owed_row = session.get(Payment, payment), session.get(Obligation, obligation)
    if row is None or owed_row is None or row.obligation != obligation:
        raise NotFound
    if not may(actor, Do.READ, owed_row):
        raise NotFound
    return row
