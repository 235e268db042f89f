"""What a person was told."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.links import path
from core.times import legal_date
from notifications.actions.mark_read import mark_read
from notifications.queries import mail_settings, messages, received, unread
from notifications.wordings import Wordings
from webapp import sessions
from webapp.access import PERSON, access
from webapp.forms.account import ActForm
from webapp.language import page_language
from webapp.numbers import asked_page, whole
from webapp.runtime import the_market

blueprint = Blueprint("messages", __name__)
blueprint.add_app_template_global(path, "page_of")
PAGE: Final = 50


@blueprint.get("/messages")
@access(PERSON)
def show() -> ResponseReturnValue:
    actor, market = sessions.need_person(), the_market()
    person, page = actor.person or "", asked_page()
    with market.database.read() as session:
        words = Wordings(market.law, legal_date(market.database.now(session), market.settings.zone))
        first = PAGE * (page - 1)
        lines = messages(session, person, page_language(), PAGE, first, words)
        view = {"total": received(session, person), "fresh": unread(session, person)}
        bounces = mail_settings(session, person).bounces
    view |= {"page": page, "size": PAGE}
    default, act = market.settings.language, ActForm()
    return render_template(
        "account/messages.html", lines=lines, act=act, bounces=bounces, default=default, **view
    )


@blueprint.post("/messages/read")
@access(PERSON)
def read() -> ResponseReturnValue:
    actor, upto = sessions.need_person(), whole(request.form.get("upto")) or 0
    the_market().executor.run(actor, mark_read, upto)
    return redirect(url_for(".show"))
