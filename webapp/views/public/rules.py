"""The rules that hold in the market, and changes of them before they take effect."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from contracts.fees import FEE_RULES
from core.law import LawBook, LawValue
from core.times import legal_date
from governance.amendment_queries import published
from governance.chapters import CHAPTERS, entries
from webapp.access import PUBLIC, access
from webapp.language import page_language
from webapp.presenters.amendments import fee_value
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


@blueprint.get("/fees")
@access(PUBLIC)
def fees() -> ResponseReturnValue:
    """What the market charges, and changes that are public already."""
    market = the_market()
    with market.database.read() as session:
        today = legal_date(market.database.now(session), market.settings.zone)
    book, name = market.law, market.settings.jurisdiction
    profile = book.profile(name, today)
    rows = [
        (entry.name, profile.value(entry.rule), _coming(book, name, entry.rule, today))
        for entry in entries(CHAPTERS["fees"], profile)
    ]
    charges = any(profile.value(rule).value for rule in FEE_RULES.values() if rule in profile)
    view = {"rows": rows, "charges": charges, "today": today, "shown_value": fee_value}
    return render_template("public/fees.html", **view)


def _coming(book: LawBook, name: str, rule: str, today: date) -> list[LawValue]:
    """The values that take effect later, by their day."""
    days = sorted({one.on for many in book.amended.values() for one in many if one.on > today})
    found: list[LawValue] = []
    last = book.profile(name, today).value(rule)
    for day in days:
        then = book.profile(name, day).value(rule)
        if then.value != last.value:
            found.append(then)
        last = then
    return found
