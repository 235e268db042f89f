"""A draft from a dropped Word or PDF file: proposed fields with their sources, then the draft."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from core.actor import Actor
from core.errors import NotFound
from core.files import FileTooLarge
from core.i18n import N_
from core.ids import show
from listings.actions.add_file import add_file
from listings.actions.draft_result import draft_result
from listings.drafting.document import MAX_SIZE, read_document
from listings.drafting.errors import DocumentTooLarge
from listings.drafting.lint import lint
from listings.drafting.propose import propose
from listings.errors import NoOwner
from listings.kinds import AssetKind, Level
from webapp.access import WRITER, access
from webapp.forms.drafting import DropForm, ProposedForm
from webapp.language import plain
from webapp.presenters.drafting import sources, values
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.workbench.reading import writable_organisations

blueprint = Blueprint("drafting", __name__, url_prefix="/workbench/draft-from-file")

_KEPT: Final = 24 * 3600
"""Seconds for which the address of a dropped file opens its proposals."""
_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def _writer() -> tuple[Actor, list[tuple[str, str]]]:
    actor = need_person()
    owners = writable_organisations(actor)
    if not owners:
        raise NoOwner(do="draft")
    return actor, owners


def _seal(actor: Actor) -> URLSafeTimedSerializer:
    """The store's hash alone opens nothing: the address is signed, and for this person only."""
    secret = the_market().executor.ports.secret
    return URLSafeTimedSerializer(secret, salt=f"draft-from-file:{actor.person}")


@blueprint.route("", methods=["GET", "POST"])
@access(WRITER, post=WRITER)
def drop() -> ResponseReturnValue:
    (actor, _), form = _writer(), DropForm()
    token: list[str] = []

    def take() -> Any:
        token.append(_take(actor, form.file.data))
        return True

    if form.accepted(take) is None:
        return render_template("drafting/drop.html", form=form, limit=MAX_SIZE), form.status
    return redirect(url_for(".proposed", token=token[0]), 303)


def _take(actor: Actor, sent: Any) -> str:
    """Stores a document that can be read; answers its address. Raises FileRefused."""
    files = the_market().files
    try:
        stored = files.take(sent.stream, limit=MAX_SIZE)
    except FileTooLarge as error:
        raise DocumentTooLarge(limit=MAX_SIZE >> 20) from error
    read_document(files.path(stored.sha256))
    name = (sent.filename or "").replace("\\", "/").rsplit("/", 1)[-1][-120:]
    return str(_seal(actor).dumps([stored.sha256, stored.size, name]))


@blueprint.route("/<token>", methods=["GET", "POST"])
@access(WRITER, post=WRITER, of="draft")
def proposed(token: str) -> ResponseReturnValue:
    actor, owners = _writer()
    sha256, size, name = _opened(actor, token)
    found = propose(read_document(the_market().files.path(sha256)), name)
    form = ProposedForm(owners, data=values(found) | {"owner": owners[0][0]})
    made = None if "look" in request.form else form.accepted(lambda: _draft(actor, form))
    if made is None:
        body = render_template(
            "drafting/proposed.html", form=form, name=name, token=token,
            sources=sources(found), hints=_hints(form),
        )  # fmt: skip
        return body, form.status
    if form.attach.data:
        media_type = _TYPES.get(name.rsplit(".", 1)[-1].lower(), "application/octet-stream")
        the_market().executor.run(
            actor, add_file, made.ref, sha256, name, media_type, size, Level.NDA
        )
    flash(plain(N_("The draft is kept. Complete it when you have time.")), "done")
    return redirect(url_for("workbench.result", shown=show("listing", made.ref)), 303)


def _opened(actor: Actor, token: str) -> tuple[str, int, str]:
    try:
        sha256, size, name = _seal(actor).loads(token, max_age=_KEPT)
    except BadSignature:
        raise NotFound from None
    return str(sha256), int(size), str(name)


def _draft(actor: Actor, form: ProposedForm) -> Any:
    kind, change = AssetKind(form.kind.data), form.change(actor.person)
    return the_market().executor.run(
        actor, draft_result, form.owner.data, kind, form.text(), change
    )


def _hints(form: ProposedForm) -> dict[str, list[Any]]:
    by_field: dict[str, list[Any]] = {}
    for hint in lint(form.words()):
        by_field.setdefault(hint.field, []).append(hint)
    return by_field


@blueprint.post("/words/<any(title,value_line,abstract):name>")
@access(WRITER, of="draft")
def words(name: str) -> ResponseReturnValue:
    """The hints on one text as it stands now, for the form that is being written."""
    _, owners = _writer()
    form = ProposedForm(owners)
    return render_template("drafting/_hints.html", name=name, hints=_hints(form))
