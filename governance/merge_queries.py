"""Merges of organisations as overseers see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.console import PAGE
from accounts.models import Organisation
from accounts.queries import people_names
from core.errors import NotFound
from governance.merging import obstacles
from governance.models import OrganisationMerge


@dataclass(frozen=True)
class MergePage:
    """`reasons`: why it cannot be approved now."""

    row: OrganisationMerge
    absorbed: Organisation
    survivor: Organisation
    people: dict[str, str]
    reasons: list[str]


def merges(session: Session) -> Sequence[OrganisationMerge]:
    """The newest fifty, those that wait first. One query."""
    m = OrganisationMerge
    order = (m.state == "proposed").desc(), m.proposed_at.desc(), m.id
    return session.scalars(select(m).order_by(*order).limit(PAGE)).all()


def merge_page(session: Session, merge: str, now: datetime, language: str) -> MergePage:
    """Raises NotFound."""
    row = session.get(OrganisationMerge, merge)
    if row is None:
        raise NotFound
    waits = row.state == "proposed"
    people = [one for one in (row.proposed_by, row.decided_by) if one]
    return MergePage(
        row,
        session.get_one(Organisation, row.absorbed),
        session.get_one(Organisation, row.survivor),
        people_names(session, people, language),
        obstacles(session, row.absorbed, row.survivor, now) if waits else [],
    )
