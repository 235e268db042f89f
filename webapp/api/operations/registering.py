"""An organisation registers, is put right while it waits, and shows evidence for its vetting."""

from __future__ import annotations

from typing import Any, Final

from accounts.actions.add_document import add_document
from accounts.actions.correct_organisation import correct_organisation
from accounts.actions.register_organisation import register_organisation
from accounts.actions.remove_document import remove_document
from accounts.documents import MEDIA_TYPES, document_for, documents_page
from accounts.errors import StaleDetails
from accounts.members import (
    own_registration,
    registration_standing,
    registration_version,
)
from accounts.permissions import may_organisation
from accounts.scopes import Scope
from core.i18n import N_
from core.ids import show
from webapp.api.calling import Call, Reply
from webapp.api.declaring import Link, operation
from webapp.api.errors import VersionStale
from webapp.api.operations.octets import given, kept
from webapp.api.schemas.registering import (
    ApplicationIn,
    ApplicationOut,
    DocumentQuery,
    DocumentsOut,
    documents_out,
)
from webapp.downloads import OCTETS
from webapp.uploads import DOCUMENT_WANTED, LARGEST_DOCUMENT

TAG: Final = "organisations"
_FOLLOW: Final = (
    Link("readApplication", "organisation", "/organisation"),
    Link("correctApplication", "organisation", "/organisation", tagged=True),
    Link("listDocuments", "organisation", "/organisation"),
    Link("addDocument", "organisation", "/organisation"),
)


def _shown(call: Call, id: str) -> Reply:
    with call.look() as at:
        written = own_registration(at.session, call.actor, id)
        state, reason = registration_standing(at.session, call.actor, id)
    said = {name: value or "" for name, value in written.items()}
    names = {f"name_{language}": said.pop(f"name_{language}", "") for language in ("zh", "en")}
    body = ApplicationOut(
        organisation=show("organisation", id), state=state, reason=reason,
        register_at_home=said.pop("register"), **names, **said,
    )  # fmt: skip
    return Reply(body, registration_version(written))


@operation(
    "POST", "/organisations", "registerOrganisation",
    N_("Register the organisation that you speak for; an operator vets it"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=ApplicationIn, answer=ApplicationOut, status=201,
    tagged=True, links=_FOLLOW,
)  # fmt: skip
def register(call: Call) -> Reply:
    done: Any = call.act(register_organisation, call.body.plain())
    return _shown(call, done.ref)


@operation(
    "GET", "/organisations/{organisation}/application", "readApplication",
    N_("What you wrote of the organisation that you registered"), TAG,
    scope=Scope.READ_ORGANISATION, answer=ApplicationOut, tagged=True, links=_FOLLOW[1:],
)  # fmt: skip
def read(call: Call) -> Reply:
    return _shown(call, call.id("organisation"))


@operation(
    "PUT", "/organisations/{organisation}/application", "correctApplication",
    N_("Put right what you registered, while it waits or is refused"), TAG,
    scope=Scope.WRITE_ORGANISATION, body=ApplicationIn, answer=ApplicationOut, guarded=True,
    tagged=True,
)  # fmt: skip
def correct(call: Call) -> Reply:
    id = call.id("organisation")
    try:
        call.act(correct_organisation, id, call.body.plain(), version=call.version)
    except StaleDetails:
        raise VersionStale from None
    return _shown(call, id)


def _documents(call: Call) -> Reply:
    id = call.id("organisation")
    with call.look() as at:
        return Reply(documents_out(documents_page(at.session, call.actor, id, "en")))


@operation(
    "GET", "/organisations/{organisation}/documents", "listDocuments",
    N_("Evidence for the vetting, for those who handed it in"), TAG,
    scope=Scope.READ_ORGANISATION, answer=DocumentsOut,
    links=(Link("readDocument", "document", "/items/0/id"),),
)  # fmt: skip
def list_documents(call: Call) -> Reply:
    return _documents(call)


@operation(
    "POST", "/organisations/{organisation}/documents", "addDocument",
    N_("Hand in evidence for the vetting: a PDF, PNG or JPEG"), TAG,
    scope=Scope.WRITE_ORGANISATION, query=DocumentQuery, takes_file=True, answer=DocumentsOut,
    status=201, links=(Link("removeDocument", "document", "/items/0/id"),),
)  # fmt: skip
def add(call: Call) -> Reply:
    id, asked = call.id("organisation"), call.query
    with call.look() as at:
        may_organisation(at.session, call.actor, "add_documents", id)  # before anything is stored
    sent = kept(call, asked.name, LARGEST_DOCUMENT, MEDIA_TYPES, DOCUMENT_WANTED)
    call.act(add_document, id, str(asked.kind), sent.sha256, sent.name, sent.media_type, sent.size)
    return _documents(call)


@operation(
    "GET", "/organisations/{organisation}/documents/{document}", "readDocument",
    N_("One document, for those who handed it in"), TAG,
    scope=Scope.READ_ORGANISATION, streams=OCTETS,
)  # fmt: skip
def read_document(call: Call) -> Reply:
    with call.look() as at:
        row = document_for(at.session, call.actor, call.id("organisation"), call.id("document"))
        sha256, name = row.sha256, row.name
    return given(call, sha256, name)


@operation(
    "DELETE", "/organisations/{organisation}/documents/{document}", "removeDocument",
    N_("Take back a document"), TAG, scope=Scope.WRITE_ORGANISATION, status=204,
)  # fmt: skip
def remove(call: Call) -> Reply:
    call.act(remove_document, call.id("organisation"), call.id("document"))
    return Reply()
