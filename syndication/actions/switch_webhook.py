"""A webhook is switched off, on again, or removed for good."""

from __future__ import annotations

from typing import Literal

from core.results import Done
from core.unit_of_work import UnitOfWork
from syndication.models import Webhook
from syndication.permissions import may_webhook

To = Literal["active", "paused", "removed"]


def switch_webhook(uow: UnitOfWork, webhook: str, to: To) -> Done:
    """What happens while it is off is not sent later. Raises NotFound."""
    uow.check(may_webhook, webhook)
    at = uow.lock(Webhook, webhook)
    uow.check(may_webhook, webhook)
    if at.row.state != to:
        at.row.state = to
        at.record(f"webhook_{to}")
    return Done(webhook)
