"""Who sees, declares and answers the use of an unused result."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Forbidden, NotFound
from deals.idle.models import IdleUse
from deals.permissions import OFFICERS, oversees
from listings.models import Asset, Contributor


def is_maker(session: Session, actor: Actor, asset: Asset) -> bool:
    """A contributor with an account and a seat: who has left the unit asks its office."""
    if actor.person is None or asset.owner_org not in actor.organisations:
        return False
    made = select(Contributor.n).where(
        Contributor.asset == asset.id, Contributor.person == actor.person
    )
    return session.scalar(made.limit(1)) is not None


def is_office(actor: Actor, asset: Asset) -> bool:
    return bool(actor.roles_in(asset.owner_org) & OFFICERS)


def may_see(session: Session, actor: Actor, asset: Asset) -> bool:
    office = is_office(actor, asset) or oversees(actor, asset.owner_org)
    return office or is_maker(session, actor, asset)


def check_declares(session: Session, actor: Actor, asset: str) -> None:
    """For `uow.check`: a maker. Raises NotFound, Forbidden."""
    if not is_maker(session, actor, _known(session, actor, asset)):
        raise Forbidden(do="declare")


def check_answers(session: Session, actor: Actor, use: str) -> None:
    """For `uow.check`: the owner's office, and not who declared it. Raises NotFound, Forbidden."""
    row, asset = _use(session, actor, use)
    if not is_office(actor, asset) or row.person == actor.person:
        raise Forbidden(do="answer")


def check_ends(session: Session, actor: Actor, use: str) -> None:
    """For `uow.check`: the owner's office, or who declared it. Raises NotFound, Forbidden."""
    row, asset = _use(session, actor, use)
    if not (is_office(actor, asset) or row.person == actor.person):
        raise Forbidden(do="end")


def _use(session: Session, actor: Actor, use: str) -> tuple[IdleUse, Asset]:
    row = session.get(IdleUse, use)
    if row is None:
        raise NotFound(ref=f"idle_use:{use}")
    return row, _known(session, actor, row.asset)


def _known(session: Session, actor: Actor, asset: str) -> Asset:
    row = session.get(Asset, asset)
    if row is None or not may_see(session, actor, row):
        raise NotFound(ref=f"asset:{asset}")
    return row
