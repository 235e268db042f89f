"""What is owed, held and paid, as other areas and their readers ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from accounts.queries import one_house
from billing.models import Deposit, Obligation, Payment, ReceivingAccount
from billing.states import CUSTODY, LIVE, DepositState, PaymentState, Receiving
from core.ids import ref


@dataclass(frozen=True)
class DepositStanding:
    """How a deposit stands; `id` names it to the actions, `paid` in minor units."""

    id: str
    about: str
    payer: str
    state: str
    amount: int
    currency: str
    paid: int

    @property
    def held(self) -> bool:
        """Has all of it arrived, and is it neither going back nor spent?"""
        return self.state == DepositState.HELD


def deposits_about(session: Session, about: str) -> Sequence[DepositStanding]:
    """Every deposit that was ever asked about one matter, the oldest first. One query."""
    return _standing(session, Deposit.about == about)


def live_deposit(
    session: Session, about: str, *, organisation: str | None = None, person: str | None = None
) -> DepositStanding | None:
    """The one deposit of a payer about a matter that is asked, pending, held or disputed."""
    payer = ref("organisation", organisation) if organisation else ref("person", person or "")
    mine = Deposit.payer == payer, Deposit.state.in_(sorted(LIVE))
    return next(iter(_standing(session, Deposit.about == about, *mine)), None)


def is_held(
    session: Session, about: str, *, organisation: str | None = None, person: str | None = None
) -> bool:
    """Does the payer's deposit stand in full? For guards, under the lock of what it is about."""
    found = live_deposit(session, about, organisation=organisation, person=person)
    return found is not None and found.held


def obligations_about(session: Session, about: str) -> Sequence[Obligation]:
    """For guards of other areas: what is owed about one matter, deposits left out."""
    found = select(Obligation).where(Obligation.about == about, Obligation.kind != "deposit")
    return session.scalars(found.order_by(Obligation.due_on, Obligation.id)).all()


def is_on_its_way(session: Session, obligation: str) -> bool:
    """Does the payer say that something was paid, and has nobody confirmed or refused it? What was
    confirmed has arrived: `Obligation.paid`."""
    p = Payment
    waiting = p.obligation == obligation, p.state == PaymentState.CLAIMED
    return session.scalar(select(p.id).where(*waiting).limit(1)) is not None


def account_for(session: Session, payee_org: str, currency: str) -> str:
    """The account that receives for a payee: supervised by a bank, else the operator's settlement
    account, else the payee's own; "" where there is none and the parties pay directly."""
    a = ReceivingAccount
    order = case((a.kind == Receiving.SUPERVISED, 0), (a.kind == Receiving.OPERATOR, 1), else_=2)
    fits = a.owner_org.in_(one_house(payee_org)) | a.kind.in_(sorted(CUSTODY))
    found = select(a.id).where(*_serving(currency), fits).order_by(order, a.approved_at.desc())
    return session.scalar(found.limit(1)) or ""


def own_account(session: Session, organisation: str, currency: str) -> str | None:
    """Where money of an organisation is paid out to: its own account that was approved last."""
    a = ReceivingAccount
    own = a.owner_org.in_(one_house(organisation)), a.kind == Receiving.SELLER
    found = select(a.id).where(*_serving(currency), *own).order_by(a.approved_at.desc(), a.id)
    return session.scalar(found.limit(1))


def _serving(currency: str) -> tuple[ColumnElement[bool], ...]:
    a = ReceivingAccount
    return a.currency == currency, a.approved_at.is_not(None), a.retired_at.is_(None)


def _standing(session: Session, *where: ColumnElement[bool]) -> list[DepositStanding]:
    found = (
        select(Deposit, Obligation)
        .join(Obligation, Obligation.id == Deposit.obligation)
        .where(*where)
        .order_by(Obligation.raised_at, Obligation.id)
    )
    return [
        DepositStanding(
            owed.id, row.about, row.payer, row.state, owed.amount, owed.currency, owed.paid
        )
        for row, owed in session.execute(found)
    ]
