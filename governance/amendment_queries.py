"""Amendments as their readers see them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.console import PAGE
from accounts.permissions import may
from accounts.queries import people_names
from core.actor import Actor
from core.amendments import Amendment
from core.errors import NotFound
from core.law import LawBook
from governance.amending import Difference, effect


@dataclass(frozen=True)
class AmendmentLine:
    row: Amendment
    proposed_by: str
    decided_by: str


@dataclass(frozen=True)
class AmendmentPage:
    """`changes`: what it changes while it is only proposed."""

    line: AmendmentLine
    changes: list[Difference]
    may_decide: bool


def amendments(session: Session, language: str) -> list[AmendmentLine]:
    """For overseers: the newest fifty, what waits first."""
    a = Amendment
    order = (a.state == "proposed").desc(), a.proposed_at.desc(), a.id
    return _lines(session, list(session.scalars(select(a).order_by(*order).limit(PAGE))), language)


def published(session: Session) -> list[Amendment]:
    """For everybody: what was approved, the newest first. One query."""
    a = Amendment
    approved = select(a).where(a.state == "approved").order_by(a.decided_at.desc(), a.id)
    return list(session.scalars(approved.limit(PAGE)))


def amendment_page(
    session: Session, actor: Actor, id: str, language: str, book: LawBook
) -> AmendmentPage:
    """For overseers. Raises NotFound."""
    row = session.get(Amendment, id)
    if row is None or not may(actor, "oversee"):
        raise NotFound
    waits = row.state == "proposed"
    decides = waits and may(actor, "operate") and actor.person != row.proposed_by
    changes = effect(book, row) if waits and row.name in book.sources else []
    return AmendmentPage(_lines(session, [row], language)[0], changes, decides)


def _lines(session: Session, rows: list[Amendment], language: str) -> list[AmendmentLine]:
    people = [one for row in rows for one in (row.proposed_by, row.decided_by) if one]
    names = people_names(session, people, language)
    return [
        AmendmentLine(row, names.get(row.proposed_by, ""), names.get(row.decided_by or "", ""))
        for row in rows
    ]
