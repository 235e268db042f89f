"""A side gives up a signature that is under way, to begin again or to sign on paper."""

from __future__ import annotations

from contracts.signing.permissions import check_signature
from contracts.signing.states import SignatureAct, after
from contracts.signing.working import locked
from contracts.working import deal_of
from core.errors import Forbidden
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.permissions import Do, acting_side


def take_back_signature(uow: UnitOfWork, signature: str) -> Done:
    """By the side whose it is; what the provider says afterwards counts for nothing. Raises
    SignatureMovedOn, Forbidden."""
    uow.check(check_signature, signature, Do.ACT)
    at, row = locked(uow, signature)
    if acting_side(uow.actor, deal_of(uow, at.row)) != row.side:
        raise Forbidden(do="take_back")
    row.state = after(row.state, SignatureAct.TAKE_BACK)
    at.record("signature_taken_back", signature=row.id, side=row.side)
    return Done(row.id)
