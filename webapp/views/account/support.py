"""A person lets an operator look, sees what was looked at, and ends it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.queries import people_names
from accounts.support.actions.end_support import end_support
from accounts.support.actions.offer_support import offer_support
from accounts.support.queries import grants_of, pages_seen
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.language import gettext as _
from webapp.language import page_language
from webapp.presenters import standing
from webapp.runtime import the_market
from webapp.views.deals.ids import read

blueprint = Blueprint("own_support", __name__, url_prefix="/account/support")


@blueprint.route("", methods=["GET", "POST"])
@access(PERSON, post=PERSON, fresh="post")
def page() -> ResponseReturnValue:
    """A code is shown once, by the answer to the form that asked for it."""
    actor, form = sessions.need_person(), ActForm()
    done = form.accepted(lambda: the_market().executor.run(actor, offer_support))
    with the_market().database.read() as session:
        now = the_market().database.now(session)
        rows = grants_of(session, actor.person or "")
        people = [row.operator for row in rows if row.operator]
        names = people_names(session, people, page_language())
        seen = {row.id: pages_seen(session, row.id) for row in rows if row.operator}
    view = {"rows": rows, "names": names, "seen": seen, "now": now}
    code = done.codes[0] if done else ""
    return render_template("account/support.html", form=form, code=code, **view), form.status


@blueprint.post("/<shown>/end")
@access(PERSON, of="support view")
def stop(shown: str) -> ResponseReturnValue:
    actor = sessions.need_person()
    the_market().executor.run(actor, end_support, read("support", shown))
    standing.forget()
    flash(_("The support view is over."), "done")
    return redirect(url_for(".page"))
