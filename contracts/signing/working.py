"""What several use cases on electronic signatures share."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.models import Contract
from contracts.signing.models import ContractSignature
from contracts.signing.states import LIVE
from core.errors import NotFound
from core.unit_of_work import At, UnitOfWork


def live_signatures(session: Session, contract: str) -> dict[str, ContractSignature]:
    """By side: the signature that is under way or given."""
    of = ContractSignature.contract == contract, ContractSignature.state.in_(LIVE)
    return {row.side: row for row in session.scalars(select(ContractSignature).where(*of))}


def locked(uow: UnitOfWork, id: str) -> tuple[At[Contract], ContractSignature]:
    """The contract under its lock, and a signature of it. Raises NotFound."""
    found = uow.find(ContractSignature.contract, ContractSignature.id == id)
    if not found:
        raise NotFound(ref=f"contract_signature:{id}")
    at = uow.lock(Contract, found[0])
    return at, uow.session.get_one(ContractSignature, id)
