"""What the actions on a signed contract's price share: raising a part, applying the deposit."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from billing.actions.apply_deposit import apply_deposit
from billing.actions.raise_obligation import raise_obligation
from billing.actions.release_deposit import release_deposit
from billing.models import Obligation, ReceivingAccount
from billing.queries import DepositStanding, account_for
from billing.raising import Raised
from contracts.models import Contract, ContractCharge
from core.unit_of_work import At, UnitOfWork
from deals.models import Deal
from deals.rounds.deposits import of_deal


def raise_charge(
    uow: UnitOfWork, at: At[Contract], deal: Deal, row: ContractCharge, due_on: date
) -> None:
    """One obligation of the buyer to the seller, in the hands that hold the deposit already."""
    raised = Raised(
        row.kind,
        at.row.stream,
        deal.seller_org,
        row.minor,
        deal.currency,
        due_on,
        payer_org=deal.buyer_org,
        payer_person=deal.buyer_person,
        account=_account(uow.session, deal, of_deal(uow.session, deal)),
        jurisdiction=deal.jurisdiction,
    )
    row.obligation = raise_obligation(uow, raised).ref
    at.record("charged", n=row.n, obligation=row.obligation, amount=row.minor)


def apply_held_deposit(uow: UnitOfWork, at: At[Contract], deal: Deal, obligation: str) -> None:
    """The winner's deposit pays a part of `obligation`; what is more goes back. A deposit whose
    account has been retired cannot stay where it is, so all of it goes back."""
    deposit = of_deal(uow.session, deal)
    if deposit is None or not deposit.held:
        return
    same = uow.session.get_one(Obligation, deposit.id).account
    if uow.session.get_one(Obligation, obligation).account == same:
        apply_deposit(uow, deposit.id, obligation)
        at.record("deposit_applied", deposit=deposit.id, obligation=obligation)
    else:
        release_deposit(uow, deposit.id)
        at.record("deposit_released", deposit=deposit.id)


def _account(session: Session, deal: Deal, deposit: DepositStanding | None) -> str:
    """Where the deposit lies, while that account serves; else as for any price."""
    if deposit is not None and deposit.held:
        held = session.get_one(Obligation, deposit.id).account
        if held is None:
            return ""
        if session.get_one(ReceivingAccount, held).retired_at is None:
            return held
    return account_for(session, deal.seller_org, deal.currency)
