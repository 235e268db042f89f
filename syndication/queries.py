"""What the pages of webhooks show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names
from core.actor import Actor
from syndication.models import Webhook, WebhookAttempt, WebhookDelivery
from syndication.permissions import administered, may_webhook, readable_webhooks


@dataclass(frozen=True)
class WebhookLine:
    """`owner` is None for the person's own."""

    id: str
    url: str
    state: str
    topics: Sequence[str]
    owner: str | None
    made_at: datetime
    old_until: datetime | None


@dataclass(frozen=True)
class DeliveryLine:
    n: int
    event: str
    topic: str
    state: str
    made_at: datetime
    not_before: datetime
    attempts: Sequence[WebhookAttempt]
    """The newest last."""


def webhooks_of(session: Session, actor: Actor, language: str) -> list[WebhookLine]:
    """The actor's own and those of organisations they administer, the oldest first."""
    rows = session.scalars(
        select(Webhook).where(readable_webhooks(actor)).order_by(Webhook.made_at, Webhook.id)
    ).all()
    names = organisation_names(session, [r.organisation for r in rows if r.organisation], language)
    return [_line(row, names) for row in rows]


def webhook(session: Session, actor: Actor, id: str, language: str) -> WebhookLine:
    """Raises NotFound."""
    may_webhook(session, actor, id)
    row = session.get_one(Webhook, id)
    names = organisation_names(session, [row.organisation] if row.organisation else [], language)
    return _line(row, names)


def generation_of(session: Session, actor: Actor, id: str) -> int:
    """Which secret signs now. Raises NotFound."""
    may_webhook(session, actor, id)
    return session.get_one(Webhook, id).generation


def owners(session: Session, actor: Actor, language: str) -> list[tuple[str, str]]:
    """(id, name) of the organisations in whose name the actor may subscribe."""
    ids = administered(actor)
    names = organisation_names(session, ids, language)
    return [(id, names.get(id, id)) for id in ids]


def deliveries(session: Session, id: str, limit: int, offset: int = 0) -> list[DeliveryLine]:
    """The newest first, with how each try ended. Two queries."""
    rows = session.scalars(
        select(WebhookDelivery)
        .where(WebhookDelivery.webhook == id)
        .order_by(WebhookDelivery.n.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    tries: dict[int, list[WebhookAttempt]] = {row.n: [] for row in rows}
    ended = select(WebhookAttempt).where(WebhookAttempt.delivery.in_(tries))
    for one in session.scalars(ended.order_by(WebhookAttempt.n)):
        tries[one.delivery].append(one)
    return [
        DeliveryLine(
            row.n, row.event, row.topic, row.state, row.made_at, row.not_before, tries[row.n]
        )
        for row in rows
    ]


def count_deliveries(session: Session, id: str) -> int:
    return session.scalar(select(func.count()).where(WebhookDelivery.webhook == id)) or 0


def deliveries_by_state(session: Session) -> dict[str, int]:
    """How many calls wait, went through, or were given up: for the operator's health page."""
    counted = select(WebhookDelivery.state, func.count()).group_by(WebhookDelivery.state)
    return {state: count for state, count in session.execute(counted)}  # noqa: C416  mypy reads rows only unpacked


def _line(row: Webhook, names: dict[str, str]) -> WebhookLine:
    owner = names.get(row.organisation, row.organisation) if row.organisation else None
    return WebhookLine(row.id, row.url, row.state, row.topics, owner, row.made_at, row.old_until)
