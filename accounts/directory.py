"""Organisations as lists and programs read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.models import (
    Organisation,
    OrganisationMark,
    OrganisationName,
    OrganisationProfile,
)
from accounts.permissions import facts_of, may, readable_organisations
from core.actor import Actor


@dataclass(frozen=True)
class Entry:
    """An organisation with its names by language. `inside`: the actor belongs to it."""

    row: Organisation
    names: Mapping[str, str]
    original: str
    inside: bool
    profile: OrganisationProfile | None
    marks: Sequence[OrganisationMark]
    """What an operator verified, by its name."""

    def name(self, language: str) -> str:
        found = self.names.get(language) or self.names.get(self.original)
        return found or next(iter(self.names.values()), "")


def organisations_behind(
    session: Session,
    actor: Actor,
    last: str,
    limit: int,
    *,
    kind: str | None = None,
    words: str = "",
) -> list[Entry]:
    """Those that the actor may read, by id, behind `last`; `words` stand in a name. Four
    queries."""
    o, n = Organisation, OrganisationName
    clauses = [readable_organisations(actor), o.id > last, o.kind != "operator"]
    if kind is not None:
        clauses.append(o.kind == kind)
    if words.strip():
        holds = func.lower(n.name).contains(words.strip().lower(), autoescape=True)
        clauses.append(o.id.in_(select(n.organisation).where(holds)))
    rows = session.scalars(select(o).where(*clauses).order_by(o.id).limit(limit)).all()
    return _entries(session, actor, list(rows))


def organisation_entry(session: Session, actor: Actor, id: str) -> Entry | None:
    """None where the actor may not know of it; of one that was merged, what it is by now. Four
    queries, or five."""
    row = session.get(Organisation, id)
    if row is not None and row.merged_into is not None:
        row = session.get(Organisation, row.merged_into)
    if row is None or not may(actor, "read", facts_of(row)):
        return None
    return _entries(session, actor, [row])[0]


def _entries(session: Session, actor: Actor, rows: list[Organisation]) -> list[Entry]:
    n = OrganisationName
    names: dict[str, dict[str, str]] = {row.id: {} for row in rows}
    originals: dict[str, str] = {}
    for one in session.scalars(select(n).where(n.organisation.in_(list(names)))):
        names[one.organisation][one.language] = one.name
        if one.original:
            originals[one.organisation] = one.language
    p, m = OrganisationProfile, OrganisationMark
    found = session.scalars(select(p).where(p.organisation.in_(list(names))))
    profiles = {one.organisation: one for one in found}
    marks: dict[str, list[OrganisationMark]] = {}
    for mark in session.scalars(select(m).where(m.organisation.in_(list(names))).order_by(m.what)):
        marks.setdefault(mark.organisation, []).append(mark)
    return [
        Entry(
            row,
            names[row.id],
            originals.get(row.id, "zh"),
            row.id in actor.organisations,
            profiles.get(row.id),
            marks.get(row.id, []),
        )
        for row in rows
    ]
