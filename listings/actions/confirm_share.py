"""A contributor confirms the share that the record gives them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.errors import NothingToConfirm
from listings.models import Asset, Contributor


def confirm_share(uow: UnitOfWork, asset: str, share_bp: int) -> Done:
    """`share_bp` is the share the person saw: a share changed meanwhile is not confirmed unread."""
    uow.check(_check_contributor, asset)
    at = uow.lock(Asset, asset)
    mine = [
        row
        for row in uow.session.scalars(
            select(Contributor).where(
                Contributor.asset == asset, Contributor.person == uow.actor.person
            )
        )
        if row.confirmed_at is None and row.share_bp == share_bp
    ]
    if not mine:
        raise NothingToConfirm
    for row in mine:
        row.confirmed_at = at.now
        at.record("share_confirmed", contributor=row.n, share_bp=share_bp)
    at.fact(facts.SHARE_CONFIRMED)
    return Done(asset)


def _check_contributor(session: Session, actor: Actor, asset: str) -> None:
    found = select(Contributor.n).where(
        Contributor.asset == asset, Contributor.person == actor.person
    )
    if actor.person is None or session.scalar(found) is None:
        raise NotFound(ref=f"asset:{asset}")
