"""A call that is owed, as a row."""

from __future__ import annotations

from datetime import datetime

from core.ids import new_id
from syndication.models import WebhookDelivery


def owe(webhook: str, topic: str, ref: str, now: datetime) -> WebhookDelivery:
    """To be sent at once."""
    return WebhookDelivery(
        event=f"evt_{new_id()}",
        webhook=webhook,
        topic=topic,
        ref=ref,
        made_at=now,
        asked_at=now,
        not_before=now,
    )
