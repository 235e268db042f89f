"""Keeps the engine equal to the database: what changed is read again and written by version.

A change raises `index_state.wanted` in its own transaction; that number is the document's version
at the engine. Nothing here runs inside a unit of work, and the engine may be away: rows then wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session

from core.database import Database
from core.models import IndexState
from search.documents import Document, fingerprint
from search.errors import IndexBusy, SearchUnavailable
from search.port import Entry, Progress, SearchEngine

log = structlog.get_logger()

Loader = Callable[[Session, Sequence[str]], Mapping[str, Document]]
"""Documents of one kind by id; what is missing from the answer must not be found any more."""
Loaders = Mapping[str, Loader]

BATCH: Final = 100
PAGE: Final = 500
LONGEST_WAIT: Final = 60.0


class Indexer:
    """The worker's task: each call writes one batch; gives the number of rows it dealt with."""

    def __init__(
        self, database: Database, engine: SearchEngine, loaders: Loaders, batch: int = BATCH
    ) -> None:
        self._database, self._engine, self._loaders, self._batch = database, engine, loaders, batch

    def __call__(self) -> int:
        with self._database.read() as session:
            behind = self._behind(session)
            loaded = self._load(session, behind) if behind else {}
        if not behind:
            return 0
        try:
            self._write(behind, loaded)
        except (IndexBusy, SearchUnavailable) as error:
            log.info("index waits", reason=type(error).__name__, error=str(error)[:300])
            return 0
        return len(behind)

    def _behind(self, session: Session) -> list[IndexState]:
        """Reads `wanted` first and the document after it: else old text could be called new."""
        now = self._database.now(session)
        due = select(IndexState).where(IndexState.not_before <= now)
        return list(session.scalars(due.order_by(IndexState.not_before).limit(self._batch)))

    def _load(self, session: Session, rows: list[IndexState]) -> dict[tuple[str, str], Any]:
        """One document that cannot be made must not hold up the other ninety-nine."""
        loaded: dict[tuple[str, str], Any] = {}
        for kind in {row.kind for row in rows}:
            ids = [row.id for row in rows if row.kind == kind]
            try:
                found = _documents(self._loaders, session, kind, ids)
                loaded |= {(kind, id_): found.get(id_) for id_ in ids}
            except Exception:  # noqa: BLE001  which one it was is found by asking one by one
                for id_ in ids:
                    loaded[kind, id_] = self._load_one(session, kind, id_)
        return loaded

    def _load_one(self, session: Session, kind: str, id_: str) -> Document | Exception | None:
        try:
            return _documents(self._loaders, session, kind, [id_]).get(id_)
        except Exception as error:  # noqa: BLE001  it is tried again later, ever more seldom
            log.warning("document", kind=kind, id=id_, error=repr(error)[:300])
            return error

    def _write(self, rows: list[IndexState], loaded: Mapping[tuple[str, str], Any]) -> None:
        good = [row for row in rows if not isinstance(loaded[row.kind, row.id], Exception)]
        entries = [Entry(r.kind, r.id, r.wanted, loaded[r.kind, r.id]) for r in good]
        held = dict(zip(good, self._engine.write(entries), strict=True)) if entries else {}
        with self._database.write(background=True) as session:
            now = self._database.now(session)
            done = [row for row in rows if held.get(row, 0) >= row.wanted]
            late = [row for row in rows if held.get(row, 0) < row.wanted]
            _settle(session, [{"k": r.kind, "i": r.id, "v": held[r]} for r in done], now)
            for row in late:
                wait = now + timedelta(seconds=min(LONGEST_WAIT, 0.5 * 2**row.attempts))
                again = update(IndexState).where(*_same(row.kind, row.id))
                values = {"attempts": row.attempts + 1, "not_before": wait}
                session.connection().execute(again.values(values))
            session.commit()


def reindex(
    database: Database, engine: SearchEngine, loaders: Loaders, progress: Progress | None = None
) -> int:
    """Builds the index anew from the database, beside the one in use; gives the entries written.

    Raises IndexBusy if another process does so already.
    """
    return engine.rebuild(_everything(database, loaders), progress)


def ensure(database: Database, engine: SearchEngine, loaders: Loaders) -> int | None:
    """Rebuilds if the engine says that it must; None if it need not or another process does.

    Raises SearchUnavailable.
    """
    reason = engine.health().needs_rebuild
    if not reason:
        return None
    log.info("index is rebuilt", reason=reason)
    try:
        return reindex(database, engine, loaders)
    except IndexBusy:
        return None


@dataclass(frozen=True, slots=True)
class Difference:
    """References ("listing:…") by what is wrong; `pending` is only late, the rest is wrong."""

    missing: tuple[str, ...]
    ghosts: tuple[str, ...]
    """Found although the database says they must not be."""
    stale: tuple[str, ...]
    pending: tuple[str, ...]
    checked: int

    @property
    def clean(self) -> bool:
        return not (self.missing or self.ghosts or self.stale)


def check(database: Database, engine: SearchEngine, loaders: Loaders) -> Difference:
    """Compares every document's hash with the engine's. What is still to be written is no fault."""
    held = {(e.kind, e.id): e for e in engine.listing()}
    missing: list[str] = []
    ghosts: list[str] = []
    stale: list[str] = []
    pending = _pending(database)
    checked = 0
    for entry in _everything(database, loaders):
        checked += 1
        found = held.pop((entry.kind, entry.id), None)
        reference = f"{entry.kind}:{entry.id}"
        if reference in pending:
            continue
        have = found.hash if found else ""
        want = fingerprint(entry.document.to_json()) if entry.document else ""
        if want and not have:
            missing.append(reference)
        elif have and not want:
            ghosts.append(reference)
        elif have != want:
            stale.append(reference)
    ghosts += [f"{kind}:{id_}" for (kind, id_), entry in held.items() if entry.hash]
    return Difference(tuple(missing), tuple(ghosts), tuple(stale), tuple(sorted(pending)), checked)


def lag(session: Session) -> int:
    """How many documents the index is behind by."""
    rows = select(func.count()).select_from(IndexState).where(IndexState.done < IndexState.wanted)
    return session.scalar(rows) or 0


def waiting_since(session: Session) -> datetime | None:
    """When the oldest change that the index lacks was due to be written."""
    return session.scalar(select(func.min(IndexState.not_before)))


def _everything(database: Database, loaders: Loaders) -> Iterator[Entry]:
    """All rows, tombstones too, each page in a snapshot of its own so that none grows old."""
    last: tuple[str, str] = ("", "")
    while True:
        with database.read() as session:
            rows = session.execute(_page_after(*last)).all()
            documents = {
                kind: _documents(loaders, session, kind, [r.id for r in rows if r.kind == kind])
                for kind in {row.kind for row in rows}
            }
        for row in rows:
            yield Entry(row.kind, row.id, row.wanted, documents[row.kind].get(row.id))
        if len(rows) < PAGE:
            return
        last = (rows[-1].kind, rows[-1].id)


def _page_after(kind: str, id_: str) -> Select[str, str, int]:
    row = IndexState
    later = or_(row.kind > kind, and_(row.kind == kind, row.id > id_))
    return select(row.kind, row.id, row.wanted).where(later).order_by(row.kind, row.id).limit(PAGE)


def _documents(
    loaders: Loaders, session: Session, kind: str, ids: Sequence[str]
) -> Mapping[str, Document]:
    """A kind that nobody loads is not searched for."""
    loader = loaders.get(kind)
    return loader(session, ids) if loader else {}


def _pending(database: Database) -> set[str]:
    with database.read() as session:
        late = select(IndexState.kind, IndexState.id).where(IndexState.done < IndexState.wanted)
        return {f"{row.kind}:{row.id}" for row in session.execute(late)}


def _same(kind: Any, id_: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (IndexState.kind == kind, IndexState.id == id_)


def _settle(session: Session, done: list[dict[str, Any]], now: Any) -> None:
    """A row marked again while we were at the engine stays due."""
    if not done:
        return
    again = case((IndexState.wanted > bindparam("v"), now), else_=None)
    mine = (*_same(bindparam("k"), bindparam("i")), IndexState.done <= bindparam("v"))
    statement = update(IndexState).where(*mine)
    values = {"done": bindparam("v"), "attempts": 0, "not_before": again}
    ordered = sorted(done, key=lambda row: (row["k"], row["i"]))
    session.connection().execute(statement.values(values), ordered)
