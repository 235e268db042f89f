"""Takes the scan of a paper that one side has signed and sealed."""

from __future__ import annotations

from contracts import facts
from contracts.matter import Matter
from contracts.models import Contract, SignedCopy
from contracts.permissions import check_contract
from contracts.rules import Copy, copy_problems
from contracts.signing.states import SignatureState
from contracts.signing.working import live_signatures
from contracts.states import ContractAct, CopyState
from contracts.working import deal_of, live_copies, move, set_aside
from core.errors import Invalid
from core.ids import new_id
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.models import Deal
from deals.permissions import Do, acting_side
from deals.progress import check_could


def hand_in_copy(uow: UnitOfWork, contract: str, copy: Copy) -> Done:
    """In the name of the actor's side; a copy that waits and an electronic signature that is under
    way are replaced, a confirmed copy or a given signature stays.

    Raises Invalid where the seal bears another name, ContractMovedOn, DealsStopped; StepsOpen and
    StepWasRefused before the owner's institution has decided.
    """
    uow.check(check_contract, contract, Do.ACT)
    uow.check(refuse_stopped, What.DEALS)
    at = uow.lock(Contract, contract)
    side = acting_side(uow.actor, deal_of(uow, at.row))
    earlier = live_copies(uow, contract).get(side)
    if earlier is not None and earlier.state == CopyState.CONFIRMED:
        return Done(earlier.id)
    begun = live_signatures(uow.session, contract).get(side)
    if begun is not None and begun.state == SignatureState.SIGNED:
        return Done(begun.id)
    move(at, ContractAct.HAND_IN, side=str(side), scan=copy.sha256)
    check_could(uow, uow.lock(Deal, at.row.deal), "conclude", side)
    if wrong := copy_problems(copy, _party(at.row, side)):
        raise Invalid(wrong)
    set_aside(one for one in (earlier, begun) if one)
    uow.session.flush()
    row = SignedCopy(
        id=new_id(),
        contract=contract,
        side=side,
        by=uow.actor.person,
        at=at.now,
        digest=at.row.digest,
        **vars(copy),
    )
    at.add(row)
    at.fact(facts.CONTRACT_HANDED_IN)
    return Done(row.id)


def _party(row: Contract, side: Side) -> str:
    matter = Matter.load(row.matter or {})
    return matter.seller if side is Side.SELLER else matter.buyer
