"""Evidence for the vetting: handed in by who registered, read by operators."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.add_document import add_document
from accounts.actions.remove_document import remove_document
from accounts.documents import MEDIA_TYPES, document_for, documents_page
from accounts.permissions import may_organisation
from core.actor import Actor
from core.i18n import N_
from core.results import Done
from webapp import sessions
from webapp.access import PERSON, access
from webapp.downloads import attachment
from webapp.forms.account import ActForm
from webapp.forms.account_organisations import DocumentForm
from webapp.language import page_language, plain
from webapp.runtime import the_market
from webapp.uploads import DOCUMENT_WANTED, LARGEST_DOCUMENT, take_upload
from webapp.views.account.organisations import organisation_id

blueprint = Blueprint("documents", __name__, url_prefix="/organisations/<organisation>/documents")


def _page(actor: Actor, id: str, form: DocumentForm) -> ResponseReturnValue:
    with the_market().database.read() as session:
        page = documents_page(session, actor, id, page_language())
    view = {"o": page.organisation, "name": page.name, "documents": page.documents}
    view |= {"marks": page.marks, "adds": page.adds}
    return render_template("account/documents.html", form=form, act=ActForm(), **view), form.status


@blueprint.get("")
@access(PERSON, of="organisation")
def show(organisation: str) -> ResponseReturnValue:
    return _page(sessions.need_person(), organisation_id(organisation), DocumentForm())


@blueprint.post("")
@access(PERSON, of="organisation")
def add(organisation: str) -> ResponseReturnValue:
    actor, form, id = sessions.need_person(), DocumentForm(), organisation_id(organisation)
    with the_market().database.read() as session:
        may_organisation(session, actor, "add_documents", id)  # before anything is stored
    if form.accepted(lambda: _take(actor, id, form)) is None:
        return _page(actor, id, form)
    flash(plain(N_("The document is with the operator.")), "done")
    return redirect(url_for(".show", organisation=organisation))


def _take(actor: Actor, id: str, form: DocumentForm) -> Done:
    sent = take_upload("file", limit=LARGEST_DOCUMENT, of=MEDIA_TYPES, wanted=DOCUMENT_WANTED)
    typed = (form.kind.data or "", sent.sha256, sent.name, sent.media_type, sent.size)
    return the_market().executor.run(actor, add_document, id, *typed)


@blueprint.get("/<document>")
@access(PERSON, of="document")
def download(organisation: str, document: str) -> ResponseReturnValue:
    """Always a download, never shown within the site."""
    actor, id = sessions.need_person(), organisation_id(organisation)
    with the_market().database.read() as session:
        row = document_for(session, actor, id, document)
    return attachment(the_market().files.path(row.sha256), row.name, row.media_type)


@blueprint.post("/<document>/remove")
@access(PERSON, of="document")
def remove(organisation: str, document: str) -> ResponseReturnValue:
    actor, id = sessions.need_person(), organisation_id(organisation)
    the_market().executor.run(actor, remove_document, id, document)
    flash(plain(N_("The document is removed.")), "done")
    return redirect(url_for(".show", organisation=organisation))
