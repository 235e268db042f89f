"""What the operator tells everybody, or some: in both languages, from a moment until another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.console import PAGE, Page
from core.actor import Actor
from core.errors import NotFound, Problem
from core.i18n import N_
from governance.models import Announcement
from governance.states import Audience

LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 8000


_KINDS: Final = {
    Audience.INSTITUTES: "institute",
    Audience.FIRMS: "firm",
    Audience.BROKERS: "brokerage",
}


@dataclass(frozen=True)
class Said:
    """What an operator wrote; instants are aware."""

    title: str
    title_en: str
    text: str
    text_en: str
    audience: str
    starts_at: datetime | None
    ends_at: datetime | None


def announcement_problems(said: Said) -> dict[str, list[Problem]]:
    """By field: both languages, a beginning and a later end."""
    problems: dict[str, list[Problem]] = {}
    for name, longest in (
        ("title", LONGEST_TITLE),
        ("title_en", LONGEST_TITLE),
        ("text", LONGEST_TEXT),
        ("text_en", LONGEST_TEXT),
    ):
        typed = getattr(said, name)
        if not typed.strip():
            problems[name] = [Problem("missing", N_("Write it in both languages."))]
        elif len(typed) > longest:
            words = N_("Shorten this to %(length)s characters.")
            problems[name] = [Problem("long", words, {"length": longest})]
    if said.audience not in set(Audience):
        problems["audience"] = [Problem("audience", N_("Choose who reads it."))]
    if said.starts_at is None:
        problems["starts_at"] = [Problem("starts_at", N_("Say from when it shows."))]
    if said.ends_at is None or (said.starts_at is not None and said.ends_at <= said.starts_at):
        problems["ends_at"] = [Problem("ends_at", N_("Say until when it shows, after its start."))]
    return problems


def may_read(actor: Actor, row: Announcement) -> bool:
    """Is the actor of its audience? Overseers read all."""
    if row.audience == Audience.EVERYBODY or actor.has("operator") or actor.has("auditor"):
        return True
    if actor.kind != "person":
        return False
    kind = _KINDS.get(Audience(row.audience))
    return kind is None or any(seat.kind == kind for seat in actor.seats)


def shows(row: Announcement, now: datetime) -> bool:
    """Is it the time for its banner?"""
    return row.withdrawn_at is None and row.starts_at <= now < row.ends_at


def standing(session: Session, now: datetime) -> Sequence[Announcement]:
    """Those whose time it is, the newest first, for any audience. One query."""
    a = Announcement
    when = a.starts_at <= now, a.ends_at > now, a.withdrawn_at.is_(None)
    return session.scalars(select(a).where(*when).order_by(a.starts_at.desc(), a.id)).all()


def begun(session: Session, actor: Actor, now: datetime, limit: int = PAGE) -> list[Announcement]:
    """Those of the actor's audience whose time has begun, the newest first; one taken back is
    gone."""
    a = Announcement
    when = a.starts_at <= now, a.withdrawn_at.is_(None)
    rows = session.scalars(select(a).where(*when).order_by(a.starts_at.desc(), a.id).limit(limit))
    return [row for row in rows if may_read(actor, row)]


def announcement(session: Session, actor: Actor, id: str, now: datetime) -> Announcement:
    """Raises NotFound where it has not begun, was taken back or is for others."""
    row = session.get(Announcement, id)
    if row is None or row.withdrawn_at is not None or row.starts_at > now:
        raise NotFound
    if not may_read(actor, row):
        raise NotFound
    return row


def announcements(session: Session, page: int = 1) -> Page:
    """Every one, for overseers, the newest first."""
    total = session.scalar(select(func.count()).select_from(Announcement)) or 0
    newest = select(Announcement).order_by(Announcement.made_at.desc(), Announcement.id)
    rows = session.scalars(newest.limit(PAGE).offset(PAGE * (page - 1))).all()
    return Page(list(rows), total, page)
