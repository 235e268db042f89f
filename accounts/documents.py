"""Evidence for the vetting, and what an operator verified by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation, OrganisationDocument, OrganisationMark
from accounts.permissions import facts_of, may, may_organisation
from accounts.queries import organisation_names
from core.actor import Actor
from core.errors import NotFound

MOST_DOCUMENTS: Final = 20
MEDIA_TYPES: Final = frozenset({"application/pdf", "image/jpeg", "image/png"})


@dataclass(frozen=True)
class DocumentsPage:
    """`adds`: whether the reader may hand in more now."""

    organisation: Organisation
    name: str
    documents: list[OrganisationDocument]
    marks: dict[str, OrganisationMark]
    adds: bool


def documents_page(session: Session, actor: Actor, id: str, language: str) -> DocumentsPage:
    """Raises NotFound, Forbidden."""
    may_organisation(session, actor, "read_documents", id)
    row = session.get_one(Organisation, id)
    return DocumentsPage(
        row,
        organisation_names(session, [id], language).get(id, ""),
        documents_of(session, id),
        marks_of(session, id),
        may(actor, "add_documents", facts_of(row)),
    )


def documents_of(session: Session, organisation: str) -> list[OrganisationDocument]:
    """In the order they came. Who may see them is the caller's question to `permissions`."""
    d = OrganisationDocument
    rows = select(d).where(d.organisation == organisation).order_by(d.added_at, d.id)
    return list(session.scalars(rows))


def document_for(
    session: Session, actor: Actor, organisation: str, document: str
) -> OrganisationDocument:
    """One that the actor may read. Raises NotFound, Forbidden."""
    may_organisation(session, actor, "read_documents", organisation)
    row = session.get(OrganisationDocument, document)
    if row is None or row.organisation != organisation:
        raise NotFound
    return row


def marks_of(session: Session, organisation: str) -> dict[str, OrganisationMark]:
    """What was verified -> by what and when. One query."""
    m = OrganisationMark
    return {
        row.what: row for row in session.scalars(select(m).where(m.organisation == organisation))
    }
