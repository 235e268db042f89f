"""A webhook that nobody has answered for days is switched off, and its owner is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation, Person
from core.results import Done
from core.unit_of_work import UnitOfWork
from syndication.models import Webhook, WebhookAttempt, WebhookDelivery


def disable_webhook(uow: UnitOfWork, webhook: str, silent_since: datetime) -> Done:
    """By the market itself. Nothing happens where a call went through after `silent_since`."""
    at = uow.lock(Webhook, webhook)
    if at.row.state != "active" or _answered(uow.session, webhook, silent_since):
        return Done()
    organisation, person = at.row.organisation, at.row.person
    at.row.state = "disabled"
    at.record("webhook_disabled")
    if organisation:
        uow.lock(Organisation, organisation).fact("organisation.webhook_disabled")
    else:
        uow.lock(Person, person).fact("person.webhook_disabled")
    return Done(webhook)


def _answered(session: Session, webhook: str, since: datetime) -> bool:
    found = session.scalar(
        select(WebhookAttempt.n)
        .join(WebhookDelivery, WebhookDelivery.n == WebhookAttempt.delivery)
        .where(
            WebhookDelivery.webhook == webhook,
            WebhookAttempt.at > since,
            WebhookAttempt.status.between(200, 299),
        )
        .limit(1)
    )
    return found is not None
