"""Looking at a person's pages with their permission: beginning, ending, what was looked at."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.queries import people_names
from accounts.support.actions.begin_support import begin_support
from accounts.support.queries import grants_to
from core.results import Done
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.support import CodeForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.runtime import the_market

blueprint = Blueprint("operator_support", __name__, url_prefix="/operator/support")


@blueprint.route("", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, fresh="post")
def index() -> ResponseReturnValue:
    actor, form = sessions.need("oversee"), CodeForm()
    run, typed = the_market().executor.run, form.code.data or ""
    done = form.accepted(lambda: run(actor, begin_support, typed))
    if isinstance(done, Done):
        sessions.look_at(done.ref)
        flash(_("You now see what this person sees. Every page is written down."), "due")
        return redirect(url_for("profile.show"))
    with the_market().database.read() as session:
        now = the_market().database.now(session)
        rows = grants_to(session)
        people = [id for row in rows for id in (row.person, row.operator) if id]
        names = people_names(session, people, page_language())
    view = {"rows": rows, "names": names, "now": now}
    return render_template("operator/support.html", form=form, **view), form.status
