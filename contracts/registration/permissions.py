"""Who may do what to a registration: both sides of its deal read, the side that registers acts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from contracts.registration.errors import OtherSideRegisters
from contracts.registration.models import ContractRegistration
from core.actor import Actor
from core.errors import NotFound
from deals.models import Deal
from deals.permissions import Do, check_deal, deal_facts, side_of


def check_registration(session: Session, actor: Actor, registration: str, do: Do) -> None:
    """For `uow.check`: NotFound where the actor may not know of it, Forbidden for overseers,
    OtherSideRegisters for the other side."""
    row = session.get(ContractRegistration, registration)
    if row is None:
        raise NotFound(ref=f"contract_registration:{registration}")
    check_deal(session, actor, row.deal, do)
    if do is not Do.READ and not may_register(session, actor, row):
        raise OtherSideRegisters


def may_register(session: Session, actor: Actor, row: ContractRegistration) -> bool:
    """Whether the actor acts for the side that hands the contract in."""
    if actor.kind == "system":
        return True
    deal = session.get_one(Deal, row.deal)
    return side_of(actor, deal_facts(deal)) == row.side
