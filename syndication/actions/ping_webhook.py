"""A test call, sent as every other call is."""

from __future__ import annotations

from core.results import Done
from core.unit_of_work import UnitOfWork
from syndication.errors import WebhookNotActive
from syndication.models import Webhook
from syndication.owing import owe
from syndication.permissions import may_webhook
from syndication.topics import PING


def ping_webhook(uow: UnitOfWork, webhook: str) -> Done:
    """Raises NotFound, WebhookNotActive."""
    uow.check(may_webhook, webhook)
    at = uow.lock(Webhook, webhook)
    if at.row.state != "active":
        raise WebhookNotActive
    uow.add(owe(webhook, PING, at.row.stream, at.now))
    at.record("webhook_pinged")
    return Done(webhook)
