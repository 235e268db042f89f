"""Pictures of shared links, for messengers that draw none from words: PNG, wide and square.

Each shows what a visitor may read, whoever asks: what strangers do not see has no picture.
"""

from __future__ import annotations

from typing import Final

from flask import Blueprint, make_response, request
from werkzeug.wrappers import Response

from accounts.limits import count_request, fingerprint
from core.actor import ANONYMOUS
from core.errors import NotFound, Refused
from core.i18n import N_
from core.ids import parse
from listings.queries import need_page
from reporting import share_cards
from reporting.organisation import public_organisation
from reporting.share_cards import ShareCard
from webapp.access import PUBLIC, access
from webapp.language import page_language
from webapp.presenters import share_cards as told
from webapp.presenters.need_page import need_view
from webapp.runtime import the_market
from webapp.security_headers import CLOSED
from webapp.views.public.results import view_for

blueprint = Blueprint("cards", __name__)
_NAMES: Final = '<any("card.png", "card-square.png"):name>'
DRAWN_A_MINUTE: Final = 30
"""Pictures that are drawn for one address; those that are kept are not counted."""


class TooManyPictures(Refused):
    """HTTP 429."""

    code = "too_many_pictures"
    status = 429
    text = N_("Too many new pictures for your connection. Ask for this one again in a minute.")


@blueprint.get(f"/results/<shown>/{_NAMES}")
@access(PUBLIC, of="listing")
def result(shown: str, name: str) -> Response:
    view, _ = view_for(ANONYMOUS, shown)
    return _answer(told.of_result(view, square=_square(name)))


@blueprint.get(f"/needs/<shown>/{_NAMES}")
@access(PUBLIC, of="need")
def need(shown: str, name: str) -> Response:
    with the_market().database.read() as session:
        found = need_page(session, ANONYMOUS, _id("need", shown), language=page_language())
    if found is None or found.confidential:
        raise NotFound(ref=shown)
    return _answer(told.of_need(need_view(found), square=_square(name)))


@blueprint.get(f"/organisations/<shown>/{_NAMES}")
@access(PUBLIC, of="organisation")
def organisation(shown: str, name: str) -> Response:
    with the_market().database.read() as session:
        found = public_organisation(session, _id("organisation", shown))
    if found is None:
        raise NotFound(ref=shown)
    return _answer(told.of_organisation(found, square=_square(name)))


def _id(kind: str, shown: str) -> str:
    """Raises NotFound."""
    kind_and_id = parse(shown)
    if kind_and_id is None or kind_and_id[0] != kind:
        raise NotFound(ref=shown)
    return kind_and_id[1]


def _square(name: str) -> bool:
    return "square" in name


def _answer(card: ShareCard) -> Response:
    """Raises FontMissing, PicturesBusy, TooManyPictures."""
    folder = the_market().settings.data_dir / "cards"
    picture = share_cards.kept(folder, card)
    if picture is None:
        _count()
        picture = share_cards.draw(folder, card)
    answer = make_response(picture)
    answer.mimetype = "image/png"
    answer.headers["Cache-Control"] = "public,max-age=600"
    answer.headers["Content-Security-Policy"] = CLOSED
    answer.set_etag(card.digest)
    return answer.make_conditional(request)


def _count() -> None:
    subject = fingerprint(f"cards:{request.remote_addr}")
    if count_request(the_market().database, subject, DRAWN_A_MINUTE).exceeded:
        raise TooManyPictures
