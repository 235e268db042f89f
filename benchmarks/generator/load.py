"""Questions for load: words by their frequency, phrases of titles, codes, errors of typing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

from search.analysis import han_words, runs_of
from search.documents import Document
from search.folding import fold


def questions(documents: Iterable[Document], number: int = 400, seed: int = 1) -> list[str]:
    """Distinct questions made of a sample of the corpus; draw them with `popular`."""
    sample = list(documents)
    rng = random.Random(seed)
    often: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for document in sample:
        for text in document.texts.values():
            for run, chinese in runs_of(fold(text.title + "\n" + text.body[:400])):
                words = han_words(run) if chinese else [run]
                often[chinese].update({w for w in words if len(w) > (1 if chinese else 3)})
    pools = {chinese: list(counted.items()) for chinese, counted in often.items()}
    made: dict[str, None] = {}
    while len(made) < number:
        made[_one(rng, sample, pools)] = None
    return list(made)


def popular(asked: list[str], number: int, seed: int = 1) -> list[str]:
    """A stream in which the r-th question is asked 1/r as often as the first."""
    rng = random.Random(seed)
    return rng.choices(asked, [1 / rank for rank in range(1, len(asked) + 1)], k=number)


def _one(
    rng: random.Random, sample: list[Document], pools: dict[bool, list[tuple[str, int]]]
) -> str:
    chance = rng.random()
    if chance < 0.15:
        title = next(iter(rng.choice(sample).texts.values())).title
        start = rng.randrange(max(1, len(title) // 2))
        return title[start : start + rng.randint(4, 14)].strip() or title
    if chance < 0.25:
        known = [document for document in (rng.choice(sample) for _ in range(20))
                 if document.identifiers]  # fmt: skip
        return known[0].identifiers[0] if known else "CN100000001A"
    words, weights = zip(*pools[rng.random() < 0.7], strict=True)
    chosen = rng.choices(words, weights, k=rng.randint(1, 4))
    if chance < 0.30 and len(chosen[0]) > 3:
        chosen[0] = chosen[0][1] + chosen[0][0] + chosen[0][2:]
    return " ".join(chosen)
