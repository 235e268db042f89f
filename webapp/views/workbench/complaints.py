"""What was complained about at one's organisation, and the counter-statement."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from governance import queries
from governance.actions.counter_complaint import counter_complaint
from webapp.access import OFFICE, PERSON, access
from webapp.forms.complaints import KIND_NAMES, StatementForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.numbers import asked_page
from webapp.presenters.showing import local_url
from webapp.presenters.trail import word_of
from webapp.runtime import the_market
from webapp.sessions import need_person
from webapp.views.deals.ids import read

blueprint = Blueprint("complaints", __name__)


@blueprint.get("/complaints")
@access(OFFICE)
def index() -> ResponseReturnValue:
    actor = need_person()
    with the_market().database.read() as session:
        page = queries.complaints(session, actor, page_language(), page=asked_page())
    return render_template("complaints/index.html", page=page, kinds=KIND_NAMES)


@blueprint.route("/complaints/<shown>", methods=["GET", "POST"])
@access(PERSON, post=PERSON, of="complaint")
def one(shown: str) -> ResponseReturnValue:
    actor, id, form = need_person(), read("complaint", shown), StatementForm()
    run, statement = the_market().executor.run, form.statement.data or ""
    done = form.accepted(lambda: run(actor, counter_complaint, id, statement))
    if done is None:
        with the_market().database.read() as session:
            page = queries.complaint_page(session, actor, id, page_language())
        view = {"page": page, "kinds": KIND_NAMES, "word_of": word_of}
        return render_template("complaints/one.html", form=form, **view), form.status
    flash(_("Your counter-statement was forwarded."), "done")
    return redirect(local_url(f"/complaints/{shown}"), 303)
