"""What a person was told."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.links import path
from notifications.actions.mark_read import mark_read
from notifications.queries import messages
from webapp import sessions
from webapp.forms.account import ActForm
from webapp.language import page_language
from webapp.runtime import the_market

blueprint = Blueprint("messages", __name__)
blueprint.add_app_template_global(path, "page_of")


@blueprint.get("/messages")
def show() -> ResponseReturnValue:
    actor, market = sessions.need_person(), the_market()
    with market.database.read() as session:
        lines = messages(session, actor.person or "", page_language())
    default = market.settings.language
    return render_template("account/messages.html", lines=lines, act=ActForm(), default=default)


@blueprint.post("/messages/read")
def read() -> ResponseReturnValue:
    actor, upto = sessions.need_person(), request.form.get("upto", 0, type=int)
    the_market().executor.run(actor, mark_read, upto)
    return redirect(url_for(".show"))
