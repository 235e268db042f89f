"""The home page and the market's own texts."""

from flask import Blueprint, render_template

from core.times import legal_date
from reporting.figures import closing_soon, market_figures
from search.queries import SearchRequest
from webapp.access import PUBLIC, access
from webapp.finding import find
from webapp.language import page_language
from webapp.presenters import home as present
from webapp.presenters.showing import market
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
    return render_template("public/terms.html")


@blueprint.get("/privacy")
@access(PUBLIC)
def privacy() -> str:
    days = the_market().settings.unanswered_days
    return render_template("public/privacy.html", unanswered_days=days)
