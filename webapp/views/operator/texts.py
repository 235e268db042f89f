"""Versions of the terms of use and of the privacy text, published by operators."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.consents.actions.publish_text import publish_text
from accounts.consents.queries import versions
from accounts.consents.rules import NOTICE_DAYS, first_day
from core.times import legal_date
from webapp import sessions
from webapp.access import OPERATE, OVERSEE, access
from webapp.forms.texts import TextForm
from webapp.language import gettext as _
from webapp.presenters import standing
from webapp.presenters.texts import KINDS
from webapp.runtime import the_market

blueprint = Blueprint("operator_texts", __name__, url_prefix="/operator/texts")


@blueprint.route("", methods=["GET", "POST"])
@access(OVERSEE, post=OPERATE, fresh="post")
def index() -> ResponseReturnValue:
    actor, form, market = sessions.need("oversee"), TextForm(), the_market()
    typed = (form.kind.data or "", form.text.data or "", form.text_en.data or "")
    run, day = market.executor.run, form.takes_effect.data
    if form.accepted(lambda: run(actor, publish_text, *typed, day)) is not None:
        standing.forget()
        flash(_("Published. It holds from its day on; then everybody is asked."), "done")
        return redirect(url_for(".index"))
    with market.database.read() as session:
        today = legal_date(market.database.now(session), market.settings.zone)
        rows = versions(session)
    law = market.law.profile(market.settings.jurisdiction, today)
    first = first_day(today, law.integer(NOTICE_DAYS))
    view = {"rows": rows, "today": today, "first": first, "kinds": KINDS}
    return render_template("operator/texts.html", form=form, **view), form.status
