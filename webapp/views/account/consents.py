"""Saying yes to a new version of the terms or of the privacy text."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from accounts.consents.actions.accept_texts import accept_texts
from accounts.consents.queries import in_force, said_by, unanswered, versions
from core.times import legal_date
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.language import gettext as _
from webapp.presenters.texts import KINDS
from webapp.runtime import the_market

blueprint = Blueprint("consents", __name__, url_prefix="/account/consent")


@blueprint.route("", methods=["GET", "POST"])
@access(PERSON, post=PERSON)
def page() -> ResponseReturnValue:
    """What is asked now, and everything that the person has agreed to before."""
    actor, form = sessions.need_person(), ActForm()
    run, read = the_market().executor.run, request.form.getlist("text")
    if form.accepted(lambda: run(actor, accept_texts, read)) is not None:
        flash(_("Thank you. What you agreed to and when is in the copy of your data."), "done")
        return redirect(sessions.safe_next(request.args.get("next"), "/account"))
    market = the_market()
    with market.database.read() as session:
        today = legal_date(market.database.now(session), market.settings.zone)
        holding = in_force(session, today)
        ids = {kind: row.id for kind, row in holding.items()}
        asked = unanswered(session, actor.person or "", ids)
        said = said_by(session, actor.person or "")
        known = {row.id: row for row in versions(session)}
    view = {"asked": [known[id] for id in asked], "said": said, "known": known, "kinds": KINDS}
    return render_template("account/consent.html", form=form, **view), form.status
