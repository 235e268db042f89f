"""Evidence is handed in: the store already holds the file."""

from __future__ import annotations

from sqlalchemy import func, select

from accounts.documents import MEDIA_TYPES, MOST_DOCUMENTS
from accounts.errors import DocumentsFull
from accounts.models import Organisation, OrganisationDocument
from accounts.permissions import may_organisation
from accounts.states import DocumentKind
from core.errors import Invalid, Problem
from core.i18n import N_
from core.ids import new_id
from core.models import StoredFile
from core.results import Done
from core.unit_of_work import UnitOfWork

_LONGEST_NAME = 160


def add_document(
    uow: UnitOfWork,
    organisation: str,
    kind: str,
    sha256: str,
    name: str,
    media_type: str,
    size: int,
) -> Done:
    """The same bytes of one kind twice are one document. `size` in octets. Raises Invalid,
    DocumentsFull, Forbidden, NotFound."""
    uow.check(may_organisation, "add_documents", organisation)
    if kind not in frozenset(DocumentKind):
        raise Invalid({"kind": [Problem("kind", N_("Choose what the document is."))]})
    if media_type not in MEDIA_TYPES:
        words = N_("Send the document as PDF, PNG or JPEG.")
        raise Invalid({"file": [Problem("media_type", words)]})
    name = name.replace("\\", "/").rsplit("/", 1)[-1].strip()
    if not name or len(name) > _LONGEST_NAME:
        words = N_("Give the file a name of at most %(most)s characters.")
        raise Invalid({"file": [Problem("name", words, {"most": _LONGEST_NAME})]})
    at = uow.lock(Organisation, organisation)
    uow.check(may_organisation, "add_documents", organisation)
    d, session = OrganisationDocument, uow.session
    mine = d.organisation == organisation
    known = session.scalar(select(d.id).where(mine, d.kind == kind, d.sha256 == sha256))
    if known is not None:
        return Done(known)
    if (session.scalar(select(func.count()).select_from(d).where(mine)) or 0) >= MOST_DOCUMENTS:
        raise DocumentsFull(most=MOST_DOCUMENTS)
    if session.get(StoredFile, sha256) is None:
        uow.add(StoredFile(sha256=sha256, size=size, media_type=media_type, at=at.now))
    row = OrganisationDocument(id=new_id(), organisation=organisation, kind=kind, sha256=sha256)
    row.name, row.media_type, row.size = name, media_type, size
    row.added_by, row.added_at = uow.actor.person, at.now
    at.add(row)
    at.record("document_added", document=row.id, kind=kind, sha256=sha256, size=size)
    return Done(row.id)
