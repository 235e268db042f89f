"""What syndication holds of people and organisations."""

from __future__ import annotations

from typing import Final

from core.holdings import Holding, Keeps
from syndication.models import Webhook

HOLDINGS: Final = (
    Holding(Webhook.person, Keeps.SAID, Webhook, Webhook.id, clears=(Webhook.url,)),
    Holding(Webhook.organisation, Keeps.TENANT, Webhook, Webhook.id),
)
