"""A person begins to sign for their side electronically."""

from __future__ import annotations

from accounts.factors.proving import shown_lately
from accounts.models import Person
from contracts.errors import ContractMovedOn
from contracts.models import Contract
from contracts.permissions import check_contract
from contracts.signing.errors import OtherSignatory, SideHasSigned
from contracts.signing.models import ContractDocument, ContractSignature
from contracts.signing.rules import Intent, intent_problems
from contracts.signing.states import SignatureState
from contracts.signing.working import live_signatures
from contracts.states import ContractAct, CopyState
from contracts.working import deal_of, live_copies, move, set_aside
from core.errors import Invalid
from core.ids import new_id
from core.results import Done
from core.stops import What, refuse_stopped
from core.unit_of_work import UnitOfWork
from deals.models import Deal
from deals.permissions import Do, acting_side
from deals.progress import check_could


def ask_signature(
    uow: UnitOfWork, contract: str, said: Intent, session: str, provider: str
) -> Done:
    """In the name of the actor's side; a paper copy that waits is set aside, what one's own person
    has begun goes on. `session`: in which the actor showed a second factor lately. Raises Invalid,
    FactorNotFresh, SideHasSigned, OtherSignatory, ContractMovedOn, DealsStopped; StepsOpen and
    StepWasRefused before the owner's institution has decided."""
    uow.check(check_contract, contract, Do.ACT)
    uow.check(refuse_stopped, What.DEALS)
    at = uow.lock(Contract, contract)
    side = acting_side(uow.actor, deal_of(uow, at.row))
    copy = live_copies(uow, contract).get(side)
    begun = live_signatures(uow.session, contract).get(side)
    if copy is not None and copy.state == CopyState.CONFIRMED:
        raise SideHasSigned
    if begun is not None:
        return _go_on(begun, uow.actor.person)
    check_could(uow, uow.lock(Deal, at.row.deal), "conclude", side)
    person = uow.lock(Person, uow.actor.person or "")
    if wrong := intent_problems(said, (person.row.name, person.row.latin_name or "")):
        raise Invalid(wrong)
    factor = shown_lately(person, session)
    document = uow.session.get(ContractDocument, (contract, at.row.digest or ""))
    if document is None:
        raise ContractMovedOn
    row = ContractSignature(
        id=new_id(), contract=contract, side=side, by=uow.actor.person, at=at.now,
        provider=provider, digest=document.digest, document=document.sha256,
        factor=factor, **(vars(said) | {"name": said.name.strip()}),
    )  # fmt: skip
    move(
        at, ContractAct.ASK_SIGNATURE, signature=row.id, side=str(side), provider=provider,
        document=document.sha256, consent=said.consent, factor=factor,
    )  # fmt: skip
    set_aside([copy] if copy else [])
    at.add(row)
    return Done(row.id)


def _go_on(begun: ContractSignature, person: str | None) -> Done:
    if begun.state == SignatureState.SIGNED:
        raise SideHasSigned
    if begun.by != person:
        raise OtherSignatory
    return Done(begun.id)
