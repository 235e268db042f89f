"""Who may do what to an electronic signature: whoever may do it to its contract."""

from __future__ import annotations

from sqlalchemy.orm import Session

from contracts.permissions import check_contract
from contracts.signing.models import ContractSignature
from core.actor import Actor
from core.errors import NotFound
from deals.permissions import Do


def check_signature(session: Session, actor: Actor, id: str, do: Do) -> None:
    """For `uow.check`: NotFound where the actor may not know of its deal, else Forbidden."""
    row = session.get(ContractSignature, id)
    if row is None:
        raise NotFound(ref=f"contract_signature:{id}")
    check_contract(session, actor, row.contract, do)
