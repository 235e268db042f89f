"""Terms of use and privacy text: the version that holds, earlier ones, and what is to come."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.consents.queries import text_of, versions
from accounts.consents.rules import parts
from core.errors import NotFound
from core.times import legal_date
from webapp.access import PUBLIC, access
from webapp.language import page_language
from webapp.presenters.texts import KINDS
from webapp.runtime import the_market
from webapp.views.deals.ids import read

blueprint = Blueprint("texts", __name__, url_prefix="/texts")


@blueprint.get("/<shown>")
@access(PUBLIC, of="text")
def page(shown: str) -> ResponseReturnValue:
    market, id = the_market(), read("text", shown)
    with market.database.read() as session:
        row = text_of(session, id)
        if row is None:
            raise NotFound(ref=shown)
        today = legal_date(market.database.now(session), market.settings.zone)
        others = [one for one in versions(session, row.kind) if one.id != row.id]
    view = {"row": row, "others": others, "today": today, "kinds": KINDS}
    return render_template("public/version.html", parts=parts(row.said(page_language())), **view)
