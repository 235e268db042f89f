"""A document as an engine keeps it: tokens by field, whatever the engine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from search.analysis import han_words, runs_of, spaced
from search.documents import Document, Text
from search.folding import fold
from search.numbers import keys
from search.pinyin import has_chinese, sounds, spoken

SPLIT = "\x1f"
"""Stands between the form that is looked up and what it stands for."""
LONGEST_COMPLETION, LONGEST_SPELLING = 40, 6
_OPENING = re.compile(r"^(一种|一類|一类|关于|基于|a|an|the|method for|system for)\s*")


@dataclass(frozen=True, slots=True)
class Fields:
    """Space-separated tokens of the four text fields, and raw terms of the others."""

    words: str
    pairs: str
    title_words: str
    title_pairs: str
    identifiers: list[str]
    completions: list[str]
    spellings: list[str]


def fields(document: Document) -> Fields:
    texts = document.texts.values()
    titles = spaced("\n".join([text.title for text in texts]))
    names = document.organisation.values()
    rest = spaced("\n".join(chain(*map(_below, texts), names)))
    return Fields(
        words=f"{titles.words} {rest.words}",
        pairs=f"{titles.pairs} {rest.pairs}",
        title_words=titles.words,
        title_pairs=titles.pairs,
        identifiers=_distinct(key for number in document.identifiers for key in keys(number)),
        completions=_distinct(_completions(document)),
        spellings=_distinct(_spellings(document)),
    )


def form(text: str) -> str:
    """What completions are looked up by: folded, without the usual opening and spaces."""
    folded = fold(" ".join(text.split()))
    return _OPENING.sub("", folded) or folded


def _distinct(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _below(text: Text) -> tuple[str, ...]:
    return (text.lead, text.body, *text.keywords)


def _completions(document: Document) -> Iterator[str]:
    """Whole titles are typed in characters; only short names are guessed by their sound."""
    for text in document.texts.values():
        title = " ".join(text.title.split())[:200]
        yield f"{form(title)[:LONGEST_COMPLETION]}{SPLIT}{title}"
    names = chain(document.organisation.values(), *(t.keywords for t in document.texts.values()))
    for name in names:
        yield from _name_completions(name)


@lru_cache(maxsize=50_000)
def _name_completions(name: str) -> tuple[str, ...]:
    """Of a keyword or an owner: these come again and again."""
    shown = " ".join(name.split())[:80]
    if not shown:
        return ()
    sounded = sounds(fold(shown)) if has_chinese(shown) else ()
    forms = (form(shown), *sounded)
    return tuple(f"{said[:LONGEST_COMPLETION]}{SPLIT}{shown}" for said in forms)


def _spellings(document: Document) -> Iterator[str]:
    """Words as they are written, Chinese ones by their sound: what a wrong one is near to."""
    for text in document.texts.values():
        yield from _spelled(text.title)
        for keyword in text.keywords:
            yield from _keyword_spelled(keyword)


def _spelled(text: str) -> Iterator[str]:
    for run, chinese in runs_of(fold(text)):
        if chinese:
            yield from _spelling(run)
        else:
            yield run[:40]


@lru_cache(maxsize=50_000)
def _keyword_spelled(keyword: str) -> tuple[str, ...]:
    return tuple(_spelled(keyword))


@lru_cache(maxsize=50_000)
def _spelling(run: str) -> tuple[str, ...]:
    words = han_words(run)
    found = [f"{spoken(word)}{SPLIT}{word}" for word in words if len(word) > 1]
    if len(words) > 1 and len(run) <= LONGEST_SPELLING:
        found.append(f"{''.join(map(spoken, words))}{SPLIT}{run}")
    return tuple(found)
