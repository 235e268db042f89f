"""One question put to several engines, one after the other, for whoever tunes the search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter

from search.analysis import Tokens, tokens
from search.errors import SearchUnavailable
from search.plan import AllOf, AnyOf, BestOf, Node, Part, Phrase, Plan, Prefix, Since, Term
from search.port import SearchEngine
from search.queries import SearchPage, SearchRequest


@dataclass(frozen=True, slots=True)
class Answer:
    """What one engine said and how long it took; without a page, `problem` says why."""

    engine: str
    milliseconds: float
    page: SearchPage | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """`documents` is None where the engine does not answer; `problem` or a reason to rebuild."""

    engine: str
    documents: int | None
    needs_rebuild: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A token looked up in a field; of a bridge, the best of its glosses counts. A signal of
    time is in the field "published" or "confirmed", and its token is a day."""

    part: Part
    field: str
    token: str
    weight: float


def analysed(request: SearchRequest) -> Tokens:
    """The question's own tokens."""
    return tokens(request.text)


def ask_each(engines: Mapping[str, SearchEngine], request: SearchRequest) -> list[Answer]:
    """In the order of the engines; one that is away keeps no other from answering.

    Each is asked twice and the second time counts: what a process loads at its first question
    would else be charged to whoever is asked first.
    """
    return [_ask(name, engine, request) for name, engine in engines.items()]


def _ask(name: str, engine: SearchEngine, request: SearchRequest) -> Answer:
    began = perf_counter()
    try:
        engine.search(request)
        began = perf_counter()
        page, problem = engine.search(request), ""
    except SearchUnavailable as error:
        page, problem = None, _said(error)
    return Answer(name, (perf_counter() - began) * 1000, page, problem)


def states(engines: Mapping[str, SearchEngine]) -> Iterator[State]:
    """How many documents each engine can find, and whether it wants to be built anew."""
    for name, engine in engines.items():
        try:
            health = engine.health()
            yield State(name, health.documents, health.needs_rebuild)
        except SearchUnavailable as error:
            yield State(name, None, problem=_said(error))


def weighed(plan: Plan) -> Iterator[Weighed]:
    """Everything of the plan that ranks, in its order, and the signals that add to it."""
    for part in (*plan.parts, *plan.signals):
        for field, token, weight in _leaves(part.node):
            yield Weighed(part, field, token, weight)


def in_common(answers: Sequence[Answer]) -> int | None:
    """How many of the hits shown every engine shows; None unless two or more have answered."""
    shown = [
        {(hit.document.kind, hit.document.id) for hit in answer.page.hits}
        for answer in answers
        if answer.page is not None
    ]
    return len(set.intersection(*shown)) if len(shown) > 1 else None


def _leaves(node: Node) -> Iterator[tuple[str, str, float]]:
    match node:
        case Term(field, token, weight):
            yield field, token, weight
        case Prefix(field, token):
            yield field, f"{token}…", 1.0
        case AllOf(parts) | AnyOf(parts) | BestOf(parts):
            for part in parts:
                yield from _leaves(part)
        case Phrase(field, tokens, weight):
            yield field, " ".join(tokens), weight
        case Since(moment, bonus, field):
            yield field, f"≥ {datetime.fromtimestamp(moment, UTC):%Y-%m-%d}", bonus


def _said(error: SearchUnavailable) -> str:
    return str(error.__cause__ or error) or type(error.__cause__).__name__
