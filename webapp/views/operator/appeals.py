"""A second operator decides appeals; auditors read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.results import Done
from governance import appeal_queries as queries
from governance.actions.dismiss_appeal import dismiss_appeal
from governance.actions.grant_appeal import grant_appeal
from governance.states import AppealState
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.appeals import AnswerForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.presenters.appeals import reader, words
from webapp.runtime import the_market
from webapp.views.deals.ids import read
from webapp.views.operator.console import page_number

blueprint = Blueprint("operator_appeals", __name__, url_prefix="/operator/appeals")
_ACTIONS: Final[Mapping[str, Callable[..., Done]]] = {
    "grant": grant_appeal,
    "dismiss": dismiss_appeal,
}


@blueprint.get("")
@access(OVERSEE)
def index() -> ResponseReturnValue:
    sessions.need("oversee")
    state = request.args.get("state", "")
    with the_market().database.read() as session:
        counts = queries.appeal_counts(session)
        page = queries.appeals(session, page_language(), state, page_number())
    view = {"state": state, "states": list(AppealState), "counts": counts}
    return render_template("operator/appeals.html", page=page, **view, **words())


@blueprint.route("/<shown>", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, of="appeal", fresh="post")
def one(shown: str) -> ResponseReturnValue:
    actor, id, form = sessions.need("oversee"), read("appeal", shown), AnswerForm()
    if form.is_submitted() and form.decision.data not in _ACTIONS:
        raise NotFound
    run, note = the_market().executor.run, form.note.data or ""
    done = form.accepted(lambda: run(actor, _ACTIONS[form.decision.data], id, note))
    if done is None:
        with the_market().database.read() as session:
            page = queries.appeal_page(session, reader(session, actor), id)
        return render_template("operator/appeal.html", form=form, page=page, **words()), form.status
    flash(_("Decided; whom it concerns is told."), "done")
    return redirect(url_for(".one", shown=shown))
