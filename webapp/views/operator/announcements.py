"""The operator announces something, and takes it back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from governance.actions.announce import announce
from governance.actions.withdraw_announcement import withdraw_announcement
from governance.announcements import announcements
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.account import ActForm
from webapp.forms.governing import AUDIENCES, AnnouncementForm
from webapp.language import gettext as _
from webapp.presenters import standing
from webapp.runtime import the_market
from webapp.views.deals.ids import read
from webapp.views.operator.console import page_number

blueprint = Blueprint("operator_announcements", __name__, url_prefix="/operator/announcements")


@blueprint.route("", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE)
def index() -> ResponseReturnValue:
    actor, form, market = sessions.need("oversee"), AnnouncementForm(), the_market()
    said = form.said(market.settings.zone)
    if form.accepted(lambda: market.executor.run(actor, announce, said)) is None:
        with market.database.read() as session:
            page, now = announcements(session, page_number()), market.database.now(session)
        view = {"page": page, "now": now, "act": ActForm(), "audiences": AUDIENCES}
        return render_template("operator/announcements.html", form=form, **view), form.status
    standing.forget()
    flash(_("Announced."), "done")
    return redirect(url_for(".index"))


@blueprint.post("/<shown>/withdraw")
@access(OPERATE, of="announcement")
def withdraw(shown: str) -> ResponseReturnValue:
    actor, id = sessions.need("operate"), read("announcement", shown)
    the_market().executor.run(actor, withdraw_announcement, id)
    standing.forget()
    flash(_("Taken back."), "done")
    return redirect(url_for(".index"))
