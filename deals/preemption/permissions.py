"""Who reads and answers a claim to come first."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Forbidden, NotFound
from deals.deciding.permissions import is_office, reads_all
from deals.models import Deal
from deals.permissions import OFFICERS, Do
from deals.preemption.models import Preemption


def is_holder(actor: Actor, row: Preemption) -> bool:
    """The holder, or who may sign for the organisation that is."""
    if row.organisation is not None:
        return is_office(actor, row.organisation)
    return actor.person is not None and row.party == actor.person


def held_by(actor: Actor) -> ColumnElement[bool]:
    """The claims for which `is_holder(actor, …)` says yes."""
    offices = sorted(seat.organisation for seat in actor.seats if seat.roles & OFFICERS)
    mine = Preemption.organisation.is_(None) & (Preemption.party == actor.person)
    return or_(mine, Preemption.organisation.in_(offices))


def check_answers(session: Session, actor: Actor, claim: str) -> None:
    """For `uow.check`: the holder, or the owner's office with the holder's paper. Raises NotFound,
    Forbidden."""
    row, deal = _known(session, actor, claim)
    if not (is_holder(actor, row) or is_office(actor, deal.seller_org)):
        raise Forbidden(do="answer")


def check_serves(session: Session, actor: Actor, claim: str) -> None:
    """For `uow.check`: the owner's office. Raises NotFound, Forbidden."""
    _row, deal = _known(session, actor, claim)
    if not is_office(actor, deal.seller_org):
        raise Forbidden(do="serve")


def check_names(session: Session, actor: Actor, deal: str) -> None:
    """For `uow.check`: the owner's office names who else comes first.

    Raises NotFound, Forbidden.
    """
    row = session.get(Deal, deal)
    if row is None or not reads_all(actor, row):
        raise NotFound(ref=f"deal:{deal}")
    if not is_office(actor, row.seller_org):
        raise Forbidden(do=str(Do.ACT))


def _known(session: Session, actor: Actor, claim: str) -> tuple[Preemption, Deal]:
    row = session.get(Preemption, claim)
    deal = session.get_one(Deal, row.deal) if row else None
    if row is None or deal is None or not (is_holder(actor, row) or reads_all(actor, deal)):
        raise NotFound(ref=f"preemption:{claim}")
    return row, deal
