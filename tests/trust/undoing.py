"""What is written is read again, as after a commit, and is gone afterwards: a form that changes
what it stands on can be sent a hundred times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from core.database import Database


@contextmanager
def undone(database: Database) -> Iterator[Connection]:
    """Reads and writes of SQLite go through one transaction, in one thread; every commit is a
    savepoint of it, and leaving rolls it back."""
    with database.writer.connect() as connection:
        connection.exec_driver_sql("SELECT 1")  # BEGIN is sent here

        @contextmanager
        def read() -> Iterator[Session]:
            with Session(connection, expire_on_commit=False, autoflush=False,
                         join_transaction_mode="rollback_only") as session:  # fmt: skip
                yield session

        @contextmanager
        def write(*, background: bool = False) -> Iterator[Session]:
            with Session(connection, autobegin=False,
                         join_transaction_mode="create_savepoint") as session:  # fmt: skip
                session.begin()
                session.connection()
                yield session

        instead: Any = {"read": read, "write": write}
        vars(database).update(instead)
        try:
            yield connection
        finally:
            for name in instead:
                delattr(database, name)
            connection.rollback()
