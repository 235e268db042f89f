"""The provider has taken the signature on: under which name, and where the person signs."""

from __future__ import annotations

from contracts.signing.errors import SignatureMovedOn
from contracts.signing.permissions import check_signature
from contracts.signing.states import SignatureState
from contracts.signing.working import locked
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def note_reference(uow: UnitOfWork, signature: str, reference: str, address: str) -> Done:
    """Twice is once. Raises SignatureMovedOn where it was taken back meanwhile."""
    uow.check(check_signature, signature, Do.ACT)
    at, row = locked(uow, signature)
    if row.state != SignatureState.ASKED:
        raise SignatureMovedOn
    if row.reference != reference:
        row.reference, row.address = reference, address
        at.record("signature_begun", signature=signature, reference=reference)
    return Done(signature)
