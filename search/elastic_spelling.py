"""How the words of a question may be spelt in the index, and which of these spellings it holds."""

from __future__ import annotations

from collections.abc import Mapping

from search.analysis import han_words, runs_of
from search.elastic_query import Query
from search.fields import LONGEST_SPELLING, SPLIT
from search.folding import fold
from search.pinyin import sounds, spoken

READ = 200
"""Characters of a question whose spelling is looked at."""


def runs(text: str) -> list[tuple[str, bool]]:
    """The question's runs of letters, folded, each with whether it is Chinese."""
    return list(runs_of(fold(text)[:READ]))


def is_word(run: str) -> bool:
    """Whether a run of Latin letters is long enough to have a near one."""
    return len(run) >= 4 and run.isalpha()


def spellings(text: str) -> dict[str, str]:
    """Word -> its term in the field `spelling`; a Chinese one begins with its sounds."""
    found: dict[str, str] = {}
    for run, chinese in runs(text):
        if chinese:
            found |= {word: said + SPLIT + word for word, said in _sounds(run).items()}
        elif is_word(run):
            found[run] = run
    return found


def needs(spelt: Mapping[str, str]) -> dict[str, Query]:
    """What a document has to have to hold each of the spellings."""
    return {word: {"term": {"spelling": spelling}} for word, spelling in spelt.items()}


def _sounds(run: str) -> dict[str, str]:
    """What is looked up for a Chinese run: itself, if it is short, and its words, with their
    sounds."""
    if len(run) < 2:
        return {}
    words = {word: spoken(word) for word in han_words(run) if len(word) > 1}
    return words | ({run: sounds(run)[0]} if len(run) <= LONGEST_SPELLING else {})
