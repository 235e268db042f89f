"""Tables of data rooms. A room belongs to one Ref; nobody outside it is named in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Seq
from core.ids import new_id
from core.models import Base, Head, Owned


class Room(Base, Head):
    """`nda` is the version of the promise that files of level nda ask for; 0: none was set."""

    __tablename__ = "room"
    PREFIX = "room"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    ref: Mapped[str] = mapped_column(unique=True, info=FIXED)
    opened_at: Mapped[datetime] = mapped_column(info=FIXED)
    opened_by: Mapped[str | None] = mapped_column(info=FIXED)
    closed_at: Mapped[datetime | None]
    nda: Mapped[int] = mapped_column(default=0)


class _OfRoom(Owned):
    room: Mapped[str] = mapped_column(ForeignKey("room.id"), index=True, info=FIXED)

    @property
    def stream(self) -> str:
        return f"room:{self.room}"


class RoomMember(Base, _OfRoom):
    """A person, or everybody with a seat in an organisation, on one side, until `ends_at`."""

    __tablename__ = "room_member"
    __table_args__ = (
        CheckConstraint("(person IS NULL) <> (organisation IS NULL)", name="one_of"),
        CheckConstraint("side IN ('seller', 'buyer')", name="side"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    side: Mapped[str] = mapped_column(info=FIXED)
    person: Mapped[str | None] = mapped_column(index=True, info=FIXED)
    organisation: Mapped[str | None] = mapped_column(index=True, info=FIXED)
    of_organisation: Mapped[str | None] = mapped_column(info=FIXED)
    """Where a person is named: the seat without which the grant is void."""
    added_at: Mapped[datetime] = mapped_column(info=FIXED)
    added_by: Mapped[str | None] = mapped_column(info=FIXED)
    ends_at: Mapped[datetime | None]


class NdaText(Base, _OfRoom):
    """One version of the promise in one language. Never changed: a new text is a new version."""

    __tablename__ = "nda_text"
    room: Mapped[str] = mapped_column(ForeignKey("room.id"), primary_key=True, info=FIXED)
    version: Mapped[int] = mapped_column(primary_key=True, info=FIXED)
    language: Mapped[str] = mapped_column(primary_key=True, info=FIXED)
    text: Mapped[str] = mapped_column(info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)


class NdaAcceptance(Base, _OfRoom):
    """A person typed their name under a version, and showed a second factor. Append-only."""

    __tablename__ = "nda_acceptance"
    room: Mapped[str] = mapped_column(ForeignKey("room.id"), primary_key=True, info=FIXED)
    version: Mapped[int] = mapped_column(primary_key=True, info=FIXED)
    person: Mapped[str] = mapped_column(primary_key=True, info=FIXED)
    typed_name: Mapped[str]
    factor: Mapped[str] = mapped_column(default="", info=FIXED)
    """app, passkey or recovery; empty for what was accepted before one was asked"""
    at: Mapped[datetime] = mapped_column(info=FIXED)


class RoomFile(Base, _OfRoom):
    """One version of a file. `level`: own side, both sides, or both after the promise."""

    __tablename__ = "room_file"
    __table_args__ = (
        CheckConstraint("level IN ('own', 'both', 'nda')", name="level"),
        CheckConstraint("side IN ('seller', 'buyer')", name="side"),
        CheckConstraint("size >= 0", name="size"),
        UniqueConstraint("room", "name", "file_version"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    side: Mapped[str] = mapped_column(info=FIXED)
    level: Mapped[str] = mapped_column(info=FIXED)
    name: Mapped[str] = mapped_column(info=FIXED)
    file_version: Mapped[int] = mapped_column(info=FIXED)
    sha256: Mapped[str] = mapped_column(info=FIXED)
    media_type: Mapped[str] = mapped_column(info=FIXED)
    size: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    added_at: Mapped[datetime] = mapped_column(info=FIXED)
    added_by: Mapped[str | None] = mapped_column(info=FIXED)
    removed_at: Mapped[datetime | None]


class RoomView(Base, _OfRoom):
    """Who was given which file when, under which promise. Append-only."""

    __tablename__ = "room_view"
    __table_args__ = (Index("ix_room_view_file_at", "file", "at"),)
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    file: Mapped[str] = mapped_column(ForeignKey("room_file.id"), info=FIXED)
    person: Mapped[str] = mapped_column(info=FIXED)
    side: Mapped[str | None] = mapped_column(info=FIXED)
    nda: Mapped[int] = mapped_column(default=0, info=FIXED)
    at: Mapped[datetime] = mapped_column(info=FIXED)


class RoomQuestion(Base, _OfRoom):
    """A question of one side and its answer by the other."""

    __tablename__ = "room_question"
    __table_args__ = (CheckConstraint("side IN ('seller', 'buyer')", name="side"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    side: Mapped[str] = mapped_column(info=FIXED)
    asked_by: Mapped[str | None] = mapped_column(info=FIXED)
    asked_at: Mapped[datetime] = mapped_column(info=FIXED)
    text: Mapped[str] = mapped_column(info=FIXED)
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]
