"""The contract is concluded with the second side's signature, whichever path each side chose."""

from __future__ import annotations

from typing import Final

from contracts import facts
from contracts.models import Contract
from contracts.signing.states import SignatureState
from contracts.signing.working import live_signatures
from contracts.states import ContractAct, CopyState
from contracts.working import deal_of, grants_of, live_copies, move
from core.unit_of_work import At, UnitOfWork
from deals.actions.conclude_deal import conclude_deal
from listings.rights import grant

SIDES: Final = frozenset({"seller", "buyer"})


def signed_sides(uow: UnitOfWork, contract: str) -> set[str]:
    """Sides with a paper copy that the other side confirmed, or with an electronic signature."""
    uow.session.flush()
    copies = live_copies(uow, contract).values()
    given = live_signatures(uow.session, contract).values()
    paper = {one.side for one in copies if one.state == CopyState.CONFIRMED}
    return paper | {one.side for one in given if one.state == SignatureState.SIGNED}


def conclude_when_both(uow: UnitOfWork, at: At[Contract]) -> bool:
    """Whether it was. The deal's claim is used up, the rights register is written and
    `contract.signed` is told, in this one commit; nothing before the second side.
    Raises RightTaken, WrongDealState and the stops of the deal's guards."""
    if signed_sides(uow, at.row.id) != SIDES:
        return False
    at.row.signed_at = at.now
    move(at, ContractAct.SIGN, digest=at.row.digest)
    conclude_deal(uow, at.row.deal, contract=at.row.id, digest=at.row.digest or "")
    for asset, right in grants_of(uow, at, deal_of(uow, at.row)):
        grant(uow, asset, right)
    at.fact(facts.CONTRACT_SIGNED)
    return True
