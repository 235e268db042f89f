"""Versions of the market's own texts, and what people said to them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import OfPerson
from core.columns import FIXED
from core.ids import new_id
from core.models import Base, Head


class ConsentText(Base, Head):
    """One version, in both languages. It never changes: a correction is another version."""

    __tablename__ = "consent_text"
    __table_args__ = (
        UniqueConstraint("kind", "takes_effect"),
        CheckConstraint("kind IN ('terms', 'privacy')", name="kind"),
    )
    PREFIX = "text"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    kind: Mapped[str] = mapped_column(info=FIXED)
    takes_effect: Mapped[date] = mapped_column(info=FIXED)
    text: Mapped[str] = mapped_column(info=FIXED)
    text_en: Mapped[str] = mapped_column(info=FIXED)
    published_by: Mapped[str | None] = mapped_column(info=FIXED)
    published_at: Mapped[datetime] = mapped_column(info=FIXED)

    def said(self, language: str) -> str:
        return self.text_en if language == "en" else self.text


class Consent(Base, OfPerson):
    """A person has agreed to the terms, or read the privacy text, in this version."""

    __tablename__ = "consent"
    __table_args__ = (
        UniqueConstraint("person", "text"),
        CheckConstraint("kind IN ('terms', 'privacy')", name="kind"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(info=FIXED)
    text: Mapped[str | None] = mapped_column(ForeignKey("consent_text.id"), info=FIXED)
    """None: the text that the market ships, before the operator published one of its own."""
    at: Mapped[datetime] = mapped_column(info=FIXED)
