"""Calls are sent once more, each under the event's old identifier."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from core.results import Done
from core.unit_of_work import UnitOfWork
from syndication.errors import WebhookNotActive
from syndication.models import Webhook, WebhookDelivery
from syndication.permissions import may_webhook

MOST: Final = 1000
"""Calls that one click sends again."""


def resend_deliveries(
    uow: UnitOfWork, webhook: str, first: int, last: int, *, failed_only: bool = False
) -> Done:
    """Those numbered `first` to `last`; what still waits is not asked for twice. The ref says how
    many. Raises NotFound, WebhookNotActive."""
    uow.check(may_webhook, webhook)
    at = uow.lock(Webhook, webhook)
    if at.row.state != "active":
        raise WebhookNotActive
    wanted = ("failed",) if failed_only else ("failed", "done")
    rows = uow.session.scalars(
        select(WebhookDelivery)
        .where(
            WebhookDelivery.webhook == webhook,
            WebhookDelivery.n.between(first, last),
            WebhookDelivery.state.in_(wanted),
        )
        .order_by(WebhookDelivery.n)
        .limit(MOST)
    ).all()
    for row in rows:
        row.state, row.asked_at, row.not_before, row.lease_until = "ready", at.now, at.now, None
    if rows:
        at.record("webhook_resent", first=first, last=last, count=len(rows))
    return Done(str(len(rows)))
