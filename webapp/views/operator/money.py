"""The counter: transfers to confirm, payouts to make, forfeitures to decide; and the ledger."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from billing import reading
from webapp import sessions
from webapp.access import OVERSEE, access
from webapp.language import page_language
from webapp.presenters.money import words
from webapp.runtime import the_market

blueprint = Blueprint("operator_money", __name__, url_prefix="/operator")
blueprint.context_processor(words)


@blueprint.get("/money")
@access(OVERSEE)
def queue() -> ResponseReturnValue:
    sessions.need("oversee")
    with the_market().database.read() as session:
        page = reading.waiting(session, page_language())
    return render_template("operator/money.html", page=page)


@blueprint.get("/ledger")
@access(OVERSEE)
def ledger() -> ResponseReturnValue:
    sessions.need("oversee")
    with the_market().database.read() as session:
        page = reading.ledger_page(session)
    return render_template("operator/ledger.html", page=page)
