"""Core tables: streams and their chain, and the rows that are the only queues."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Date, Index, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.columns import FIXED, Json, Seq, UtcDateTime
from core.ids import new_id

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the market; constraints are named so that migrations can speak of them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        date: Date,
        str: Text,
        dict[str, Any]: Json,
        list[str]: Json,
    }


class Owned:
    """A row that belongs to a stream: it may be written only under that stream's lock."""

    PREFIX: ClassVar[str] = ""
    """Set on the head row of a stream: 'deal', 'listing'."""
    INDEXED: ClassVar[str] = ""
    """The kind of search document that a change of this row makes stale."""

    @property
    def stream(self) -> str:
        raise NotImplementedError


class Head(Owned):
    """The row that a stream is named after. `version` makes every UPDATE conditional."""

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def was_public(self) -> bool:
        """Can search hold anything of it? What never was public leaves no tombstone either: the
        number of those would move the ranking that strangers see."""
        return True

    @property
    def stream(self) -> str:
        return f"{self.PREFIX}:{self.id}"


class Stream(Base):
    """Locked, chained and timed as one."""

    __tablename__ = "stream"
    key: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    hash: Mapped[str] = mapped_column(default="")
    last_at: Mapped[datetime]


class Audit(Base):
    """The chain: bodies hold ids, codes and numbers, so that payloads stay erasable."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("stream", "seq"),)
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    stream: Mapped[str]
    seq: Mapped[int] = mapped_column(BigInteger)
    prev: Mapped[str]
    hash: Mapped[str]
    body: Mapped[str]
    actor: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]


class Outbox(Base):
    """One row per fact and consumer; claimed by lease, `attempts` is the fencing token."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_ready", "state", "lane", "id"),
        CheckConstraint("state IN ('ready', 'dead')", name="state"),
    )
    id: Mapped[int] = mapped_column(Seq, primary_key=True)
    consumer: Mapped[str]
    topic: Mapped[str]
    ref: Mapped[str]
    lane: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="ready")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]


class Timer(Base):
    """When a stream must be settled: commands ask `due_at`, the sweeper `not_before`."""

    __tablename__ = "timer"
    stream: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(index=True)


class Job(Base, Head):
    """Long work in batches; each batch is one unit of work that moves `progress` with its rows."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('ready', 'done', 'failed', 'cancelled')", name="state"),
    )
    PREFIX = "job"
    kind: Mapped[str] = mapped_column(info=FIXED)
    ref: Mapped[str] = mapped_column(info=FIXED)
    person: Mapped[str | None] = mapped_column(info=FIXED)
    """On whose behalf: the rights are looked up again at every batch."""
    progress: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="ready", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012


class IndexState(Base):
    """A change raises `wanted`, which is the engine's external version; a row is never deleted."""

    __tablename__ = "index_state"
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    wanted: Mapped[int] = mapped_column(BigInteger, default=1)
    done: Mapped[int] = mapped_column(BigInteger, default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None] = mapped_column(index=True)
    """None: nothing to do."""


class Approval(Base):
    """The one two-person rule: a person approves a step once."""

    __tablename__ = "approval"
    ref: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Idempotency(Base):
    """The answer once given to a principal's key."""

    __tablename__ = "idempotency"
    principal: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    response: Mapped[str]
    at: Mapped[datetime]


class Change(Base):
    """The public change feed, numbered after commit by the one sequencer."""

    __tablename__ = "change"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[str] = mapped_column(index=True)
    op: Mapped[str]
    at: Mapped[datetime]


class Feed(Base, Head):
    """Head row of the change feed's stream: `last` is the number given last."""

    __tablename__ = "feed"
    PREFIX = "feed"
    last: Mapped[int] = mapped_column(BigInteger, default=0)
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012


class StoredFile(Base):
    """What the file store holds, by content. Who may read it is said where it is referred to."""

    __tablename__ = "stored_file"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    at: Mapped[datetime]
