"""Evidence is taken back; what was verified by it stays verified, and the chain keeps its hash."""

from __future__ import annotations

from accounts.models import Organisation, OrganisationDocument
from accounts.permissions import may_organisation
from core.errors import NotFound
from core.results import Done
from core.unit_of_work import UnitOfWork


def remove_document(uow: UnitOfWork, organisation: str, document: str) -> Done:
    """The store keeps the bytes. Raises Forbidden, NotFound."""
    uow.check(may_organisation, "add_documents", organisation)
    at = uow.lock(Organisation, organisation)
    uow.check(may_organisation, "add_documents", organisation)
    row = uow.session.get(OrganisationDocument, document)
    if row is None or row.organisation != organisation:
        raise NotFound
    at.remove(row)
    at.record("document_removed", document=document)
    return Done(organisation)
