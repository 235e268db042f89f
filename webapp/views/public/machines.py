"""For crawlers and feed readers: robots, sitemaps, Atom."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, render_template, request

from core import links
from core.texts import for_xml
from syndication import sitemap
from webapp.access import PUBLIC, access
from webapp.finding import PLACES, asked_for
from webapp.language import TAGS, page_language
from webapp.presenters import searching
from webapp.presenters.feeds import feed_entries
from webapp.presenters.showing import market
from webapp.presenters.understood import understood
from webapp.runtime import the_engine, the_market

blueprint = Blueprint("machines", __name__)

FIXED = ("/", "/search", "/needs", "/notices", "/about", "/terms", "/privacy")
FEED_LENGTH = 50


@blueprint.get("/robots.txt")
@access(PUBLIC)
def robots() -> Response:
    body = render_template("public/robots.txt", base=market().base_url)
    return Response(body, mimetype="text/plain")


@blueprint.get("/sitemap.xml")
@access(PUBLIC)
def sitemap_index() -> Response:
    with the_market().database.read() as session:
        count = sitemap.pages(session)
    body = render_template("public/sitemap_index.xml", base=market().base_url, count=count)
    return Response(body, mimetype="application/xml")


@blueprint.get("/sitemap-<int:page>.xml")
@access(PUBLIC, of="listing")
def sitemap_page(page: int) -> Response:
    default, base = market().language, market().base_url
    with the_market().database.read() as session:
        if not 1 <= page <= sitemap.pages(session):
            abort(404)
        found = [(links.path(place.ref, default, default), place.changed)
                 for place in sitemap.places(session, page)]  # fmt: skip
    fixed = [(path, None) for path in FIXED] if page == 1 else []
    body = render_template(
        "public/sitemap.xml", base=base, places=[*fixed, *found],
        languages=[(TAGS[code], "" if code == default else f"/{code}") for code in TAGS],
    )  # fmt: skip
    return Response(body, mimetype="application/xml")


@blueprint.get("/search.atom")
@access(PUBLIC)
def atom() -> Response:
    """The newest of any search. Readers ask again and again: an unchanged feed answers 304."""
    asked, language = asked_for(request.args), page_language()
    of = request.args.get("of", "")
    place = next((place for place, kinds in PLACES.items() if of in kinds), "")
    question = searching.feed_of(
        asked, understood(asked), language, market().currency, PLACES.get(place, ()), FEED_LENGTH
    )
    entries = feed_entries(the_engine().search(question).hits, language)
    updated = max((entry.updated for entry in entries), default=datetime(2000, 1, 1, tzinfo=UTC))
    body = render_template(
        "public/feed.xml",
        entries=entries,
        updated=updated,
        asked=asked,
        of=of if place else "",
        place=place or "/search",
        base=market().base_url,
    )
    answer = Response(for_xml(body), mimetype="application/atom+xml")
    answer.add_etag()
    answer.cache_control.public, answer.cache_control.max_age = True, 300
    answer.make_conditional(request)
    return answer
