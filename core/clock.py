"""The one clock, a port: read in a statement after the lock, never by the caller."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, bindparam, func

from core.columns import UtcDateTime


class Clock(Protocol):
    """`sql` may be built once; `params` is called after the lock, just before its statement."""

    sql: ColumnElement[datetime]

    def params(self) -> dict[str, Any]: ...


class HostClock:
    """SQLite: read in Python, so `params()` is called only after BEGIN IMMEDIATE was granted."""

    sql: ColumnElement[datetime] = bindparam("host_now", type_=UtcDateTime)

    def params(self) -> dict[str, Any]:
        return {"host_now": datetime.now(UTC)}


class DatabaseClock:
    """PostgreSQL: clock_timestamp(), never now(), which is the transaction's start."""

    sql: ColumnElement[datetime] = func.clock_timestamp(type_=UtcDateTime)

    def params(self) -> dict[str, Any]:
        return {}


class SetClock:
    """A clock that stands where it is put: for tests, and for telling the sample market's story."""

    sql: ColumnElement[datetime] = bindparam("set_now", type_=UtcDateTime)

    def __init__(self, now: datetime) -> None:
        self.now = now

    def params(self) -> dict[str, Any]:
        return {"set_now": self.now}
