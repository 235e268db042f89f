"""Who may see and change a webhook: whoever made it for themselves, or the administrators of the
organisation in whose name it was made."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.rules import ADMIN_OF_KIND
from accounts.states import OrganisationState
from core.actor import Actor
from core.errors import NotFound
from syndication.models import Webhook


def administered(actor: Actor) -> list[str]:
    """The organisations that the actor administers."""
    return sorted(
        seat.organisation for seat in actor.seats if ADMIN_OF_KIND[seat.kind] in seat.roles
    )


def readable_webhooks(actor: Actor) -> ColumnElement[bool]:
    """The rows that the actor may see, as a clause."""
    if actor.person is None:
        return false()
    mine = and_(Webhook.person == actor.person, Webhook.organisation.is_(None))
    ours = Webhook.organisation.in_(administered(actor))
    return and_(or_(mine, ours), Webhook.state != "removed")


def may_webhook(session: Session, actor: Actor, webhook: str) -> None:
    """For `uow.check`. Raises NotFound."""
    where = (Webhook.id == webhook, readable_webhooks(actor))
    if session.scalar(select(Webhook.id).where(*where)) is None:
        raise NotFound


def may_subscribe(session: Session, actor: Actor, organisation: str | None) -> None:
    """For `uow.check`: for oneself, or for a vetted organisation one administers."""
    if actor.kind != "person":
        raise NotFound
    if organisation is None:
        return
    row = session.get(Organisation, organisation)
    vetted = row is not None and row.state == OrganisationState.VETTED
    if not vetted or organisation not in administered(actor):
        raise NotFound
