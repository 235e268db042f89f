"""Which words of a question find, where a document need not have them all: those that tell.

Of a long question, or one that nothing fits whole, any word finds. What a fifth of the market says
("method", "different") would find that fifth, though nobody asked for it, and counting it in every
facet is most of what the search costs. Such words rank what the others find, as they did, and find
nothing themselves, unless the question has no others. A small market is shown whole: there is no
harm in a list of some hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Final

from search.plan import PAIRS, TITLE_PAIRS, TITLE_WORDS, WORDS, Part, Phrase, Plan, Term

SHARE: Final = 0.2
MANY: Final = 1_000
"""What more than `SHARE` of the documents have, and more than `MANY` of them, is common."""
_WHOLE: Final = {TITLE_WORDS: WORDS, TITLE_PAIRS: PAIRS}

Counts = Callable[[Mapping[str, Collection[str]]], Mapping[tuple[str, str], int]]
"""Tokens by field -> in how many documents each (field, token) is."""


def telling(plan: Plan, counts: Counts, total: int) -> Plan:
    """The plan whose common words are signals: they add to the score of what the others find."""
    if total <= MANY:
        return plan
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for field, token in map(_token, plan.parts):
        if field:
            asked[field].add(token)
    limit = max(MANY, SHARE * total)
    common = {term for term, number in counts(asked).items() if number > limit}
    finding = [p for p in plan.parts if not isinstance(p.node, Phrase) and _token(p) not in common]
    if not common or not finding:
        return plan
    ranking = [part for part in plan.parts if part not in finding]
    return replace(plan, parts=tuple(finding), signals=(*ranking, *plan.signals))


def _token(part: Part) -> tuple[str, str]:
    """What has to be common for the part to be: of a title's token, the same in the whole text."""
    if isinstance(part.node, Term):
        return _WHOLE.get(part.node.field, part.node.field), part.node.token
    return "", ""
