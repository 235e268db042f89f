"""Keeps the PDF of a frozen text, so that both sides sign the same octets."""

from __future__ import annotations

from contracts.errors import ContractMovedOn
from contracts.models import Contract
from contracts.permissions import check_contract
from contracts.signing.models import ContractDocument
from contracts.states import ContractAct, after
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def keep_document(uow: UnitOfWork, contract: str, digest: str, sha256: str, size: int) -> Done:
    """`digest`: of the text from which it was made, `sha256` and `size` of the PDF. The first one
    of a text stays. Raises ContractMovedOn where the text is another by now."""
    uow.check(check_contract, contract, Do.ACT)
    at = uow.lock(Contract, contract)
    after(at.row.state, ContractAct.ASK_SIGNATURE)
    if digest != at.row.digest:
        raise ContractMovedOn
    known = uow.session.get(ContractDocument, (contract, digest))
    if known is not None:
        return Done(known.sha256)
    at.add(ContractDocument(contract=contract, digest=digest, sha256=sha256, size=size, at=at.now))
    at.record("document_kept", digest=digest, document=sha256)
    return Done(sha256)
