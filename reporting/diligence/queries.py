"""Which diligence files were taken of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import people_names
from core.actor import Actor
from core.errors import NotFound
from deals.models import Deal
from reporting.diligence.models import DiligenceFile
from reporting.diligence.permissions import check_may_take, may_take


@dataclass(frozen=True)
class Taken:
    """One file: its SHA-256, octets, and who took it when."""

    sha256: str
    size: int
    made_at: datetime
    by: str


def taken(session: Session, actor: Actor, row: Deal) -> tuple[Taken, ...] | None:
    """Newest first; None for whoever may not take one. Two queries at most."""
    if not may_take(actor, row):
        return None
    files = session.scalars(
        select(DiligenceFile).where(DiligenceFile.deal == row.id).order_by(DiligenceFile.n.desc())
    ).all()
    names = people_names(session, {one.made_by for one in files if one.made_by}, actor.language)
    return tuple(
        Taken(one.sha256, one.size, one.made_at, names.get(one.made_by or "", "")) for one in files
    )


def file_of(session: Session, actor: Actor, deal: str, sha256: str) -> str:
    """The hash again, where such a file was taken of this deal. Raises NotFound, Forbidden."""
    check_may_take(session, actor, deal)
    mine = DiligenceFile.deal == deal, DiligenceFile.sha256 == sha256
    if session.scalar(select(DiligenceFile.n).where(*mine).limit(1)) is None:
        raise NotFound(ref=f"deal:{deal}")
    return sha256
