"""Words of the best results of a long question, which then help to rank: Rocchio's feedback.

Who describes a need in a paragraph rarely uses all words that the results use. What the first few
results have in common, and others lack, ranks too, far below the question's own words; it finds
nothing by itself, so that how many results there are does not change. Short questions are left
alone: there all words must be in a document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest

from search.analysis import is_han, tokens
from search.counts import Counts, rarity
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
    plan: Plan, best: Sequence[tuple[Document, float]], counts: Counts, total: int
) -> tuple[Part, ...]:
    """Signals for the plan from its best results and their scores."""
    said = [part.node for part in (*plan.parts, *plan.signals)]
    own = {(node.field, node.token) for node in said if isinstance(node, Term)}
    known = _shares(best)
    shares = (
        (share, field, token)
        for field, of in known.items()
        for token, share in of.items()
        if len(token) > 1 and (field, token) not in own
        if token not in STOP_WORDS and not token.isdigit()
    )
    likely = nlargest(LOOKED_UP, shares)
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for _, field, token in likely:
        wanted[field].append(token)
    held = counts(wanted) if wanted else {}
    worth = {
        (field, token): share * rarity(held[field, token], total)
        for share, field, token in likely
        if held[field, token] > 1
    }
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


def _shares(best: Sequence[tuple[Document, float]]) -> dict[str, dict[str, float]]:
    """By field and token, how much the results are about it, each counting as it scored."""
    shares: dict[str, defaultdict[str, float]] = {f: defaultdict(float) for f in (WORDS, PAIRS)}
    whole = sum(score for _, score in best) or 1.0
    for document, score in best:
        said = "\n".join(
            "\n".join((text.title, text.lead, *text.keywords, text.body))[:READ]
            for text in document.texts.values()
        )
        for known, every in zip(shares.values(), tokens(said), strict=True):
            for token, times in Counter(every).items():
                known[token] += times / (times + _SATURATION) * score / whole
    return dict(shares)
