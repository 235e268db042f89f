"""Two registrations of one organisation: proposed by one operator, decided by another."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.queries import organisation_names
from core.actor import Actor
from core.results import Done
from governance.actions.approve_merge import approve_merge
from governance.actions.propose_merge import propose_merge
from governance.actions.refuse_merge import refuse_merge
from governance.merge_queries import merge_page, merges
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.merging import MergeForm, RefuseForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.runtime import the_market
from webapp.views.deals.ids import read

blueprint = Blueprint("merging", __name__, url_prefix="/operator/merges")


@blueprint.route("", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, fresh="post")
def index() -> ResponseReturnValue:
    actor, form = sessions.need("oversee"), MergeForm()
    run, typed = the_market().executor.run, (*form.ids(), form.reason.data or "")
    if (done := form.accepted(lambda: run(actor, propose_merge, *typed))) is not None:
        flash(_("Proposed; another operator decides."), "done")
        return redirect(url_for(".one", shown="mrg_" + done.ref))
    if request.method == "GET":
        asked = {name: request.args.get(name, "") for name in ("absorbed", "survivor")}
        form = MergeForm(formdata=None, data=asked)
    with the_market().database.read() as session:
        rows = merges(session)
        ids = [id for row in rows for id in (row.absorbed, row.survivor)]
        names = organisation_names(session, ids, page_language())
    return render_template("operator/merges.html", rows=rows, names=names, form=form), form.status


@blueprint.route("/<shown>", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, of="merge", fresh="post")
def one(shown: str) -> ResponseReturnValue:
    actor, form, id = sessions.need("oversee"), RefuseForm(), read("merge", shown)
    decision = request.form.get("decision", "")
    if form.accepted(lambda: _decide(actor, id, decision, form)) is not None:
        flash(_("Decided."), "done")
        return redirect(url_for(".one", shown=shown))
    market = the_market()
    with market.database.read() as session:
        page = merge_page(session, id, market.database.now(session), page_language())
        names = organisation_names(session, [page.absorbed.id, page.survivor.id], page_language())
    return render_template("operator/merge.html", page=page, names=names, form=form), form.status


def _decide(actor: Actor, merge: str, decision: str, form: RefuseForm) -> Done:
    run = the_market().executor.run
    if decision == "approve":
        return run(actor, approve_merge, merge)
    return run(actor, refuse_merge, merge, form.note.data or "")
