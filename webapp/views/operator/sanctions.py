"""Measures on people and organisations: imposing, looking through, taking back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.actions.impose_sanction import Imposed, impose_sanction
from accounts.actions.lift_sanction import lift_sanction
from accounts.sanctions import SanctionState
from core.errors import NotFound
from core.ids import parse, ref, show, split_ref
from governance import appeal_queries as queries
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.appeals import LiftForm, SanctionForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.presenters.appeals import words
from webapp.runtime import the_market
from webapp.views.operator.console import page_number

blueprint = Blueprint("sanctions", __name__, url_prefix="/operator/sanctions")


@blueprint.get("")
@access(OVERSEE)
def index() -> ResponseReturnValue:
    sessions.need("oversee")
    state = request.args.get("state", "")
    with the_market().database.read() as session:
        page = queries.sanctions(session, page_language(), state, page_number())
    view = {"state": state, "states": list(SanctionState)}
    return render_template("operator/sanctions.html", page=page, **view, **words())


@blueprint.route("/<shown>", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, of="person", fresh="post")
def on(shown: str) -> ResponseReturnValue:
    """Everything imposed on one person or organisation, and the form for more."""
    actor, form, about = sessions.need("oversee"), SanctionForm(), _about(shown)
    typed = Imposed(
        about,
        form.measure.data or "",
        form.rule.data or "",
        form.reason.data or "",
        form.last_day.data,
    )
    if form.accepted(lambda: the_market().executor.run(actor, impose_sanction, typed)) is None:
        return _page(about, form, LiftForm(formdata=None), form.status)
    flash(_("Imposed; whom it concerns is told."), "done")
    return redirect(url_for(".on", shown=shown))


@blueprint.post("/<shown>/lift")
@access(OPERATE, of="sanction", fresh=True)
def lift(shown: str) -> ResponseReturnValue:
    actor, form = sessions.need("operate"), LiftForm()
    found = parse(shown)
    if found is None or found[0] != "sanction":
        raise NotFound(ref=shown)
    with the_market().database.read() as session:
        about = queries.subject(session, found[1])
    run, note = the_market().executor.run, form.note.data or ""
    if form.accepted(lambda: run(actor, lift_sanction, found[1], note)) is None:
        return _page(about, SanctionForm(formdata=None), form, form.status, found[1])
    flash(_("Taken back; whom it concerns is told."), "done")
    return redirect(url_for(".on", shown=show(*split_ref(about))))


def _page(
    about: str, form: SanctionForm, lifting: LiftForm, status: int, lifted: str = ""
) -> ResponseReturnValue:
    """`lifted`: the measure whose form is shown again."""
    with the_market().database.read() as session:
        title, lines = queries.sanctions_on(session, about, page_language())
    view = {"about": about, "name": title, "lines": lines, "form": form, "lifting": lifting}
    view["lifted"] = lifted
    return render_template("operator/sanctions_on.html", **view, **words()), status


def _about(shown: str) -> str:
    found = parse(shown)
    if found is None or found[0] not in {"person", "organisation"}:
        raise NotFound(ref=shown)
    return ref(*found)
