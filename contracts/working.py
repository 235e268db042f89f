"""What several use cases on a contract share."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.errors import CopyIsOwn, NoCopyWaits
from contracts.matter import Draft
from contracts.models import Contract, ContractVersion, SignedCopy
from contracts.signing.models import ContractSignature
from contracts.signing.working import live_signatures
from contracts.states import ContractAct, CopyState, after
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from deals.granting import rights_of
from deals.models import Deal, Offer
from deals.offers import Terms
from deals.permissions import acting_side
from listings.rights import Grant


def move(at: At[Contract], act: ContractAct, **ids: object) -> None:
    """Takes the step of the table and records it. Raises ContractMovedOn."""
    at.row.state = after(at.row.state, act)
    at.record(str(act), **ids)


def deal_of(uow: UnitOfWork, contract: Contract) -> Deal:
    """The deal as it stands; its state is decided about under its own lock only."""
    return uow.session.get_one(Deal, contract.deal)


def newest(uow: UnitOfWork, contract: Contract) -> Draft:
    """The text that counts: the version saved last."""
    return newest_draft(uow.session, contract)


def newest_draft(session: Session, contract: Contract) -> Draft:
    """As `newest`, for whoever only reads."""
    row = session.get_one(ContractVersion, (contract.id, contract.versions))
    return Draft.load(row.content)


def add_version(uow: UnitOfWork, at: At[Contract], deal: Deal, draft: Draft) -> None:
    """The next version, in the name of the actor's side."""
    at.row.versions += 1
    at.add(
        ContractVersion(
            contract=at.row.id,
            version=at.row.versions,
            side=acting_side(uow.actor, deal),
            by=uow.actor.person,
            at=at.now,
            content=draft.dump(),
        )
    )


def live_copies(uow: UnitOfWork, contract: str) -> dict[str, SignedCopy]:
    """By side: the copy that waits for confirmation or has it."""
    live = (CopyState.HANDED_IN, CopyState.CONFIRMED)
    rows = uow.session.scalars(
        select(SignedCopy).where(SignedCopy.contract == contract, SignedCopy.state.in_(live))
    )
    return {row.side: row for row in rows}


def checked_copy(uow: UnitOfWork, at: At[Contract], copy: str) -> SignedCopy:
    """The copy of this text that waits, for a person of the other side. Raises CopyIsOwn,
    NoCopyWaits."""
    row = uow.session.get(SignedCopy, copy)
    if row is None or row.contract != at.row.id or row.state != CopyState.HANDED_IN:
        raise NoCopyWaits
    if row.digest != at.row.digest:
        raise NoCopyWaits
    own = acting_side(uow.actor, deal_of(uow, at.row)) == row.side
    if own or uow.actor.person == row.by:
        raise CopyIsOwn
    return row


def set_aside(signed: Iterable[SignedCopy | ContractSignature]) -> None:
    """They were of a text that no longer stands, or their side goes on along the other path."""
    for one in signed:
        one.state = CopyState.SET_ASIDE


def all_live(uow: UnitOfWork, contract: str) -> list[SignedCopy | ContractSignature]:
    """What either side has signed or begun to, on paper and electronically."""
    copies, given = live_copies(uow, contract), live_signatures(uow.session, contract)
    return [*copies.values(), *given.values()]


def grants_of(uow: UnitOfWork, at: At[Contract], deal: Deal) -> list[tuple[str, Grant]]:
    """(asset, right) for each asset that passes or is licensed, in the order of their locks.

    The right begins on the day of signing.
    """
    terms = Terms.load(at.row.matter["terms"]) if at.row.matter else _accepted(uow, deal)
    return rights_of(uow.session, deal, terms, legal_date(at.now, uow.ports.zone))


def _accepted(uow: UnitOfWork, deal: Deal) -> Terms:
    return Terms.load(uow.session.get_one(Offer, (deal.id, deal.agreed)).terms)
