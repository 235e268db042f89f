"""The rules that hold in the market, and changes of them before they take effect."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from core.times import legal_date
from governance.amendment_queries import published
from webapp.access import PUBLIC, access
from webapp.language import page_language
from webapp.presenters.rule_words import in_words, rule_name, sections
from webapp.runtime import the_market

blueprint = Blueprint("rules", __name__)


@blueprint.get("/rules")
@access(PUBLIC)
def page() -> ResponseReturnValue:
    market = the_market()
    with market.database.read() as session:
        today = legal_date(market.database.now(session), market.settings.zone)
        rows = published(session)
    profile = market.law.profile(market.settings.jurisdiction, today)
    words = {"sections": sections(profile), "rule_name": rule_name, "in_words": in_words}
    view = {"rows": rows, "today": today, "profile": profile, **words}
    title = market.law.title(market.settings.jurisdiction, page_language())
    return render_template("public/rules.html", place=title, **view)
