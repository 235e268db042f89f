"""Why a result was found: the parts of a plan that a document meets.

`reached(page.plan, hit.document)` analyses one document anew (about a millisecond), so a page asks
for it only where somebody wants to know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from search.documents import Document
from search.fields import fields
from search.plan import AllOf, AnyOf, BestOf, Node, Part, Plan, Prefix, Reason, Since, Term
from search.queries import Gloss


@dataclass(frozen=True, slots=True)
class Reached:
    """A part that the document meets: `part.reason` and `part.said` say which.

    Of a bridge, `glosses` are those that stand in the document, each with its source.
    """

    part: Part
    glosses: tuple[Gloss, ...] = ()


def reached(plan: Plan, document: Document) -> list[Reached]:
    """In the plan's order; [] if nothing of it stands in the document's texts."""
    met = list(_reached(plan, _held(document)))
    return [*met, *_fresh(plan, document)] if met else []


def _reached(plan: Plan, held: Mapping[str, Collection[str]]) -> Iterator[Reached]:
    for part in plan.parts:
        if part.reason is Reason.BRIDGE and part.bridged and isinstance(part.node, BestOf):
            ways = zip(part.node.parts, part.bridged.glosses, strict=True)
            glosses = tuple(gloss for way, gloss in ways if _meets(way, held))
            if glosses:
                yield Reached(part, glosses)
        elif _meets(part.node, held):
            yield Reached(part)


def _fresh(plan: Plan, document: Document) -> Iterator[Reached]:
    """Signals that the document has; only beside something of the question."""
    published = document.published.timestamp() if document.published else 0
    for part in plan.signals:
        if isinstance(part.node, Since) and published >= part.node.moment:
            yield Reached(part)


def _held(document: Document) -> dict[str, Collection[str]]:
    found = fields(document)
    return {
        "words": frozenset(found.words.split()),
        "pairs": frozenset(found.pairs.split()),
        "title_words": frozenset(found.title_words.split()),
        "title_pairs": frozenset(found.title_pairs.split()),
    }


def _meets(node: Node, held: Mapping[str, Collection[str]]) -> bool:
    match node:
        case Term(field, token):
            return token in held[field]
        case Prefix(field, token):
            return any(known.startswith(token) for known in held[field])
        case AllOf(parts):
            return all(_meets(part, held) for part in parts)
        case AnyOf(parts) | BestOf(parts):
            return any(_meets(part, held) for part in parts)
        case Since():
            return False
