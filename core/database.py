"""Two databases behind one door: read() and write(). Nothing else opens a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from core.clock import Clock, DatabaseClock, HostClock
from core.turnstile import Turnstile

POSTGRES_LIMITS: Final = (
    "-c lock_timeout=3s -c idle_in_transaction_session_timeout=3s -c statement_timeout=5s"
)
SQLITE_DURABILITY = "synchronous=FULL"
"""What was answered survives the loss of power."""
_ADVISORY: Final = text("SELECT pg_advisory_xact_lock(:k)")


class Database:
    """One database of either kind, and the market's clock.

    SQLite has one writer, let in by a turnstile; PostgreSQL has advisory locks per stream.
    """

    def __init__(self, url: str, clock: Clock | None = None, pool: int = 40) -> None:
        parsed = make_url(url)
        self.url = url
        self.sqlite = parsed.get_backend_name() == "sqlite"
        self.clock: Clock = clock or (HostClock() if self.sqlite else DatabaseClock())
        if self.sqlite:
            path = _prepare_file(parsed)
            self.turnstile = Turnstile(path)
            self.writer = _sqlite_engine(url, "BEGIN IMMEDIATE", read_only=False, pool=1)
            self.reader = _sqlite_engine(url, "BEGIN", read_only=True, pool=pool)
            return
        self.writer = create_engine(
            url,
            pool_size=pool,
            max_overflow=0,
            pool_pre_ping=True,
            connect_args={"options": POSTGRES_LIMITS},
            isolation_level="READ COMMITTED",
        )
        self.reader = self.writer.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One snapshot, no writes: deferred BEGIN, or REPEATABLE READ READ ONLY."""
        with Session(self.reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self, *, background: bool = False) -> Iterator[Session]:
        """Holds the write lock on SQLite. The caller commits; leaving without that rolls back."""
        turn = self.turnstile(background=background) if self.sqlite else nullcontext()
        with turn, Session(self.writer, autobegin=False) as session:
            session.begin()
            session.connection()  # BEGIN IMMEDIATE is sent here, not at the first statement
            yield session

    def now(self, session: Session) -> datetime:
        """The market's time, read by this session's database."""
        return session.execute(select(self.clock.sql), self.clock.params()).scalar_one()

    def lock(self, session: Session, number: int) -> None:
        """A statement of its own, so that the next one sees what the last holder wrote."""
        if not self.sqlite:
            session.connection().execute(_ADVISORY, {"k": number})

    def dispose(self) -> None:
        self.writer.dispose()
        self.reader.dispose()


def lost(error: DBAPIError) -> bool:
    """Whether the server could not be reached, or went away while it worked."""
    unreached = isinstance(error, OperationalError) and error.statement is None
    return error.connection_invalidated or unreached


def _prepare_file(url: URL) -> str:
    """WAL is a property of the file: set when it is made; at every connect it would collide."""
    if not url.database or url.database == ":memory:":
        raise ValueError("SQLite needs a file: several connections must see the same data")
    path = Path(url.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
    return str(path)


def _sqlite_engine(url: str, begin: str, *, read_only: bool, pool: int) -> Engine:
    engine = create_engine(url, pool_size=pool, max_overflow=0, connect_args={"timeout": 5.0})

    @event.listens_for(engine, "connect")
    def connect(dbapi: Any, _record: object) -> None:
        dbapi.isolation_level = None  # the driver must not begin by itself
        for pragma in (SQLITE_DURABILITY, "foreign_keys=ON", f"query_only={int(read_only)}"):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
