"""Who may do what in a round: the owner's office, the parties, the keepers of its keys."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Forbidden, NotFound
from deals.permissions import BUYERS, OFFICERS, oversees
from deals.rounds.errors import KeeperBids
from deals.rounds.models import Registration, Round, RoundKey


def is_office(actor: Actor, row: Round) -> bool:
    return bool(actor.roles_in(row.owner_org) & OFFICERS)


def is_market(actor: Actor) -> bool:
    """An operator of the market; its auditor reads and keeps no key."""
    return any(seat.kind == "operator" and "operator" in seat.roles for seat in actor.seats)


def reads_desk(actor: Actor, row: Round) -> bool:
    """Who registered, before the result says it: the owner's office and the overseers."""
    return is_office(actor, row) or oversees(actor, row.owner_org)


def acts_for(actor: Actor, registration: Registration) -> bool:
    return bool(actor.roles_in(registration.organisation) & BUYERS)


def check_office(session: Session, actor: Actor, round_id: str) -> None:
    """For `uow.check`. That a round runs is public. Raises NotFound, Forbidden."""
    if not is_office(actor, _round(session, round_id)):
        raise Forbidden(do="round")


def check_desk(session: Session, actor: Actor, round_id: str) -> None:
    """For queries behind the desk. Raises NotFound, Forbidden."""
    if not reads_desk(actor, _round(session, round_id)):
        raise Forbidden(do="round")


def check_decides(session: Session, actor: Actor, registration: str) -> None:
    """For `uow.check`: the office decides about others. Raises NotFound, Forbidden, KeeperBids."""
    row = session.get(Registration, registration)
    if row is None or not is_office(actor, _round(session, row.round)):
        raise NotFound(ref=f"registration:{registration}")
    if row.organisation in actor.organisations:
        raise KeeperBids


def check_party(session: Session, actor: Actor, registration: str) -> None:
    """For `uow.check`: whoever acts for the registered organisation. Raises NotFound."""
    row = session.get(Registration, registration)
    if row is None or not acts_for(actor, row):
        raise NotFound(ref=f"registration:{registration}")


def check_keeps_none(session: Session, actor: Actor, round_id: str) -> None:
    """For `uow.check`: no keeper of this round's keys acts for a party. Raises KeeperBids."""
    kept = select(RoundKey.slot).where(RoundKey.round == round_id, RoundKey.person == actor.person)
    if session.scalar(kept) is not None:
        raise KeeperBids


def check_keeper(session: Session, actor: Actor, round_id: str, slot: str) -> None:
    """For `uow.check`: the office keeps its key; the second one's keeper the law profile names,
    so the action decides. Raises NotFound, Forbidden, KeeperBids."""
    row = _round(session, round_id)
    if not (is_office(actor, row) or (slot == "second" and is_market(actor))):
        raise Forbidden(do="keep_key")
    parties = select(Registration.id).where(
        Registration.round == round_id, Registration.organisation.in_(sorted(actor.organisations))
    )
    if session.scalar(parties.limit(1)) is not None:
        raise KeeperBids


def _round(session: Session, id: str) -> Round:
    row = session.get(Round, id)
    if row is None:
        raise NotFound(ref=f"round:{id}")
    return row
