"""The home page and the market's own texts."""

from typing import Any

from flask import Blueprint, render_template

from accounts.consents.queries import in_force, versions
from accounts.consents.rules import TextKind, parts
from core.times import legal_date
from reporting.figures import closing_soon, market_figures
from search.queries import SearchRequest
from webapp.access import PUBLIC, access
from webapp.finding import find
from webapp.language import page_language
from webapp.presenters import home as present
from webapp.presenters.showing import market
from webapp.presenters.texts import KINDS
from webapp.runtime import the_market

blueprint = Blueprint("home", __name__)

NEWEST, OPEN_NEEDS = 6, 4


@blueprint.get("/")
@access(PUBLIC)
def page() -> str:
    language = page_language()
    found = find(
        SearchRequest(
            sort="newest",
            size=NEWEST,
            language=language,
            facets=("ipc_section",),
            kinds=("listing",),
        )
    )
    offers = found.page
    needs = find(
        SearchRequest(sort="newest", size=OPEN_NEEDS, language=language, facets=(), kinds=("need",))
    ).page
    database, here = the_market().database, market()
    with database.read() as session:
        now = database.now(session)
        today = legal_date(now, here.zone)
        counted, ending = market_figures(session, now), closing_soon(session, now, today)
    newest = present.hits(offers)
    jurisdiction = the_market().settings.jurisdiction
    return render_template(
        "public/home.html",
        fields=present.bars(offers),
        newest=newest,
        down=found.down,
        total=offers.total,
        needs=present.hits(needs),
        closing=present.closing(ending),
        figures=present.figures(counted),
        examples=present.examples(newest),
        rule=the_market().law.profile(jurisdiction, today).value("notice.price.min_days"),
        json_ld=present.json_ld(),
    )


@blueprint.get("/about")
@access(PUBLIC)
def about() -> str:
    return render_template("public/about.html")


@blueprint.get("/terms")
@access(PUBLIC)
def terms() -> str:
    return _version(TextKind.TERMS) or render_template("public/terms.html", **_others("terms"))


@blueprint.get("/privacy")
@access(PUBLIC)
def privacy() -> str:
    days = the_market().settings.unanswered_days
    return _version(TextKind.PRIVACY) or render_template(
        "public/privacy.html", unanswered_days=days, kept=_kept(), **_others("privacy")
    )


def _version(kind: TextKind) -> str:
    """The operator's own version that holds; empty where the market's first text does."""
    market = the_market()
    with market.database.read() as session:
        today = legal_date(market.database.now(session), market.settings.zone)
        row = in_force(session, today).get(kind)
        others = [] if row is None else versions(session, kind)
    if row is None:
        return ""
    view = {"row": row, "others": [one for one in others if one.id != row.id], "today": today}
    said = parts(row.said(page_language()))
    return render_template("public/version.html", parts=said, kinds=KINDS, **view)


def _others(kind: str) -> dict[str, Any]:
    """Versions that are public but do not hold yet."""
    with the_market().database.read() as session:
        return {"others": versions(session, kind)}


def _kept() -> list[tuple[str, int]]:
    """What is kept for a time only, with the days of the market's profile."""
    market = the_market()
    with market.database.read() as session:
        today = legal_date(market.database.now(session), market.settings.zone)
    law = market.law.profile(market.settings.jurisdiction, today)
    return [(one.title, law.integer(one.rule)) for one in market.retained if one.rule in law]
