"""Which versions there are, which hold, and who has not said yes to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.consents.models import Consent, ConsentText
from accounts.consents.rules import TextKind


def versions(session: Session, kind: str = "") -> Sequence[ConsentText]:
    """The newest first; of one kind, or of all. One query."""
    t = ConsentText
    query = select(t).order_by(t.takes_effect.desc(), t.kind)
    return session.scalars(query.where(t.kind == kind) if kind else query).all()


def in_force(session: Session, today: date) -> dict[str, ConsentText]:
    """The version of each kind that holds on a day; no entry where the market's first text does.
    One query."""
    t = ConsentText
    rows = session.scalars(select(t).where(t.takes_effect <= today).order_by(t.takes_effect))
    return {row.kind: row for row in rows}


def text_of(session: Session, id: str) -> ConsentText | None:
    """One version, also one that is to come: it is public from the day it was published."""
    return session.get(ConsentText, id)


def unanswered(session: Session, person: str, holding: Mapping[str, str]) -> list[str]:
    """Ids of the versions that hold (kind -> id), without the person's yes. One query."""
    if not holding:
        return []
    c = Consent
    said = set(
        session.scalars(select(c.text).where(c.person == person, c.text.in_(holding.values())))
    )
    return [holding[kind] for kind in TextKind if kind in holding and holding[kind] not in said]


def said_by(session: Session, person: str) -> Sequence[Consent]:
    """Everything that a person has agreed to, the newest first. One query."""
    c = Consent
    return session.scalars(select(c).where(c.person == person).order_by(c.at.desc(), c.id)).all()
