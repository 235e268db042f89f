"""Which units there are, and who sits in which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Membership
from accounts.queries import holds_at
from accounts.units.models import Unit


def units_of(session: Session, organisation: str) -> list[Unit]:
    """Those that run, by name; then the closed ones. One query."""
    u = Unit
    rows = session.scalars(select(u).where(u.organisation == organisation).order_by(u.name, u.id))
    return sorted(rows, key=lambda row: row.closed_at is not None)


def running(session: Session, organisations: Iterable[str]) -> list[Unit]:
    """Running units of these organisations, by name. One query."""
    u = Unit
    wanted = sorted(set(organisations))
    rows = session.scalars(
        select(u).where(u.organisation.in_(wanted), u.closed_at.is_(None)).order_by(u.name, u.id)
    )
    return list(rows)


def unit_names(session: Session, ids: Iterable[str | None], language: str) -> dict[str, str]:
    """Names by id, of closed ones too. One query, or none."""
    wanted = sorted({id for id in ids if id})
    if not wanted:
        return {}
    rows = session.scalars(select(Unit).where(Unit.id.in_(wanted)))
    return {row.id: row.named(language) for row in rows}


def placements(session: Session, organisation: str, now: datetime) -> dict[str, str]:
    """Membership in force -> its unit, for those that have one. One query."""
    m = Membership
    rows = session.execute(
        select(m.id, m.unit).where(
            m.organisation == organisation, m.unit.is_not(None), *holds_at(now)
        )
    )
    return {id: unit for id, unit in rows if unit}


def unit_of_member(session: Session, person: str, organisation: str, now: datetime) -> str | None:
    """Where somebody sits in an organisation, while that unit runs. One query."""
    m = Membership
    return session.scalar(
        select(Unit.id)
        .join(m, m.unit == Unit.id)
        .where(
            m.person == person, m.organisation == organisation, Unit.closed_at.is_(None),
            *holds_at(now),
        )
    )  # fmt: skip
