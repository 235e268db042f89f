"""Who may certify: an operator without a part in the deal."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.permissions import may_operate
from contracts.certificate.errors import TakesPart
from contracts.models import Contract
from core.actor import Actor
from core.errors import NotFound
from deals.models import Deal


def check_may_certify(session: Session, actor: Actor, contract: str) -> None:
    """For `uow.check`. Raises NotFound for whoever does not operate the market,
    TakesPart for an operator who has a part in the deal."""
    may_operate(session, actor)
    row = session.get(Contract, contract)
    if row is None:
        raise NotFound(ref=f"contract:{contract}")
    if _takes_part(actor, session.get_one(Deal, row.deal)):
        raise TakesPart


def _takes_part(actor: Actor, deal: Deal) -> bool:
    sits = {deal.seller_org, deal.buyer_org} & set(actor.organisations)
    return bool(sits) or (
        actor.person is not None and actor.person in {deal.seller_person, deal.buyer_person}
    )
