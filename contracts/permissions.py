"""Who may do what to a contract: whoever may do it to its deal. One function, and SQL beside it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from contracts.models import Contract
from core.actor import Actor
from core.errors import NotFound
from deals.permissions import Do, check_deal


def check_contract(session: Session, actor: Actor, contract: str, do: Do) -> None:
    """For `uow.check`: NotFound where the actor may not know of its deal, else Forbidden."""
    row = session.get(Contract, contract)
    if row is None:
        raise NotFound(ref=f"contract:{contract}")
    check_deal(session, actor, row.deal, do)
