"""What pages ask of a room; every function takes a reading session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.queries import people_names
from core.actor import Actor
from datarooms.models import NdaText, Room, RoomFile, RoomQuestion, RoomView
from datarooms.permissions import Do, FileFacts, RoomFacts, load_facts, may, side_in


@dataclass(frozen=True)
class FileLine:
    """One file as a member sees it; `open` False: it says what would unlock it."""

    id: str
    name: str
    file_version: int
    level: str
    mine: bool
    size: int
    open: bool
    seen_by: tuple[str, ...]
    last_seen_at: datetime | None


@dataclass(frozen=True)
class RoomPage:
    """A room from one side. `promise` is the text to accept, None where nothing is to accept."""

    id: str
    side: str | None
    nda: int
    promised: bool
    promise: str | None
    files: tuple[FileLine, ...]
    questions: tuple[RoomQuestion, ...]


def room_page(session: Session, actor: Actor, ref: str, now: datetime) -> RoomPage | None:
    """The room of a Ref, or None for who may not enter. Eight statements, whatever it holds."""
    room = session.scalar(select(Room).where(Room.ref == ref))
    if room is None:
        return None
    facts = load_facts(session, actor, room, now)
    if not may(actor, Do.ENTER, facts):
        return None
    side = side_in(actor, facts.grants)
    files = [row for row in _files(session, room.id) if row.level != "own" or row.side == side]
    asked = select(RoomQuestion).where(RoomQuestion.room == room.id)
    return RoomPage(
        room.id,
        side,
        room.nda,
        facts.promised,
        None if facts.promised else _promise(session, room, actor.language),
        tuple(_lines(session, actor, facts, side, files)),
        tuple(session.scalars(asked.order_by(RoomQuestion.asked_at))),
    )


def _files(session: Session, room: str) -> list[RoomFile]:
    """The last version of each name."""
    rows = session.scalars(
        select(RoomFile)
        .where(RoomFile.room == room, RoomFile.removed_at.is_(None))
        .order_by(RoomFile.name, RoomFile.file_version)
    )
    return list({row.name: row for row in rows}.values())


def _lines(
    session: Session, actor: Actor, facts: RoomFacts, side: str | None, files: list[RoomFile]
) -> list[FileLine]:
    counted = (
        select(RoomView.file, RoomView.person, func.max(RoomView.at))
        .where(RoomView.file.in_([row.id for row in files]))
        .group_by(RoomView.file, RoomView.person)
    )
    seen: dict[str, dict[str, datetime]] = {}
    for file, person, at in session.execute(counted):
        seen.setdefault(file, {})[person] = at
    people = {person for one in seen.values() for person in one}
    names = people_names(session, people, actor.language)
    return [_line(actor, facts, side, row, seen.get(row.id, {}), names) for row in files]


def _line(
    actor: Actor,
    facts: RoomFacts,
    side: str | None,
    row: RoomFile,
    seen: dict[str, datetime],
    names: dict[str, str],
) -> FileLine:
    this = RoomFacts(facts.grants, facts.promised, FileFacts(row.side, row.level))
    return FileLine(
        row.id,
        row.name,
        row.file_version,
        row.level,
        row.side == side,
        row.size,
        may(actor, Do.VIEW, this),
        tuple(names.get(person, "") for person in seen),
        max(seen.values(), default=None),
    )


def _promise(session: Session, room: Room, language: str) -> str:
    rows = session.scalars(
        select(NdaText).where(NdaText.room == room.id, NdaText.version == room.nda)
    )
    texts = {row.language: row.text for row in rows}
    return texts.get(language) or next(iter(texts.values()), "")
