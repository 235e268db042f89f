"""Search: one address for reading, for partial reading, for feeds and for suggestions."""

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.queries import organisation_names
from search.queries import SearchPage
from webapp.finding import find, suggestions
from webapp.language import page_language
from webapp.presenters import searching
from webapp.presenters.hits import address
from webapp.presenters.showing import market
from webapp.runtime import the_market

blueprint = Blueprint("search", __name__)

LISTINGS, NEEDS = ("listing",), ("need",)


@blueprint.get("/search")
def page() -> AnyResponse | str:
    return _page("/search", LISTINGS)


@blueprint.get("/needs")
def needs() -> AnyResponse | str:
    return _page("/needs", NEEDS)


def _page(place: str, kinds: tuple[str, ...]) -> AnyResponse | str:
    asked, language = searching.read(request.args), page_language()
    question = searching.request_of(asked, language, market().currency, kinds)
    answer = find(question)
    found = answer.page
    if found.identifiers and found.total == 1 and not asked.narrowed and "stay" not in request.args:
        return redirect(address(found.hits[0].document))
    view = searching.lay_out(asked, found, language, _institutes(found, asked, language))
    partial = request.headers.get("HX-Request") == "true"
    return render_template(
        "public/search/results.html" if partial else "public/search/page.html",
        view=view,
        down=answer.down,
        place=place,
        sorts=searching.SORT_NAMES,
        size=searching.SIZE,
        near=[] if view.hits or not asked.text else _near(asked.text),
    )


def _institutes(found: SearchPage, asked: searching.Asked, language: str) -> dict[str, str]:
    ids = {count.value for count in found.facets.get("institute", ())}
    ids.update(asked.filters.get("institute", ()))
    with the_market().database.read() as session:
        return organisation_names(session, ids, language)


def _near(text: str) -> list[str]:
    words = text.split()
    return suggestions(words[-1][:20], limit=5) if words else []


@blueprint.get("/search/suggest")
def suggest() -> Response:
    text = request.args.get("q", "")[:60]
    answer = jsonify(suggestions(text))
    answer.cache_control.max_age = 60
    return answer
