"""Why one result was found, in words: the question's own, the title, the bridge of languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.i18n import N_
from search.plan import Plan, Reason
from search.queries import Hit
from search.why import Reached, reached
from webapp.language import plain

SOURCES = {
    "operator": N_("the market's own terms"),
    "synonym": N_("the market's synonyms"),
    "terms": N_("list of technical terms"),
    "dictionary": N_("dictionary (CC-CEDICT)"),
}


@dataclass(frozen=True)
class Crossed:
    """A word of the question and one of its glosses that stands in the text."""

    said: str
    gloss: str
    source: str


@dataclass(frozen=True)
class Why:
    """Words in the title and anywhere in the text, glosses found, and the engine's score."""

    title: tuple[str, ...]
    text: tuple[str, ...]
    crossed: tuple[Crossed, ...]
    score: float
    fresh: bool
    """It was published lately, which parts equals."""
    alive: bool
    """Its owner confirmed it lately, which does the same."""
    phrases: tuple[str, ...] = ()
    """What stands in it as it does in the question."""
    meaning: float | None = None
    """How near it is to the question in meaning, where the market asks for that."""
    related: tuple[str, ...] = ()
    """Words of the best results that it has too; a long question only."""

    @property
    def nothing(self) -> bool:
        return not (self.title or self.text or self.crossed)


def why(plan: Plan | None, hit: Hit) -> Why:
    """Analyses the hit's document anew: asked for one hit at a time."""
    met = reached(plan, hit.document) if plan is not None else []
    return Why(
        title=_said(one for one in met if one.part.reason is Reason.TITLE),
        text=_said(one for one in met if one.part.reason in {Reason.WORD, Reason.PAIR}),
        crossed=tuple(
            Crossed(one.part.said, gloss.text, plain(SOURCES[gloss.source]))
            for one in met
            for gloss in one.glosses
        ),
        score=hit.score,
        meaning=hit.meaning,
        fresh=any(one.part.reason is Reason.FRESH for one in met),
        alive=any(one.part.reason is Reason.ALIVE for one in met),
        phrases=_said(one for one in met if one.part.reason is Reason.PHRASE),
        related=_said(one for one in met if one.part.reason is Reason.RELATED),
    )


def _said(met: Iterable[Reached]) -> tuple[str, ...]:
    """Each word once; pairs of characters that a longer word holds say nothing new."""
    words = list(dict.fromkeys(one.part.said for one in met))
    return tuple(
        word for word in words if not any(word != other and word in other for other in words)
    )
