"""What the operator decided about oneself and one's organisation, and appealing it."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.permissions import oversees
from core.errors import NotFound
from core.ids import parse, ref, show
from governance import appeal_queries as queries
from governance.actions.send_appeal import send_appeal
from webapp.access import PERSON, access
from webapp.forms.appeals import AppealForm
from webapp.language import gettext as _
from webapp.presenters.appeals import reader, words
from webapp.presenters.showing import local_url
from webapp.runtime import the_market
from webapp.sessions import need_person

blueprint = Blueprint("appeals", __name__)
_DECIDED: Final = frozenset({"listing", "need", "organisation", "sanction"})


@blueprint.get("/appeals")
@access(PERSON)
def index() -> ResponseReturnValue:
    actor = need_person()
    with the_market().database.read() as session:
        who = reader(session, actor)
        decisions = queries.own_decisions(session, who)
        sent = queries.own_appeals(session, who)
    return render_template("appeals/index.html", decisions=decisions, sent=sent, **words())


@blueprint.route("/appeals/<shown>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="decision")
def one(shown: str) -> ResponseReturnValue:
    """A decision that can be appealed, or an appeal that was sent."""
    actor, found, form = need_person(), parse(shown), AppealForm()
    if found is None:
        raise NotFound(ref=shown)
    kind, id = found
    if kind == "appeal":
        if oversees(actor):
            return redirect(url_for("operator_appeals.one", shown=shown))
        with the_market().database.read() as session:
            sent = queries.own_appeal(session, reader(session, actor), id)
        return render_template("appeals/sent.html", page=sent, **words())
    if kind not in _DECIDED:
        raise NotFound(ref=shown)
    run, about = the_market().executor.run, ref(kind, id)
    done = form.accepted(lambda: run(actor, send_appeal, about, form.text.data or ""))
    if done is None:
        with the_market().database.read() as session:
            line = queries.decision_line(session, reader(session, actor), about)
        return render_template("appeals/one.html", form=form, line=line, **words()), form.status
    flash(
        _("Your appeal was sent. Another operator decides it; you are told of the outcome."), "done"
    )
    return redirect(local_url(f"/appeals/{show('appeal', done.ref)}"), 303)
