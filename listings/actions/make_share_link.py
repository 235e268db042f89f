"""Make the link by which a person passes a page on; what comes through it is recorded."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import NotFound
from core.ids import split_ref
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.models import ShareLink
from listings.permissions import Do, check_may, check_may_need


def make_share_link(uow: UnitOfWork, ref: str, channel: str = "link") -> Done:
    """Answers with the code. The same person, page and channel always give the same code."""
    uow.check(_check_shareable, ref)
    actor = uow.actor
    told = f"{actor.key} {ref} {channel}".encode()
    digest = hmac.new(uow.ports.secret, b"share " + told, hashlib.sha256).digest()
    code = b32encode(digest)[:12].decode().lower()
    session = uow.open()
    if session.scalar(select(ShareLink.code).where(ShareLink.code == code)) is None:
        organisation = actor.seats[0].organisation if actor.seats else None
        uow.add(
            ShareLink(
                code=code,
                ref=ref,
                person=actor.person,
                organisation=organisation,
                channel=channel,
                created_at=uow.now(session),
            )
        )
    return Done(code)


def _check_shareable(session: Session, actor: Actor, ref: str) -> None:
    kind, id = split_ref(ref)
    if kind == "listing":
        check_may(session, actor, id, Do.READ)
    elif kind == "need":
        check_may_need(session, actor, id, Do.READ)
    else:
        raise NotFound(ref=ref)
