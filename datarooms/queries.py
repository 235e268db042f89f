"""What pages ask of a room; every function takes a reading session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.queries import names_in, organisation_names, people_names
from accounts.states import Role
from core.actor import Actor
from datarooms.models import (
    NdaAcceptance,
    NdaText,
    Room,
    RoomFile,
    RoomMember,
    RoomQuestion,
    RoomView,
)
from datarooms.permissions import Do, FileFacts, RoomFacts, load_facts, may, own_house, side_in


@dataclass(frozen=True)
class Look:
    """Somebody who was given a version of a file: how often, and when last."""

    name: str
    times: int
    at: datetime


@dataclass(frozen=True)
class FileLine:
    """One version of a file as a member sees it; `open` False: it says what would unlock it.
    `older`: the versions before it, the newest first."""

    id: str
    name: str
    file_version: int
    level: str
    mine: bool
    size: int
    added_at: datetime
    open: bool
    looks: tuple[Look, ...]
    older: tuple[FileLine, ...] = ()


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
    closed_at: datetime | None = None


@dataclass(frozen=True)
class MemberLine:
    """Who is let in: a person, or (`person` None) everybody who acts for an organisation.
    `may_end`: by the reader."""

    id: str
    side: str
    person: str | None
    name: str
    since: datetime
    until: datetime | None
    may_end: bool


@dataclass(frozen=True)
class PromiseLine:
    """Who accepted which version of the terms when, and by which second factor."""

    name: str
    version: int
    factor: str
    at: datetime


@dataclass(frozen=True)
class RoomPeople:
    """The people of a room. `colleagues`: names by id of whom the reader may let in; `words`: the
    terms in force by language, where the reader may word them anew, else empty."""

    members: tuple[MemberLine, ...]
    promises: tuple[PromiseLine, ...]
    colleagues: dict[str, str]
    words: dict[str, str]


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
        _newest(_lines(session, actor, facts, side, files)),
        tuple(session.scalars(asked.order_by(RoomQuestion.asked_at))),
        room.closed_at,
    )


def room_people(session: Session, actor: Actor, room: str, now: datetime) -> RoomPeople:
    """Of a room that the actor may enter. Constant in statements."""
    row = session.get_one(Room, room)
    facts = load_facts(session, actor, row, now)
    side, house = side_in(actor, facts.grants), own_house(actor, facts.grants)
    adds = may(actor, Do.LEAD, facts) and house is not None and not facts.closed
    inside = {one.person for one in facts.grants if one.side == side and not one.ended}
    among = colleagues(session, house, now, actor.language) if adds and house else {}
    words = may(actor, Do.WORD, facts) and not facts.closed
    return RoomPeople(
        _members(session, actor, room, side if may(actor, Do.LEAD, facts) else None),
        _promises(session, actor, room),
        {id: name for id, name in among.items() if id not in inside},
        _texts(session, row) if words else {},
    )


def colleagues(session: Session, house: str, now: datetime, language: str) -> dict[str, str]:
    """Names by id of those who now have a seat in an organisation."""
    return names_in(session, [house], now, list(Role), language)


def _members(
    session: Session, actor: Actor, room: str, leading: str | None
) -> tuple[MemberLine, ...]:
    of_room = select(RoomMember).where(RoomMember.room == room)
    rows = session.scalars(of_room.order_by(RoomMember.side.desc(), RoomMember.added_at)).all()
    people = people_names(session, _known(row.person for row in rows), actor.language)
    houses = _known(row.organisation for row in rows)
    names = people | organisation_names(session, houses, actor.language)
    return tuple(
        MemberLine(
            row.id,
            row.side,
            row.person,
            names.get(row.person or row.organisation or "", ""),
            row.added_at,
            row.ends_at,
            row.side == leading and row.of_organisation is not None and row.ends_at is None,
        )
        for row in rows
    )


def _promises(session: Session, actor: Actor, room: str) -> tuple[PromiseLine, ...]:
    of_room = select(NdaAcceptance).where(NdaAcceptance.room == room)
    rows = session.scalars(of_room.order_by(NdaAcceptance.at.desc())).all()
    names = people_names(session, (row.person for row in rows), actor.language)
    return tuple(
        PromiseLine(names.get(row.person, ""), row.version, row.factor, row.at) for row in rows
    )


def _known(ids: Iterable[str | None]) -> set[str]:
    return {id for id in ids if id is not None}


def _files(session: Session, room: str) -> list[RoomFile]:
    """Every version that was not taken out, by name, the newest first."""
    rows = session.scalars(
        select(RoomFile)
        .where(RoomFile.room == room, RoomFile.removed_at.is_(None))
        .order_by(RoomFile.name, RoomFile.file_version.desc())
    )
    return list(rows)


def _newest(lines: list[FileLine]) -> tuple[FileLine, ...]:
    """The last version of each name, with those before it."""
    by_name: dict[str, list[FileLine]] = {}
    for line in lines:
        by_name.setdefault(line.name, []).append(line)
    return tuple(replace(first, older=tuple(older)) for first, *older in by_name.values())


def _lines(
    session: Session, actor: Actor, facts: RoomFacts, side: str | None, files: list[RoomFile]
) -> list[FileLine]:
    counted = (
        select(RoomView.file, RoomView.person, func.count(), func.max(RoomView.at))
        .where(RoomView.file.in_([row.id for row in files]))
        .group_by(RoomView.file, RoomView.person)
    )
    rows = session.execute(counted).all()
    names = people_names(session, {person for _, person, _, _ in rows}, actor.language)
    seen: dict[str, list[Look]] = {}
    for file, person, times, at in rows:
        seen.setdefault(file, []).append(Look(names.get(person, ""), times, at))
    return [_line(actor, facts, side, row, seen.get(row.id, [])) for row in files]


def _line(
    actor: Actor, facts: RoomFacts, side: str | None, row: RoomFile, looks: list[Look]
) -> FileLine:
    this = replace(facts, file=FileFacts(row.side, row.level))
    return FileLine(
        row.id,
        row.name,
        row.file_version,
        row.level,
        row.side == side,
        row.size,
        row.added_at,
        may(actor, Do.VIEW, this),
        tuple(sorted(looks, key=lambda look: look.at, reverse=True)),
    )


def _promise(session: Session, room: Room, language: str) -> str:
    texts = _texts(session, room)
    return texts.get(language) or next(iter(texts.values()), "")


def _texts(session: Session, room: Room) -> dict[str, str]:
    rows = session.scalars(
        select(NdaText).where(NdaText.room == room.id, NdaText.version == room.nda)
    )
    return {row.language: row.text for row in rows}
