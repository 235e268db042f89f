"""What a commit writes besides the rows: claims, reply, chain, outbox, timers, marks.

Always in this order, and rows of one table by key: two commits can wait for each other, never
deadlock. Statements are built once: building one costs more than SQLite takes to run it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, delete, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.errors import LeaseLost, Misuse
from core.models import Audit, Idempotency, IndexState, Outbox, Stream, Timer
from core.results import Result
from core.verify import chain_hash

if TYPE_CHECKING:
    from core.unit_of_work import UnitOfWork


def lock_number(stream: str) -> int:
    """The stream's advisory lock on PostgreSQL: 64 bits, signed."""
    return int.from_bytes(hashlib.sha256(stream.encode()).digest()[:8], "big", signed=True)


def old_reply(session: Session, principal: str, key: str) -> tuple[str, str] | None:
    """(request hash, response) once given to this key."""
    row = session.connection().execute(_OLD_REPLY, {"principal": principal, "key": key}).first()
    return None if row is None else (row.request_hash, row.response)


def write(uow: UnitOfWork, session: Session, result: Result | None) -> None:
    """Everything that goes with the rows, in one transaction with them."""
    now = uow.now(session)
    _cross_out(session, uow.claims)
    if uow.key and result is not None:
        _remember(session, uow, result, now)
    _lengthen_chains(session, uow)
    letters = _letters(uow, now)
    if letters:
        session.connection().execute(_NEW_LETTERS, letters)
    _set_timers(session, uow)
    mark_stale(session, uow.marks, now)


def _cross_out(session: Session, claims: list[tuple[int, int]]) -> None:
    """Facts are crossed out in the reaction's own commit, and only by whoever holds the claim."""
    if not claims:
        return
    mine = tuple_(Outbox.id, Outbox.attempts).in_(sorted(claims))
    if session.connection().execute(delete(Outbox).where(mine)).rowcount != len(claims):
        raise LeaseLost


def _remember(session: Session, uow: UnitOfWork, result: Result, now: datetime) -> None:
    reply = {
        "principal": uow.actor.key,
        "key": uow.key,
        "request_hash": uow.request,
        "response": result.dump(),
        "at": now,
    }
    session.connection().execute(_NEW_REPLY, [reply])


def _lengthen_chains(session: Session, uow: UnitOfWork) -> None:
    heads: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    run = session.connection().execute
    actor = uow.actor.key
    for key, at in sorted(uow.held.items()):
        for what, ids in at.entries:
            prev, at.seq = at.hash, at.seq + 1
            said = {"what": what, "ids": json.loads(ids), "actor": actor, "at": str(at.now)}
            body = json.dumps(said, sort_keys=True)
            at.hash = chain_hash(prev, key, at.seq, body)
            entry = {"stream": key, "seq": at.seq, "prev": prev, "hash": at.hash}
            entries.append({**entry, "body": body, "actor": actor, "at": at.now})
        head = {"key": key, "seq": at.seq, "hash": at.hash, "last_at": at.now}
        if at.fresh:
            heads.append(head)
        elif at.entries:
            run(_MOVE_HEAD, {**head, "k": key})
    if heads:
        run(_NEW_HEADS, heads)
    if entries:
        run(_NEW_ENTRIES, entries)


def _letters(uow: UnitOfWork, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "consumer": reaction.consumer,
            "topic": fact.topic,
            "ref": fact.ref,
            "lane": uow.lane,
            "state": "ready",
            "attempts": 0,
            "not_before": now,
        }
        for fact in uow.facts
        for reaction in uow.executor.reactions
        if fact.topic in reaction.topics
    ]


def _set_timers(session: Session, uow: UnitOfWork) -> None:
    run = session.connection().execute
    for (stream, kind), due in sorted(uow.timers.items(), key=lambda item: item[0]):
        run(delete(Timer).where(Timer.stream == stream, Timer.kind == kind))
        if due is not None:
            row = {"stream": stream, "kind": kind, "due_at": due, "attempts": 0, "not_before": due}
            run(insert(Timer), [row])
    if uow.settling and uow.settling in uow.held:
        now = uow.held[uow.settling].now
        left = select(Timer.kind).where(Timer.stream == uow.settling, Timer.due_at <= now)
        if stuck := list(run(left).scalars()):
            raise Misuse(f"settling {uow.settling} left {stuck} due: commands would wait for ever")


def mark_stale(session: Session, marks: Iterable[tuple[str, str]], now: datetime) -> None:
    """The index lacks these (kind, id) from `now` on. One statement a row: what the indexer writes
    beside it is read again under the row's lock."""
    start = {"wanted": 1, "done": 0, "attempts": 0, "not_before": now}
    rows = [{"kind": kind, "id": id, **start} for kind, id in sorted(marks)]
    if rows:
        connection = session.connection()
        embedded = connection.dialect.name == "sqlite"
        connection.execute(_MARK_SQLITE if embedded else _MARK_POSTGRES, rows)


def _mark(statement: Any) -> Any:
    """A change wants one version more; a row that is being retried keeps its back-off."""
    later = case(
        (IndexState.attempts > 0, IndexState.not_before), else_=statement.excluded.not_before
    )
    return statement.on_conflict_do_update(
        index_elements=["kind", "id"],
        set_={"wanted": IndexState.wanted + 1, "not_before": later},
    )


_OLD_REPLY = select(Idempotency.request_hash, Idempotency.response).where(
    Idempotency.principal == bindparam("principal"), Idempotency.key == bindparam("key")
)
_NEW_REPLY = insert(Idempotency)
_NEW_HEADS = insert(Stream)
_NEW_ENTRIES = insert(Audit)
_NEW_LETTERS = insert(Outbox)
_MOVE_HEAD = (
    update(Stream)
    .where(Stream.key == bindparam("k"))
    .values(seq=bindparam("seq"), hash=bindparam("hash"), last_at=bindparam("last_at"))
)
_MARK_SQLITE = _mark(sqlite.insert(IndexState))
_MARK_POSTGRES = _mark(postgresql.insert(IndexState))
