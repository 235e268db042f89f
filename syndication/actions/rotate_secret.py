"""A webhook gets a new secret; for a day the old one signs beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from core.results import Done
from core.unit_of_work import UnitOfWork
from syndication.models import Webhook
from syndication.permissions import may_webhook

OVERLAP: Final = timedelta(hours=24)


def rotate_secret(uow: UnitOfWork, webhook: str) -> Done:
    """Raises NotFound."""
    uow.check(may_webhook, webhook)
    at = uow.lock(Webhook, webhook)
    uow.check(may_webhook, webhook)
    at.row.generation += 1
    at.row.old_until = at.now + OVERLAP
    at.record("webhook_secret_rotated", generation=at.row.generation)
    return Done(webhook)
