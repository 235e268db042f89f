"""What people keep and pass on: saved items, share links, and visits that came through them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Seq
from core.models import Base, Owned


class SavedItem(Base, Owned):
    """A listing or need that a person keeps; belongs to the person's stream."""

    __tablename__ = "saved_item"
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(primary_key=True, index=True)
    saved_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")

    @property
    def stream(self) -> str:
        return f"person:{self.person}"


class ShareLink(Base):
    """A code that names who passed a page on. Append-only."""

    __tablename__ = "share_link"
    code: Mapped[str] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(index=True, info=FIXED)
    person: Mapped[str | None] = mapped_column(index=True, info=FIXED)
    organisation: Mapped[str | None] = mapped_column(info=FIXED)
    channel: Mapped[str] = mapped_column(default="link", info=FIXED)
    created_at: Mapped[datetime]


class ShareVisit(Base):
    """Somebody came through a share link. Append-only; `visitor` is a salted hash or a person."""

    __tablename__ = "share_visit"
    n: Mapped[int] = mapped_column(Seq, primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("share_link.code"), index=True)
    visitor: Mapped[str | None]
    person: Mapped[str | None]
    at: Mapped[datetime]
