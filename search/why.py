"""Why a result was found: the parts of a plan that a document meets.

`reached(page.plan, hit.document)` analyses one document anew (about a millisecond), so a page asks
for it only where somebody wants to know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from search.documents import Document
from search.fields import fields
from search.plan import (
    PAIRS,
    TITLE_PAIRS,
    TITLE_WORDS,
    WORDS,
    AllOf,
    AnyOf,
    BestOf,
    Node,
    Part,
    Phrase,
    Plan,
    Prefix,
    Reason,
    Since,
    Term,
)
from search.queries import Gloss

_TEXT = (WORDS, PAIRS, TITLE_WORDS, TITLE_PAIRS)


@dataclass(frozen=True, slots=True)
class Reached:
    """A part that the document meets: `part.reason` and `part.said` say which.

    Of a bridge, `glosses` are those that stand in the document, each with its source.
    """

    part: Part
    glosses: tuple[Gloss, ...] = ()


def reached(plan: Plan, document: Document) -> list[Reached]:
    """In the plan's order, its signals last; [] if nothing that finds stands in the document."""
    held = _held(document)
    met = list(_reached(plan.parts, document, held))
    return [*met, *_reached(plan.signals, document, held)] if met else []


def _reached(
    parts: Iterable[Part], document: Document, held: Mapping[str, Collection[str]]
) -> Iterator[Reached]:
    for part in parts:
        if part.reason is Reason.BRIDGE and part.bridged and isinstance(part.node, BestOf):
            ways = zip(part.node.parts, part.bridged.glosses, strict=True)
            glosses = tuple(gloss for way, gloss in ways if _meets(way, held))
            if glosses:
                yield Reached(part, glosses)
        elif isinstance(part.node, Since):
            moment = getattr(document, part.node.field)
            if moment is not None and moment.timestamp() >= part.node.moment:
                yield Reached(part)
        elif _meets(part.node, held):
            yield Reached(part)


def _held(document: Document) -> dict[str, Collection[str]]:
    """Tokens in their order, as an engine splits them."""
    found = fields(document)
    return {name: getattr(found, name).split() for name in _TEXT}


def _meets(node: Node, held: Mapping[str, Collection[str]]) -> bool:
    match node:
        case Term(field, token):
            return token in held[field]
        case Phrase(field, tokens):
            return f" {' '.join(tokens)} " in f" {' '.join(held[field])} "
        case Prefix(field, token):
            return any(known.startswith(token) for known in held[field])
        case AllOf(parts):
            return all(_meets(part, held) for part in parts)
        case AnyOf(parts) | BestOf(parts):
            return any(_meets(part, held) for part in parts)
        case Since():
            return False
