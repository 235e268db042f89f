"""The operator examines complaints and decides them; auditors read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.results import Done
from governance import queries
from governance.actions.dismiss_complaint import dismiss_complaint
from governance.actions.lift_measures import lift_measures
from governance.actions.take_measures import take_measures
from governance.actions.uphold_complaint import uphold_complaint
from governance.states import ComplaintState
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.complaints import DECISIONS, KIND_NAMES, DecisionForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.presenters.trail import word_of
from webapp.runtime import the_market
from webapp.views.deals.ids import read
from webapp.views.operator.console import page_number

blueprint = Blueprint("operator_complaints", __name__, url_prefix="/operator/complaints")
_ACTIONS: Final[Mapping[str, Callable[..., Done]]] = {
    "measure": take_measures,
    "uphold": uphold_complaint,
    "dismiss": dismiss_complaint,
    "lift": lift_measures,
}


@blueprint.get("")
@access(OVERSEE)
def index() -> ResponseReturnValue:
    actor, state = sessions.need("oversee"), request.args.get("state", "")
    with the_market().database.read() as session:
        counts = queries.counts(session)
        page = queries.complaints(session, actor, page_language(), state, page_number())
    view = {"state": state, "states": list(ComplaintState), "counts": counts, "kinds": KIND_NAMES}
    return render_template("operator/complaints.html", page=page, **view)


@blueprint.route("/<shown>", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, of="complaint")
def one(shown: str) -> ResponseReturnValue:
    actor, id, form = sessions.need("oversee"), read("complaint", shown), DecisionForm()
    if form.is_submitted() and form.decision.data not in _ACTIONS:
        raise NotFound
    run, note = the_market().executor.run, form.note.data or ""
    done = form.accepted(lambda: run(actor, _ACTIONS[form.decision.data], id, note))
    if done is None:
        with the_market().database.read() as session:
            page = queries.complaint_page(session, actor, id, page_language())
        view = {"page": page, "kinds": KIND_NAMES, "decisions": DECISIONS, "word_of": word_of}
        return render_template("operator/complaint.html", form=form, **view), form.status
    flash(_("Decided; both sides are told."), "done")
    return redirect(url_for(".one", shown=shown))
