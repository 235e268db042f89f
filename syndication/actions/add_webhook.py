"""Somebody wants to be called when something happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Invalid, Problem
from core.i18n import N_
from core.outbound import OutboundRefused
from core.results import Done
from core.unit_of_work import UnitOfWork
from syndication.errors import TooManyWebhooks
from syndication.models import Webhook
from syndication.permissions import may_subscribe
from syndication.topics import OWN, PUBLIC

MOST: Final = 10
"""Webhooks of one owner."""

_ADDRESS: Final = {
    "url": N_("Write a whole address of plain characters, such as https://example.org/hook."),
    "scheme": N_("The address must begin with https://."),
    "credentials": N_("Leave user name and password out: the signature proves who calls."),
    "host": N_("The address names no host."),
    "port": N_("Only the ports 443 and 8443 are called."),
    "address": N_("Addresses inside a network are not called: name a public host."),
}


def add_webhook(uow: UnitOfWork, organisation: str | None, url: str, topics: Sequence[str]) -> Done:
    """`organisation` is None for the person's own. Raises NotFound, Invalid, TooManyWebhooks."""
    uow.check(may_subscribe, organisation)
    asked = sorted(set(topics))
    if found := _problems(uow, organisation, url.strip(), asked):
        raise Invalid(found)
    person = uow.actor.person or ""
    uow.check(_has_room, person, organisation)
    uow.open()
    at = uow.create(
        Webhook(person=person, organisation=organisation, url=url.strip(), topics=asked)
    )
    at.row.made_at = at.now
    at.record("webhook_added", organisation=organisation, topics=len(asked))
    return Done(at.row.id)


def _problems(
    uow: UnitOfWork, organisation: str | None, url: str, topics: Sequence[str]
) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    try:
        uow.ports.outbound.read(url)
    except OutboundRefused as refused:
        found["url"] = [Problem(refused.reason, _ADDRESS[refused.reason])]
    known = {*PUBLIC, *OWN} if organisation else {*PUBLIC}
    if not topics:
        found["topics"] = [Problem("none", N_("Choose at least one thing to be called about."))]
    elif not known.issuperset(topics):
        sentence = N_("What concerns an organisation is told to that organisation's webhooks only.")
        found["topics"] = [Problem("own", sentence)]
    return found


def _has_room(session: Session, _actor: Actor, person: str, organisation: str | None) -> None:
    owner = (
        Webhook.organisation == organisation
        if organisation
        else (Webhook.person == person) & Webhook.organisation.is_(None)
    )
    count = select(func.count()).select_from(Webhook).where(owner, Webhook.state != "removed")
    if (session.scalar(count) or 0) >= MOST:
        raise TooManyWebhooks(most=MOST)
