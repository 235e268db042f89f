"""Search: one address for reading, for partial reading, for feeds and for suggestions."""

from dataclasses import replace

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.queries import organisation_names
from search.queries import SearchPage
from webapp.access import PUBLIC, access
from webapp.finding import asked_for, find, note_unanswered, suggestions
from webapp.forms.account import ActForm
from webapp.language import page_language
from webapp.presenters import searching
from webapp.presenters.hits import address, view_hit
from webapp.presenters.showing import market
from webapp.presenters.tile_map import tiles
from webapp.presenters.understood import in_full, meant, understood
from webapp.presenters.why import why as explained
from webapp.runtime import the_market

blueprint = Blueprint("search", __name__)

LISTINGS, NEEDS = ("listing",), ("need",)


@blueprint.get("/search")
@access(PUBLIC)
def page() -> AnyResponse | str:
    return _page("/search", LISTINGS)


@blueprint.get("/needs")
@access(PUBLIC)
def needs() -> AnyResponse | str:
    return _page("/needs", NEEDS)


def _page(place: str, kinds: tuple[str, ...]) -> AnyResponse | str:
    asked, language = asked_for(request.args), page_language()
    read = understood(asked)
    question = searching.request_of(asked, read, language, market().currency, kinds)
    answer = find(question)
    found = answer.page
    if found.identifiers and found.total == 1 and not asked.narrowed and "stay" not in request.args:
        return redirect(address(found.hits[0].document))
    if asked.text and not (found.total or asked.narrowed or answer.down):
        note_unanswered(asked.text)
    view = searching.lay_out(asked, found, language, _institutes(found, asked, language))
    partial = request.headers.get("HX-Request") == "true"
    return render_template(
        "public/search/results.html" if partial else "public/search/page.html",
        view=view,
        down=answer.down,
        place=place,
        of=kinds[0],
        sorts=searching.SORT_NAMES,
        size=searching.SIZE,
        near=[] if view.hits or not asked.text else _near(asked.text),
        views=searching.VIEWS,
        tiles=tiles(found.facets.get("region", ()), asked) if asked.view == "map" else [],
        act=ActForm(),
        meant=list(meant(read, asked)),
        better=in_full(found.did_you_mean, read) if found.did_you_mean else "",
    )


@blueprint.get("/search/why")
@access(PUBLIC, of="listing")
def why() -> str:
    """Why a result stands on the page whose address this is, with the result's id behind it."""
    asked, language = asked_for(request.args), page_language()
    kinds = NEEDS if request.args.get("of") == "need" else LISTINGS
    question = searching.request_of(asked, understood(asked), language, market().currency, kinds)
    answer = find(replace(question, facets=(), snippets=False))
    wanted = request.args.get("id", "")
    hit = next((hit for hit in answer.page.hits if hit.document.id == wanted), None)
    if answer.down or hit is None:
        abort(404)
    partial = request.headers.get("HX-Request") == "true"
    return render_template(
        "public/search/_why.html" if partial else "public/search/why.html",
        why=explained(answer.page.plan, hit),
        hit=view_hit(hit, language),
        meant=list(meant(understood(asked), asked)),
        back=("/needs" if kinds == NEEDS else "/search")
        + asked.query(page=asked.page, after=asked.after),
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
@access(PUBLIC)
def suggest() -> Response:
    text = request.args.get("q", "")[:60]
    answer = jsonify(suggestions(text))
    answer.cache_control.max_age = 60
    return answer
