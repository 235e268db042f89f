"""The table of templates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from contracts.sheet import EDITIONS
from core.columns import FIXED
from core.models import Base, Head

_EDITIONS = ", ".join(f"'{edition}'" for edition in EDITIONS)


class ContractTemplate(Base, Head):
    """A Word template of an organisation. What it says never changes: another text is another
    template."""

    __tablename__ = "contract_template"
    __table_args__ = (
        CheckConstraint(f"edition IN ({_EDITIONS})", name="edition"),
        CheckConstraint("(retired_by IS NULL) = (retired_at IS NULL)", name="retired"),
    )
    PREFIX = "contract_template"
    __mapper_args__ = {"version_id_col": Head.version}  # noqa: RUF012
    owner_org: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True, info=FIXED)
    name: Mapped[str] = mapped_column(info=FIXED)
    edition: Mapped[str] = mapped_column(info=FIXED)
    sha256: Mapped[str] = mapped_column(info=FIXED)
    size: Mapped[int] = mapped_column(BigInteger, info=FIXED)
    added_by: Mapped[str] = mapped_column(info=FIXED)
    added_at: Mapped[datetime] = mapped_column(info=FIXED)
    retired_by: Mapped[str | None]
    retired_at: Mapped[datetime | None]
