"""Words of the best results of a long question, which then help to rank: Rocchio's feedback.

Who describes a need in a paragraph rarely uses all words that the results use. What the first few
results have in common, and others lack, ranks too, far below the question's own words; it finds
nothing by itself, so that how many results there are does not change. Short questions are left
alone: there all words must be in a document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import nlargest

from search.analysis import is_han, tokens
from search.bridge import Frequencies, rarity
from search.documents import Document
from search.plan import MUST_ALL, PAIRS, TWICE, WORDS, Part, Plan, Reason, Term
from search.vocabulary import STOP_WORDS

BEST = 10
"""Results that are looked at."""
MOST = 10
"""Words that are taken from them."""
SHARE = 0.3
"""What the best of these counts, a word of the question being 1."""
READ = 2_000
"""Characters of a result that are looked at."""
LOOKED_UP = 120
"""Of their words those whose rarity is asked for."""
_SATURATION = 1.2


def wanted(plan: Plan) -> bool:
    """Whether the question is long enough."""
    return len(plan.words) > MUST_ALL


def related(
    plan: Plan, best: Sequence[tuple[Document, float]], counts: Frequencies, total: int
) -> tuple[Part, ...]:
    """Signals for the plan from its best results and their scores."""
    said = [part.node for part in (*plan.parts, *plan.signals)]
    own = {(node.field, node.token) for node in said if isinstance(node, Term)}
    shares: defaultdict[tuple[str, str], float] = defaultdict(float)
    whole = sum(score for _, score in best) or 1.0
    for document, score in best:
        for field, token, share in _tokens(document):
            if (field, token) not in own:
                shares[field, token] += share * score / whole
    likely = nlargest(LOOKED_UP, shares, key=lambda term: (shares[term], term))
    worth = {term: shares[term] * rare for term, rare in _rarities(likely, counts, total)}
    taken = sorted(worth, key=lambda term: (-worth[term], term))[:MOST]
    most = max((worth[term] for term in taken), default=1.0)
    return tuple(_part(field, token, worth[field, token] / most) for field, token in taken)


def kept(signals: Sequence[Part]) -> list[tuple[str, str, float]]:
    """Plain values that `parts` makes these signals of again."""
    terms = [part.node for part in signals if isinstance(part.node, Term)]
    return [(term.field, term.token, term.weight) for term in terms]


def parts(found: Sequence[tuple[str, str, float]]) -> tuple[Part, ...]:
    """See `kept`."""
    return tuple(
        Part(Term(field, token, weight), Reason.RELATED, token) for field, token, weight in found
    )


def _part(field: str, token: str, worth: float) -> Part:
    weight = SHARE * worth * (1.0 if is_han(token[0]) else TWICE)
    return Part(Term(field, token, weight), Reason.RELATED, token)


def _tokens(document: Document) -> Iterator[tuple[str, str, float]]:
    """What the document says, and how much it is about it."""
    said = "\n".join(
        "\n".join((text.title, text.lead, *text.keywords, text.body))[:READ]
        for text in document.texts.values()
    )
    found = tokens(said)
    for field, every in ((WORDS, found.words), (PAIRS, found.pairs)):
        for token, times in Counter(every).items():
            if len(token) > 1 and token not in STOP_WORDS and not token.isdigit():
                yield field, token, times / (times + _SATURATION)


def _rarities(
    terms: Sequence[tuple[str, str]], counts: Frequencies, total: int
) -> Iterator[tuple[tuple[str, str], float]]:
    """Of those that more than one document has."""
    for field in (WORDS, PAIRS):
        known = counts(field, [token for name, token in terms if name == field])
        for token, number in known.items():
            if number > 1:
                yield (field, token), rarity(number, total)
