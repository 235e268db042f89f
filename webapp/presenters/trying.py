"""A trial of the search, laid out for its operator: how it was read, and who answered what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.i18n import N_
from search.plan import Reason
from search.queries import Hit, SearchPage, Segments
from search.trial import Answer, Weighed, weighed
from webapp.presenters.hits import view_hit
from webapp.presenters.why import Why, why

SHOWN = 10
"""Hits of each engine."""
VAIN = 50
"""Questions that found nothing."""
TERMS = 80
"""Terms that are listed; a long question has more."""
ENGINES = {"embedded": N_("Embedded engine"), "elasticsearch": N_("Elasticsearch")}
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "listing": (N_("Results and patents"), ("listing",)),
    "need": (N_("Needs"), ("need",)),
    "": (N_("Both"), ()),
}
FIELDS = {
    "words": N_("text, words"),
    "pairs": N_("text, pairs of characters"),
    "title_words": N_("title, words"),
    "title_pairs": N_("title, pairs of characters"),
    "published": N_("day of publication"),
    "confirmed": N_("day of the owner's confirmation"),
}
REASONS = {
    Reason.WORD: N_("a word of the question"),
    Reason.PAIR: N_("a pair of characters"),
    Reason.TITLE: N_("the same in the title"),
    Reason.BRIDGE: N_("the other language"),
    Reason.PHRASE: N_("as it stands in the question"),
    Reason.FRESH: N_("published lately"),
    Reason.ALIVE: N_("confirmed by its owner lately"),
    Reason.RELATED: N_("a word of the best results"),
}
REBUILDS = {
    "new": N_("It was never filled."),
    "schema": N_("It was made for another version of the fields."),
    "analysis": N_("Texts are split differently since it was made."),
    "damaged": N_("Its files are damaged."),
}


@dataclass(frozen=True)
class Row:
    """A hit; `elsewhere` is its rank at the other engine, 0 if it is not among those shown."""

    rank: int
    url: str
    title: Segments
    language: str
    score: float
    why: Why
    elsewhere: int | None


@dataclass(frozen=True)
class Side:
    """One engine's answer."""

    name: str
    milliseconds: float
    problem: str
    page: SearchPage | None
    rows: tuple[Row, ...]


def sides(answers: Sequence[Answer], language: str) -> list[Side]:
    """Each engine with the ranks that the next one gives to the same documents."""
    return [
        _side(answer, answers[(at + 1) % len(answers)] if len(answers) > 1 else None, language)
        for at, answer in enumerate(answers)
    ]


def _side(answer: Answer, other: Answer | None, language: str) -> Side:
    page = answer.page
    ranks = _ranks(other.page) if other is not None and other.page is not None else None
    rows = tuple(_rows(page, ranks, language)) if page is not None else ()
    return Side(ENGINES[answer.engine], answer.milliseconds, answer.problem, page, rows)


def _rows(page: SearchPage, ranks: dict[str, int] | None, language: str) -> Iterable[Row]:
    for rank, hit in enumerate(page.hits, start=1):
        view = view_hit(hit, language)
        yield Row(
            rank,
            view.url,
            view.title,
            view.language,
            hit.score,
            why(page.plan, hit),
            None if ranks is None else ranks.get(_key(hit), 0),
        )


def _ranks(page: SearchPage) -> dict[str, int]:
    return {_key(hit): rank for rank, hit in enumerate(page.hits, start=1)}


def _key(hit: Hit) -> str:
    return f"{hit.document.kind}:{hit.document.id}"


def terms(answers: Sequence[Answer]) -> list[Weighed]:
    """What was looked up, as the first engine that answered put it."""
    plans = (answer.page.plan for answer in answers if answer.page and answer.page.plan)
    plan = next(plans, None)
    return list(weighed(plan)) if plan else []
