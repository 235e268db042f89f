"""The queue as a spreadsheet: out, and back as a difference that a person reviews."""

from __future__ import annotations

import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.actor import Actor
from core.errors import NotFound, Refused
from core.i18n import N_
from core.ids import show
from core.texts import kept
from listings.actions.edit_listing import edit_listing
from listings.importing import workbook
from listings.importing.errors import FileRefused
from listings.inputs import AssetChange, ListingChange, TextInput
from listings.queries import queue
from listings.sheet import SheetRow, read_changes, write_sheet
from webapp.access import OFFICE, access
from webapp.errors import sentence
from webapp.forms.account import ActForm
from webapp.language import plain
from webapp.numbers import whole
from webapp.presenters.showing import show_date
from webapp.runtime import the_market
from webapp.views.workbench.queue import STATUS_SIGNS, download, office
from webapp.views.workbench.reading import read_listing

blueprint = Blueprint("queue_sheet", __name__, url_prefix="/queue/sheet")

_MOST = 8 * 1024 * 1024
_MOST_ROWS = 5010
HEADS = {
    "id": N_("Listing number"),
    "version": N_("Version"),
    "title": N_("Title"),
    "value_line": N_("One sentence"),
    "trl": N_("Readiness"),
    "registration": N_("Result registration number"),
    "handler": N_("Handled by"),
    "status": N_("State"),
    "due": N_("Next deadline"),
}
PROBLEMS = {
    "stale": N_("It was changed on the market after the sheet was made"),
    "unknown": N_("There is no such entry in your queue"),
    "trl": N_("Readiness levels go from 1 to 9."),
    "empty": N_("A title cannot be empty"),
}


def _rows(actor: Actor) -> dict[str, SheetRow]:
    runtime = the_market()
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        found = queue(session, actor, now, runtime.settings.zone, size=5000)
    return {
        show("listing", row.id): SheetRow(
            show("listing", row.id),
            row.version,
            row.title,
            row.value_line,
            row.trl,
            row.registration,
            row.handler_name or "",
            plain(STATUS_SIGNS.get(row.status, ("", row.status))[1]),
            show_date(row.due_on) if row.due_on else "",
        )
        for row in found.rows
    }


@blueprint.get("/queue.xlsx")
@access(OFFICE)
def out() -> ResponseReturnValue:
    rows = _rows(office())
    heads = {code: plain(text) for code, text in HEADS.items()}
    return download(write_sheet(rows.values(), heads, plain(N_("Queue"))), "queue.xlsx")


@blueprint.post("")
@access(OFFICE)
def back() -> ResponseReturnValue:
    """Shows what the sheet would change; nothing is changed yet."""
    actor, sent = office(), request.files.get("sheet")
    present = _rows(actor)
    try:
        data = sent.stream.read(_MOST + 1) if sent else b""
        if not data or len(data) > _MOST:
            raise ValueError("size")
        found = read_changes(_table(data), present)
    except (ValueError, FileRefused):
        words = N_("This is not a sheet that the queue exported. Export it again and edit that.")
        flash(plain(words), "stop")
        return redirect(url_for("queue.page"))
    titles = {id: row.title for id, row in present.items()}
    return render_template(
        "queue/review.html", found=found, titles=titles, heads=HEADS, problems=PROBLEMS,
        act=ActForm(),
    )  # fmt: skip


def _table(data: bytes) -> list[list[str]]:
    """The rows of the first sheet, read in a limited process as imports are. Raises FileRefused."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "sheet.xlsx", Path(folder) / "rows.jsonl"
        source.write_bytes(data)
        workbook.convert(source, target)
        return [list(row.values) for row in islice(workbook.read_cells(target), _MOST_ROWS)]


@blueprint.post("/apply")
@access(OFFICE)
def apply() -> ResponseReturnValue:
    """Applies the chosen changes, listing by listing; each has its own outcome."""
    actor, done = office(), 0
    for shown, wanted in _chosen().items():
        try:
            _apply(actor, shown, wanted)
            done += len(wanted) - 1
        except Refused as refusal:
            flash(f"{shown}: {sentence(refusal)}", "stop")
    if done:
        flash(plain(N_("%(count)s changes applied."), count=done), "done")
    return redirect(url_for("queue.page"))


def _chosen() -> dict[str, dict[str, str]]:
    """What was ticked: `listing|version|field` with its new value in a field of the same name."""
    found: dict[str, dict[str, str]] = {}
    for key in request.form.getlist("change"):
        shown, version, field = (*key.split("|"), "", "")[:3]
        wanted = found.setdefault(shown, {"version": version})
        wanted[field] = kept(request.form.get(key, ""))
    return found


def _apply(actor: Actor, shown: str, wanted: dict[str, str]) -> None:
    page, version = read_listing(actor, shown), whole(wanted["version"])
    if version is None:
        raise NotFound(ref=shown)
    text = page.text
    changed: dict[str, Any] = {
        name: wanted[name] for name in ("title", "value_line") if name in wanted
    }
    texts = (TextInput(**(_whole(text) | changed)),) if changed else ()
    asset = None
    if "trl" in wanted or "registration" in wanted:
        asset = AssetChange(
            trl=whole(wanted.get("trl")),
            registration=wanted.get("registration"),
        )
    change = ListingChange(texts=texts, asset=asset, comparisons=None)
    the_market().executor.run(actor, edit_listing, page.id, change, version)


def _whole(text: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(text).items() if name != "original"}
