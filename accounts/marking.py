"""What an operator verified of an organisation, written under its lock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation, OrganisationDocument, OrganisationMark
from accounts.states import DocumentKind, Marked, MarkSource
from core.actor import Actor
from core.errors import Invalid, Problem
from core.i18n import N_
from core.unit_of_work import At

_PAPERS: Final = frozenset(DocumentKind)


def check_marks(
    session: Session, _actor: Actor, organisation: str, marks: Mapping[str, str]
) -> None:
    """For `uow.check`. Nobody verifies by a document that is not here. Raises Invalid."""
    d = OrganisationDocument
    here = set(session.scalars(select(d.kind).where(d.organisation == organisation)))
    found: dict[str, list[Problem]] = {}
    for what, source in marks.items():
        if what not in frozenset(Marked) or source not in {*MarkSource, ""}:
            found[f"by_{what}"] = [Problem("mark", N_("Choose by what it was verified."))]
        elif source in _PAPERS and source not in here:
            words = N_("No document of this kind was handed in.")
            found[f"by_{what}"] = [Problem("mark_without_document", words)]
    if found:
        raise Invalid(found)


def write_marks(at: At[Organisation], marks: Mapping[str, str]) -> None:
    """`marks`: what -> by what; empty takes a mark off. What stays as it was keeps its day."""
    for what, source in marks.items():
        row = at.uow.session.get(OrganisationMark, (at.row.id, what))
        if source == (row.source if row else ""):
            continue
        if not source:
            unmark(at, what)
            continue
        if row is None:
            row = OrganisationMark(organisation=at.row.id, what=what)
            at.add(row)
        row.source, row.verified_by, row.verified_at = source, at.uow.actor.person, at.now
        at.record("verified", mark=what, source=source, by=at.uow.actor.key)


def renew_marks(at: At[Organisation], marks: Mapping[str, str]) -> None:
    """Each that is given counts from today, by this source, whoever verified it before."""
    for what, source in marks.items():
        if not source:
            continue
        row = at.uow.session.get(OrganisationMark, (at.row.id, what))
        if row is None:
            row = OrganisationMark(organisation=at.row.id, what=what)
            at.add(row)
        row.source, row.verified_by, row.verified_at = source, at.uow.actor.person, at.now
        at.record("verified_again", mark=what, source=source, by=at.uow.actor.key)


def unmark(at: At[Organisation], what: str) -> None:
    """What changed since is verified no more."""
    row = at.uow.session.get(OrganisationMark, (at.row.id, what))
    if row is not None:
        at.remove(row)
        at.record("unverified", mark=what)
