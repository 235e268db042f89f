"""Which words of a question find, where a document need not have them all: those that tell.

Of a long question, or one that nothing fits whole, any word finds. What each twentieth result says
("method", "different") would find all of these, though nobody asked for them, and counting them in
every facet is most of what the search costs. Such words rank what the others find, as they did, and
find nothing themselves, unless the others find nothing. A small market is shown whole: there is no
harm in a list of some hundred.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from typing import Final

from search.counts import Counts
from search.plan import (
    PAIRS,
    TITLE_PAIRS,
    TITLE_WORDS,
    WORDS,
    BestOf,
    Part,
    Phrase,
    Plan,
    Reason,
    Term,
    ranked,
)

SHARE: Final = 0.05
MANY: Final = 1_000
"""What more than `SHARE` of the documents have, and more than `MANY` of them, is common."""
_WHOLE: Final = {TITLE_WORDS: WORDS, TITLE_PAIRS: PAIRS}


def telling(plan: Plan, counts: Counts, total: int) -> Plan:
    """The plan whose common words are signals: they add to the score of what the others find."""
    if total <= MANY:
        return plan
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for field, token in chain.from_iterable(map(_said, plan.parts)):
        asked[field].add(token)
    numbers = counts(asked)
    limit = max(MANY, SHARE * total)
    common = {term for term, number in numbers.items() if number > limit}
    finding = [part for part in plan.parts if _finds(part, common)]
    if not common or not any(numbers[term] for part in finding for term in _said(part)):
        return plan
    ranking = [part for part in plan.parts if part not in finding]
    return replace(plan, parts=tuple(finding), signals=(*ranking, *plan.signals))


def _finds(part: Part, common: set[tuple[str, str]]) -> bool:
    """A phrase finds nothing that its words do not; a bridge is as common as what it translates."""
    said = _said(part)
    return not isinstance(part.node, Phrase) and not (said and common.issuperset(said))


def _said(part: Part) -> list[tuple[str, str]]:
    """What has to be common for the part to be: of a title's token, the same in the whole text."""
    match part.node:
        case Term(field, token):
            return [(_WHOLE.get(field, field), token)]
        case BestOf() if part.reason is Reason.BRIDGE:
            return [(t.field, t.token) for t in ranked(part.said) if t.field in {WORDS, PAIRS}]
        case _:
            return []
