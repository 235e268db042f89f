"""Refusals of syndication."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class TooManyWebhooks(Refused):
    code = "too_many_webhooks"
    text = N_("There are %(most)s webhooks already. Remove one that is not needed any more.")


class WebhookNotActive(Refused):
    code = "webhook_not_active"
    text = N_("This webhook is not active. Switch it on first; nothing was sent.")
