"""Facts become calls that are owed to whoever asked to be called about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.queries import one_house
from accounts.states import OrganisationState
from core.facts import Fact, Reaction
from core.ids import split_ref
from core.unit_of_work import UnitOfWork
from deals.models import Deal, Inquiry
from syndication.models import Webhook
from syndication.owing import owe
from syndication.topics import PUBLIC, SENDERS, WATCHED


def call(uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    """Writes rows only; the task makes the calls. The drain crosses the facts out in the same
    commit, so each is owed once."""
    session = uow.open()
    hooks = _active(session)
    if not hooks:
        return
    now = uow.now(session)
    for fact in facts:
        concerned = None if fact.topic in PUBLIC else _concerned(session, fact)
        for hook in hooks:
            if fact.topic in hook.topics and (concerned is None or hook.organisation in concerned):
                uow.add(owe(hook.id, fact.topic, fact.ref, now))


def _active(session: Session) -> Sequence[Webhook]:
    """Of people, and of organisations that are vetted still, or what they were merged into."""
    vetted = select(Organisation.id).where(Organisation.state == OrganisationState.VETTED)
    return session.scalars(
        select(Webhook)
        .outerjoin(Organisation, Organisation.id == Webhook.organisation)
        .where(
            Webhook.state == "active",
            or_(
                Webhook.organisation.is_(None),
                func.coalesce(Organisation.merged_into, Organisation.id).in_(vetted),
            ),
        )
    ).all()


def _concerned(session: Session, fact: Fact) -> frozenset[str]:
    """The organisations that an inquiry or deal is about, and those that are one with them;
    nobody where the row is gone."""
    kind, id = split_ref(fact.ref)
    found: list[str | None] = []
    if kind == "inquiry" and (inquiry := session.get(Inquiry, id)):
        found = [inquiry.sender_org if fact.topic in SENDERS else inquiry.owner_org]
    if kind == "deal" and (deal := session.get(Deal, id)):
        found = [deal.seller_org, deal.buyer_org]
    named = {one for one in found if one}
    return frozenset(id for one in sorted(named) for id in session.scalars(one_house(one)).all())


REACTIONS: Final = (Reaction("webhooks", WATCHED, call),)
