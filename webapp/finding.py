"""Asks the search engine on behalf of pages, which go on without it where it cannot answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import structlog
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict

from accounts.queries import houses
from core.i18n import N_
from core.times import legal_date
from listings.queries.catalogue import catalogue
from search.errors import SearchUnavailable
from search.queries import Hit, SearchPage, SearchRequest, with_houses
from search.unanswered import count_unanswered
from webapp.language import page_language, plain
from webapp.presenters import searching
from webapp.presenters.searching import Asked
from webapp.presenters.showing import market
from webapp.presenters.understood import understood
from webapp.runtime import the_engine, the_market

log = structlog.get_logger()
PLACES: Final[Mapping[str, tuple[str, ...]]] = {"/search": ("listing",), "/needs": ("need",)}
"""The pages of search, and what each finds."""


@dataclass(frozen=True)
class Found:
    """`down`: the page is the plain catalogue; words, filters and sorting were not applied."""

    page: SearchPage
    down: bool = False


def asked_for(args: MultiDict[str, str]) -> Asked:
    """What an address asks; an institute that was merged since is the one that it is by now."""
    asked = searching.read(args)
    chosen = asked.filters.get("institute", ())
    return replace(asked, filters=of_today(asked.filters)) if chosen else asked


def of_today(filters: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """See `search.queries.with_houses`."""
    with the_market().database.read() as session:
        return with_houses(filters, houses(session, filters.get("institute", ())))


@dataclass(frozen=True)
class Kept:
    """A search as it is saved: `address` is path and query of its page."""

    name: str
    address: str
    question: SearchRequest


def to_keep(asked: Asked, place: str, name: str = "") -> Kept:
    """What is kept of a search on one of `PLACES`, named by its words where nobody names it."""
    question = searching.request_of(
        asked, understood(asked), page_language(), market().currency, PLACES[place]
    )
    name = name.strip() or asked.text or plain(N_("Search by filters"))
    return Kept(name, place + asked.query(sort="newest", view=""), question)


def find(asked: SearchRequest) -> Found:
    """The engine's answer, else the newest that the database holds of the same kinds and owner."""
    try:
        return Found(the_engine().search(asked))
    except SearchUnavailable as error:
        log.warning("search down", what="search", cause=repr(error.__cause__))
    owners = asked.filters.get("owner", ())
    with the_market().database.read() as session:
        today = legal_date(the_market().database.now(session), market().zone)
        plain = catalogue(
            session,
            asked.kinds,
            today,
            owner=owners[0] if owners else None,
            page=asked.page,
            size=asked.size,
        )
    hits = tuple(Hit(document, 0, 0.0, title=()) for document in plain.documents)
    return Found(SearchPage(hits, plain.total), down=True)


def near(asked: SearchRequest) -> list[Hit]:
    """Hits that only add to a page: none while search is down."""
    try:
        return list(the_engine().search(asked).hits)
    except SearchUnavailable as error:
        log.warning("search down", what="near", cause=repr(error.__cause__))
        return []


def similar(kind: str, id: str, limit: int, language: str) -> list[Hit]:
    """The nearest to one object: none while search is down."""
    try:
        return the_engine().similar(kind, id, limit=limit, language=language)
    except SearchUnavailable as error:
        log.warning("search down", what="similar", cause=repr(error.__cause__))
        return []


def suggestions(text: str, limit: int = 8) -> list[str]:
    """Completions of what was typed: none while search is down."""
    try:
        return [said.text for said in the_engine().suggest(text, limit)] if text.strip() else []
    except SearchUnavailable as error:
        log.warning("search down", what="suggest", cause=repr(error.__cause__))
        return []


def note_unanswered(text: str) -> None:
    """Counts a question that found nothing, for the operator; no page fails for it."""
    if not the_market().settings.unanswered_days:
        return
    try:
        count_unanswered(the_market().database, market().zone, text)
    except OperationalError as error:
        log.warning("question not counted", cause=repr(error.orig))
