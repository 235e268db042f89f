"""The list of imports, and one import from upload to outcome."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from core.actor import Actor
from core.errors import NotFound, Refused
from core.i18n import N_
from core.ids import show
from listings.importing.actions.cancel_import import cancel_import
from listings.importing.actions.check_import import check_import
from listings.importing.actions.decide_rows import decide_rows
from listings.importing.actions.map_columns import map_columns
from listings.importing.actions.run_import import run_import
from listings.importing.desk import look_again, take_file
from listings.importing.queries import ImportPage, list_imports, remembered_columns
from listings.importing.states import OPEN, Decision, ImportState
from webapp.access import OFFICE, access
from webapp.forms.account import ActForm
from webapp.forms.importing import ColumnsForm, ReadingForm, UploadForm
from webapp.language import plain
from webapp.numbers import whole
from webapp.presenters import importing
from webapp.runtime import the_market
from webapp.views.importing.reading import import_id, office, owners, read_page, read_progress

blueprint = Blueprint("imports", __name__, url_prefix="/imports")


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"names": importing.names(), "shown_id": show, "act": ActForm()}


@blueprint.get("")
@access(OFFICE)
def home() -> ResponseReturnValue:
    actor = office()
    known = owners(actor)
    with the_market().database.read() as session:
        rows = [row for id, _ in known for row in list_imports(session, actor, id)]
    rows.sort(key=lambda row: row.created_at, reverse=True)
    return render_template("imports/list.html", rows=rows, owners=dict(known))


@blueprint.route("/new", methods=["GET", "POST"])
@access(OFFICE, post=OFFICE)
def new() -> ResponseReturnValue:
    actor, market = office(), the_market()
    form = UploadForm(owners(actor))

    def take() -> Any:
        sent, limit = form.file.data, market.settings.max_upload
        return take_file(
            market.executor, actor, form.owner.data, sent.filename, sent.stream, limit=limit
        )

    made = form.accepted(take)
    if made is None:
        limit = market.settings.max_upload
        return render_template("imports/upload.html", form=form, limit=limit), form.status
    return redirect(_url(made.ref), 303)


def _url(id: str) -> str:
    return url_for("imports.page", shown=show("import", id))


@blueprint.get("/<shown>")
@access(OFFICE, of="import")
def page(shown: str) -> ResponseReturnValue:
    actor = office()
    if request.headers.get("HX-Request") == "true":
        progress = read_progress(actor, shown)
        if not progress.at_work:
            return Response(headers={"HX-Refresh": "true"})
        return render_template("imports/_progress.html", progress=progress, shown=shown,
                               counts=importing.counts_of(progress))  # fmt: skip
    found = read_page(actor, shown)
    asked = "columns" in request.args and found.progress.state in OPEN
    if asked or found.progress.state in (ImportState.DESCRIBED, ImportState.FAILED):
        return _columns(found)
    return _show(found)


def _show(found: ImportPage) -> str:
    state, kind = found.progress.state, request.args.get("show", "")
    at_work = state in (ImportState.CHECKING, ImportState.RUNNING)
    template = "work" if at_work else "checked" if state == ImportState.CHECKED else "done"
    return render_template(
        f"imports/{template}.html",
        page=found,
        progress=found.progress,
        shown=show("import", found.id),
        owner=dict(owners(office())).get(found.owner_org, ""),
        step=importing.step_of(state),
        counts=importing.counts_of(found.progress),
        problems=importing.problems(found, kind),
        kinds=importing.problem_kinds(found),
        kind=kind,
        more=importing.cut_off(found),
        encoding=importing.encoding_name(found.description),
    )


def _columns(
    found: ImportPage, columns: ColumnsForm | None = None, reading: ReadingForm | None = None
) -> ResponseReturnValue:
    with the_market().database.read() as session:
        remembered = remembered_columns(session, found.owner_org)
    if columns is None:
        columns = ColumnsForm(formdata=None)
        columns.show(found.mapping, publish=found.publish)
    if reading is None:
        reading = ReadingForm(found.description, formdata=None)
        reading.show(found.description)
    why = found.problem and Refused.codes.get(found.problem["code"], Refused)
    body = render_template(
        "imports/columns.html",
        page=found,
        shown=show("import", found.id),
        columns=list(importing.columns_of(found.description, found.mapping, remembered)),
        form=columns,
        reading=reading,
        why=why and plain(why.text, **found.problem["params"]) if found.problem else "",
        encoding=importing.encoding_name(found.description),
        owner=dict(owners(office())).get(found.owner_org, ""),
    )
    return body, max(columns.status, reading.status)


@blueprint.post("/<shown>/reading")
@access(OFFICE, of="import")
def read_again(shown: str) -> ResponseReturnValue:
    actor = office()
    found = read_page(actor, shown)
    form = ReadingForm(found.description)
    executor = the_market().executor
    if form.accepted(lambda: look_again(executor, actor, found.id, form.choices())) is None:
        return _columns(found, reading=form)
    flash(plain(N_("The file was read anew. Look over the columns.")), "done")
    return redirect(_url(found.id), 303)


@blueprint.post("/<shown>/columns")
@access(OFFICE, of="import")
def map_and_check(shown: str) -> ResponseReturnValue:
    actor, form = office(), ColumnsForm()
    found = read_page(actor, shown)
    run, mapping = the_market().executor.run, form.mapping(found.description.header)

    def check() -> Any:
        run(actor, map_columns, found.id, mapping, publish=bool(form.publish.data))
        return run(actor, check_import, found.id)

    if form.accepted(check) is None:
        return _columns(read_page(actor, shown), columns=form)
    return redirect(_url(found.id), 303)


@blueprint.post("/<shown>/decide")
@access(OFFICE, of="import")
def decide(shown: str) -> ResponseReturnValue:
    """All rows that look like something, one way."""
    every = Decision.IMPORT if request.form.get("all") == "import" else Decision.SKIP
    the_market().executor.run(office(), decide_rows, import_id(shown), every)
    return redirect(url_for(".page", shown=shown, _anchor="alike"), 303)


@blueprint.post("/<shown>/run")
@access(OFFICE, of="import")
def run(shown: str) -> ResponseReturnValue:
    """Keeps what was decided row by row, then starts the run unless only that was wanted."""
    actor, id, runs = office(), import_id(shown), the_market().executor.run
    if "reviewed" in request.form:
        runs(actor, decide_rows, id, Decision.SKIP)
        runs(actor, decide_rows, id, Decision.IMPORT, _rows())
    if "keep" not in request.form:
        runs(actor, run_import, id)
    return redirect(_url(id), 303)


def _rows() -> list[int]:
    found = (whole(text) for text in request.form.getlist("row"))
    return [row for row in found if row is not None]


@blueprint.post("/<shown>/cancel")
@access(OFFICE, of="import")
def cancel(shown: str) -> ResponseReturnValue:
    id = import_id(shown)
    the_market().executor.run(office(), cancel_import, id)
    flash(plain(N_("The import was stopped. What was registered before stays.")), "done")
    return redirect(_url(id), 303)


@blueprint.get("/<shown>/errors.csv")
@access(OFFICE, of="import")
def errors(shown: str) -> Response:
    actor: Actor = office()
    found = read_page(actor, shown)
    if found.errors_file is None:
        raise NotFound(ref=shown)
    answer = send_file(
        the_market().files.path(found.errors_file),
        mimetype="text/csv",
        as_attachment=True,
        download_name=f"{found.name}.errors.csv",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
