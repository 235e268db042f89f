"""The provider says how a signature ended; with the second side's the contract is concluded."""

from __future__ import annotations

from contracts import facts
from contracts.concluding import conclude_when_both
from contracts.errors import ContractMovedOn
from contracts.signing.errors import SigningRefused
from contracts.signing.permissions import check_signature
from contracts.signing.port import SIGNED, Outcome
from contracts.signing.rules import fits
from contracts.signing.states import SignatureAct, SignatureState, after
from contracts.signing.working import locked
from contracts.states import ContractAct
from contracts.working import move
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.permissions import Do


def take_signature(uow: UnitOfWork, signature: str, outcome: Outcome, evidence: str | None) -> Done:
    """`evidence`: SHA-256 under which `outcome.evidence` is stored. The same outcome again changes
    nothing. Raises SigningRefused where another document was signed, SignatureMovedOn,
    ContractMovedOn, DealsStopped and what stops a conclusion."""
    uow.check(check_signature, signature, Do.ACT)
    uow.check(refuse_stopped, What.DEALS)
    at, row = locked(uow, signature)
    if row.state == SignatureState.SIGNED and evidence is not None:
        return Done(row.id)
    if outcome.state != SIGNED:
        row.state = after(row.state, SignatureAct.DECLINE)
        at.record("signature_declined", signature=row.id, side=row.side)
        return Done(row.id)
    row.state = after(row.state, SignatureAct.SIGN)
    if row.digest != at.row.digest:
        raise ContractMovedOn
    if evidence is None or not fits(outcome, row.document):
        raise SigningRefused
    row.signed_at, row.evidence = outcome.signed_at, evidence
    row.evidence_size = len(outcome.evidence)
    move(
        at, ContractAct.TAKE_SIGNATURE, signature=row.id, side=row.side, evidence=evidence,
        document=row.document,
    )  # fmt: skip
    if not conclude_when_both(uow, at):
        at.fact(facts.CONTRACT_SIGNED_BY_SIDE)
    return Done(row.id)
