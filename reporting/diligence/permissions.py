"""Who may take a deal's diligence file: the owner's office, and who oversees it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Forbidden
from deals.models import Deal
from deals.permissions import OFFICERS, Do, check_deal, deal_facts, may, oversees


def may_take(actor: Actor, row: Deal) -> bool:
    """It is the owner's evidence: the buyer, and contributors who only read, have no part in it."""
    if not may(actor, Do.READ, deal_facts(row)):
        return False
    return oversees(actor, row.seller_org) or bool(actor.roles_in(row.seller_org) & OFFICERS)


def check_may_take(session: Session, actor: Actor, deal: str) -> None:
    """For `uow.check`: NotFound where the actor may not know of the deal, else Forbidden."""
    check_deal(session, actor, deal, Do.READ)
    if not may_take(actor, session.get_one(Deal, deal)):
        raise Forbidden(do="take_diligence_file")
