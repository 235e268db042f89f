"""A question as a plan of terms, which each engine puts into its own words.

How to read a `Plan`: `parts` rank, each with the `Reason` it is there for and the word of the
question it comes from; `words` are what a document should have all of; `bridged` says which words
were taken into the other language, and to what. `search.why` tells which parts a document meets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search.analysis import (
    han_pairs,
    han_phrases,
    is_han,
    latin_tokens,
    runs_of,
    stem,
    tokens,
)
from search.bridge import Crossing, Way
from search.folding import fold
from search.queries import LONGEST, Bridged
from search.vocabulary import STOP_WORDS

WORDS, PAIRS, TITLE_WORDS, TITLE_PAIRS = "words", "pairs", "title_words", "title_pairs"
TITLE_WEIGHT = 0.25
TWICE = 2.0
"""Chinese is counted by words and by pairs. What has one of the two only counts twice by it:
what is written in letters, and the pairs of a short question."""
PHRASE_WEIGHT = 0.1
"""Words that stand in the text as they do in the question, beside what each counts by itself."""
BRIDGE_WEIGHT = 0.6
"""The question's own language comes first: what a dictionary says counts this much less."""
FRESH = ((30, 0.1), (180, 0.1))
"""What was published within so many days gets so much on top: a fifth of a point at most, where a
good match has ten and more. It parts equals and hardly turns over anything else."""
ALIVE = ((90, 0.1),)
"""The same for what its owner confirmed within so many days: somebody is there who answers."""
DAY = 86_400
MUST_ALL = 4
"""Texts of up to this many words ask for all of them."""
MOST_TERMS = 256
"""Distinct tokens of one question that are looked up."""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with this token in this field; their score is BM25 times `weight`."""

    field: str
    token: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents with a token that begins so; the score is the same for all."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents with these tokens one after the other; BM25 of all of them times `weight`."""

    field: str
    tokens: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class AllOf:
    """Documents that satisfy every part; a need, which adds nothing to the score."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents that satisfy a part; the scores of those they satisfy are added up."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class BestOf:
    """Documents that satisfy a part; only the highest score counts (Elasticsearch: dis_max).

    So many glosses of one word weigh no more than one.
    """

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """Documents whose `field` ("published", "confirmed") is this second since 1970 or later; each
    gets `bonus`, and no more."""

    moment: int
    bonus: float
    field: str = "published"


Node = Term | Prefix | Phrase | AllOf | AnyOf | BestOf | Since


class Reason(StrEnum):
    """Why a part is in a plan."""

    WORD = "word"
    """A word of the question, anywhere in the text."""
    PAIR = "pair"
    """Two neighbouring characters of the question, anywhere in the text."""
    TITLE = "title"
    """A word or pair, in the title."""
    BRIDGE = "bridge"
    """What a word is called in the other language, or by the operator's synonyms: see its
    `Bridged.glosses`, each with its source."""
    PHRASE = "phrase"
    """Words of the question as they follow each other there."""
    FRESH = "fresh"
    """Published lately: one of the plan's `signals`."""
    ALIVE = "alive"
    """Confirmed by its owner lately: one of the plan's `signals`."""
    RELATED = "related"
    """A word of the best results of a long question: one of the plan's `signals`."""


@dataclass(frozen=True, slots=True)
class Part:
    """A ranking part. `said` is the question's word; of a bridge, `bridged` has the glosses.

    A bridge's node is a `BestOf` with one alternative for each gloss, in their order.
    """

    node: Node
    reason: Reason
    said: str
    bridged: Bridged | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question as it was written (folded), and what a document needs to have it."""

    text: str
    need: Node


@dataclass(frozen=True, slots=True)
class Plan:
    """See above. `short`: a document must have all of the words.

    `signals` add to the score of what the other parts have found, and find nothing themselves.
    """

    words: tuple[Word, ...]
    parts: tuple[Part, ...]
    signals: tuple[Part, ...] = ()

    @property
    def any_of(self) -> tuple[Node, ...]:
        """What ranks: an engine adds up the scores of these."""
        return tuple(part.node for part in self.parts)

    @property
    def bridged(self) -> tuple[Bridged, ...]:
        return tuple(part.bridged for part in self.parts if part.bridged)

    @property
    def short(self) -> bool:
        return 0 < len(self.words) <= MUST_ALL

    @property
    def empty(self) -> bool:
        return not self.parts


def plan(text: str, crossings: Sequence[Crossing] = (), now: float | None = None) -> Plan:
    """The plan for what somebody typed; `crossings` are what the bridge makes of it.

    Without `now` (seconds since 1970, of which the day counts) nothing is fresh or alive.
    """
    folded = fold(text[:LONGEST])
    found: dict[str, Word] = {}
    parts: list[Part] = []
    for start, run, chinese in placed(folded):
        if chinese and len(run) == 1:
            parts.append(Part(Prefix(PAIRS, run), Reason.WORD, run))
        for word in _han_needs(run) if chinese else _latin_needs(run):
            if word.text not in found:
                at = start + max(0, run.find(word.text))
                found[word.text] = _widened(word, at, crossings)
    words = tuple(word for word in found.values() if word.text not in STOP_WORDS)
    words = words or tuple(found.values())
    short = len(words) <= MUST_ALL
    parts.extend(_short(folded, words) if short else map(_part, ranked(folded)))
    parts.extend(_crossed(crossing) for crossing in crossings)
    signals = () if now is None else _signals(now)
    return Plan(words, tuple(dict.fromkeys(parts)), signals)


def _short(folded: str, words: Sequence[Word]) -> Iterator[Part]:
    """The ranking parts of a question of which a document must have all words.

    Which words a dictionary cuts Chinese into says nothing more then: pairs rank alone, and name
    the word that they are of.
    """
    terms = ranked(folded)
    paired = any(term.field == PAIRS for term in terms)
    for term in terms:
        if term.field in {PAIRS, TITLE_PAIRS}:
            said = next((word.text for word in words if term.token in word.text), term.token)
            reason = Reason.TITLE if term.field == TITLE_PAIRS else Reason.PAIR
            yield Part(Term(term.field, term.token, TWICE * term.weight), reason, said)
        elif not (paired and is_han(term.token[0])):
            yield _part(term)
    for said, phrase in phrases(folded):
        yield Part(phrase, Reason.PHRASE, said)


def phrases(folded: str) -> Iterator[tuple[str, Phrase]]:
    """What stands together in a question, and how it does so in a text: words in letters next to
    each other, and Chinese of three characters or more, of which one pair alone is no phrase."""
    together: list[str] = []
    said, end = "", -1
    for start, run, chinese in placed(folded):
        if chinese or folded[end:start].strip():
            yield from _phrase(WORDS, said, together)
            together, said = [], ""
        if chinese:
            yield from _phrase(PAIRS, run, han_pairs([run])[:-1])
        else:
            together += latin_tokens(run)
            said = f"{said} {run}".strip()
        end = start + len(run)
    yield from _phrase(WORDS, said, together)


def _phrase(field: str, said: str, found: Sequence[str]) -> Iterator[tuple[str, Phrase]]:
    if len(found) > 1:
        yield said, Phrase(field, tuple(found), PHRASE_WEIGHT * TWICE)


def _signals(now: float) -> tuple[Part, ...]:
    """The same all day, so that a page and the next one are ranked alike."""
    today = int(now // DAY) * DAY
    named = ((Reason.FRESH, "published", FRESH), (Reason.ALIVE, "confirmed", ALIVE))
    return tuple(
        Part(Since(today - days * DAY, bonus, field), reason, "")
        for reason, field, steps in named
        for days, bonus in steps
    )


def placed(folded: str) -> Iterator[tuple[int, str, bool]]:
    """The runs of a folded text, each with where it begins and whether it is Chinese."""
    at = 0
    for run, chinese in runs_of(folded):
        start = folded.index(run, at)
        yield start, run, chinese
        at = start + len(run)


def _part(term: Term) -> Part:
    if term.field.startswith("title"):
        return Part(term, Reason.TITLE, term.token)
    return Part(term, Reason.WORD if term.field == WORDS else Reason.PAIR, term.token)


def _crossed(crossing: Crossing) -> Part:
    node = BestOf(tuple(_ranking(way) for way in crossing.ways))
    return Part(node, Reason.BRIDGE, crossing.word, crossing.bridged)


def _ranking(way: Way) -> Node:
    """A gloss counts by each of its tokens that a document has, as a question's own words do."""
    weight = BRIDGE_WEIGHT * TWICE * way.weight
    terms: list[Node] = []
    for token in way.tokens:
        terms.append(Term(way.field, token, weight))
        terms.append(Term(f"title_{way.field}", token, TITLE_WEIGHT * weight))
    return AnyOf(tuple(terms))


def _widened(word: Word, start: int, crossings: Sequence[Crossing]) -> Word:
    """A document has a word, too, if it has a gloss of each stretch that the word is made of."""
    end = start + len(word.text)
    met = [crossing for crossing in crossings if crossing.start < end and start < crossing.end]
    if not met:
        return word
    needs = [BestOf(tuple(_have(way.field, way.tokens) for way in one.ways)) for one in met]
    other = needs[0] if len(needs) == 1 else AllOf(tuple(needs))
    return Word(word.text, BestOf((word.need, other)))


def ranked(text: str, limit: int = MOST_TERMS) -> list[Term]:
    """The text's tokens as ranking terms: whole text 1, title a quarter, times how often it says
    so, and twice that for what is written in letters.

    Words that say nothing are left out, unless there are no others.
    """
    found = tokens(text)
    words = [word for word in found.words if word not in STOP_WORDS]
    pairs = [pair for pair in found.pairs if len(pair) > 1 and pair not in STOP_WORDS]
    if not words and not pairs:
        words = found.words
    return [
        *_weighed(WORDS, TITLE_WORDS, words, limit),
        *_weighed(PAIRS, TITLE_PAIRS, pairs, limit),
    ]


def _weighed(whole: str, title: str, found: Sequence[str], limit: int) -> Iterator[Term]:
    for token, times in list(Counter(found).items())[:limit]:
        weight = times if is_han(token[0]) else TWICE * times
        yield Term(whole, token, weight)
        yield Term(title, token, TITLE_WEIGHT * weight)


def _han_needs(run: str) -> list[Word]:
    if len(run) == 1:
        return [Word(run, Prefix(PAIRS, run))]
    found = [word for word in han_phrases(run) if len(word) > 1]
    return [Word(word, _have(PAIRS, han_pairs([word])[:-1])) for word in found or [run]]


def _latin_needs(run: str) -> list[Word]:
    parts = latin_tokens(run)
    if not parts or len(parts) == 1:
        return [Word(run, Term(WORDS, stem(run)))]
    return [Word(run, _have(WORDS, parts))]


def _have(field: str, found: Sequence[str]) -> Node:
    needs = tuple(Term(field, token) for token in dict.fromkeys(found))
    return needs[0] if len(needs) == 1 else AllOf(needs)
