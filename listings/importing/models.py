"""Tables of the import: one row per upload, what needs a person's decision, what is remembered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import FIXED, Json
from core.models import Base, Head, Owned
from listings.importing.states import Decision, ImportState
from listings.models._checks import one_of


class Import(Base, Head):
    """One uploaded file on its way in. Its rows live in files, not here: they may be millions."""

    __tablename__ = "import"
    __table_args__ = (
        one_of("state", ImportState),
        CheckConstraint("size >= 0", name="size"),
        Index("ix_import_owner_created", "owner_org", "created_at"),
    )
    PREFIX = "import"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    owner_org: Mapped[str] = mapped_column(info=FIXED)
    person: Mapped[str | None] = mapped_column(info=FIXED)
    sha256: Mapped[str] = mapped_column(info=FIXED)
    name: Mapped[str] = mapped_column(info=FIXED)
    size: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    created_at: Mapped[datetime] = mapped_column(info=FIXED)
    state: Mapped[str] = mapped_column(default=ImportState.DESCRIBED)
    description: Mapped[dict[str, Any]]
    mapping: Mapped[dict[str, Any]]
    publish: Mapped[bool] = mapped_column(default=False)
    job: Mapped[str | None]
    """The job at work: the check, then the run."""
    staged: Mapped[str | None]
    """Content hash of the checked records, one JSON line each."""
    staged_size: Mapped[int | None] = mapped_column(BigInteger)
    errors_file: Mapped[str | None]
    """Content hash of the error file, CSV with a byte order mark."""
    problem: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """Why the file as a whole was refused: {"code", "params"}."""
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """rows, ready, refused, duplicates, unchanged, skipped; then imported and the rest."""
    examples: Mapped[list[Any]] = mapped_column(Json, default=list)
    """The first problems for the page; the error file has all."""


class ImportReview(Base, Owned):
    """A row that looks like something already there: a person decides, nothing is merged."""

    __tablename__ = "import_review"
    __table_args__ = (
        one_of("decision", Decision),
        CheckConstraint("because IN ('number', 'title')", name="because"),
    )
    import_id: Mapped[str] = mapped_column(ForeignKey("import.id"), primary_key=True, info=FIXED)
    row: Mapped[int] = mapped_column(primary_key=True)
    because: Mapped[str]
    title: Mapped[str]
    other_title: Mapped[str]
    other_listing: Mapped[str | None]
    other_row: Mapped[int | None]
    number: Mapped[str | None]
    score: Mapped[int]
    """How alike the titles are, 0 to 100."""
    decision: Mapped[str] = mapped_column(default=Decision.SKIP)

    @property
    def stream(self) -> str:
        return f"import:{self.import_id}"


class RememberedColumn(Base):
    """What an organisation last assigned to a column of this name; "" for ignored."""

    __tablename__ = "import_column"
    owner_org: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str]


class TitleKey(Base):
    """Where a title falls when alike titles are looked for: three hashes of its letters."""

    __tablename__ = "title_key"
    listing: Mapped[str] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    title: Mapped[str]
    band_a: Mapped[int] = mapped_column(BigInteger, index=True)
    band_b: Mapped[int] = mapped_column(BigInteger, index=True)
    band_c: Mapped[int] = mapped_column(BigInteger, index=True)
