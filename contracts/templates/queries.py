"""Templates as their keepers and their users find them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.templates.models import ContractTemplate
from contracts.templates.permissions import KEEPERS, keeps_templates
from core.actor import Actor
from core.errors import NotFound


def templates_of(session: Session, actor: Actor) -> Sequence[ContractTemplate]:
    """The templates of the organisations in which the actor keeps them, those in use first."""
    t = ContractTemplate
    houses = sorted(seat.organisation for seat in actor.seats if seat.roles & KEEPERS)
    order = t.retired_at.is_not(None), t.added_at.desc(), t.id
    return session.scalars(select(t).where(t.owner_org.in_(houses)).order_by(*order)).all()


def usable_templates(session: Session, actor: Actor) -> Sequence[ContractTemplate]:
    """Those in use of all organisations in which the actor has a seat."""
    t = ContractTemplate
    ours = t.owner_org.in_(sorted(actor.organisations)), t.retired_at.is_(None)
    return session.scalars(select(t).where(*ours).order_by(t.name, t.id)).all()


def template(session: Session, actor: Actor, id: str) -> ContractTemplate:
    """The template as its keepers read it. Raises NotFound."""
    row = session.get(ContractTemplate, id)
    if row is None or not keeps_templates(actor, row.owner_org):
        raise NotFound(ref=f"contract_template:{id}")
    return row
