"""The page of a need: who looks for what, by when, for how much."""

from flask import Blueprint, render_template

from core.errors import NotFound
from core.ids import parse
from listings.permissions import Do
from listings.queries import need_page
from matching.proposals.permissions import proposing_seats
from matching.proposals.queries import waiting_by_need
from search.queries import SearchRequest
from webapp.access import PUBLIC, access
from webapp.finding import near
from webapp.language import page_language
from webapp.presenters.hits import view_hit
from webapp.presenters.need_page import need_view
from webapp.presenters.need_schema import demand
from webapp.runtime import the_market
from webapp.sessions import current_actor

blueprint = Blueprint("needs", __name__)


@blueprint.get("/needs/<shown>")
@access(PUBLIC, of="need")
def page(shown: str) -> str:
    kind_and_id = parse(shown)
    if kind_and_id is None or kind_and_id[0] != "need":
        raise NotFound(ref=shown)
    language = page_language()
    actor = current_actor()
    with the_market().database.read() as session:
        found = need_page(session, actor, kind_and_id[1], language=language)
        answers = found is not None and Do.EDIT in found.may
        came = waiting_by_need(session, [found.id])[found.id][1] if found and answers else 0
    if found is None:
        raise NotFound(ref=shown)
    asked = SearchRequest(
        text=f"{found.title} {' '.join(found.keywords)}",
        size=5, language=language, facets=(), match="any", kinds=("listing",), snippets=False,
    )  # fmt: skip
    fits = [] if found.confidential else near(asked)
    hits = [view_hit(hit, language) for hit in fits]
    view = need_view(found)
    return render_template(
        "public/need.html",
        n=view,
        similar=hits,
        json_ld=demand(found, view.url),
        mine=found.ours,
        answers=answers,
        can_propose=actor.kind != "person" or bool(proposing_seats(actor)),
        proposals=came,
    )
