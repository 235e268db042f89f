"""A document as an engine keeps it: tokens by field, whatever the engine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from search.analysis import han_words, runs_of, spaced
from search.documents import Document
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
    names = document.organisation.values()
    titles = [text.title for text in texts]
    below: list[str] = []
    spellings: list[str] = []
    completions: list[str] = []
    for text in texts:
        below += (text.lead, text.body, *text.keywords)
        folded = fold(text.title)
        completions.append(_whole_completion(text.title, folded))
        spellings += _spelled(folded)
        for keyword in text.keywords:
            completions += _name_completions(keyword)
            spellings += _keyword_spelled(keyword)
    for name in names:
        completions += _name_completions(name)
    first, rest = spaced("\n".join(titles)), spaced("\n".join([*below, *names]))
    return Fields(
        words=f"{first.words} {rest.words}",
        pairs=f"{first.pairs} {rest.pairs}",
        title_words=first.words,
        title_pairs=first.pairs,
        identifiers=_distinct([key for number in document.identifiers for key in keys(number)]),
        completions=_distinct(completions),
        spellings=_distinct(spellings),
    )


def form(text: str) -> str:
    """What completions are looked up by: folded, without the usual opening and spaces."""
    folded = fold(" ".join(text.split()))
    return _OPENING.sub("", folded) or folded


def _distinct(found: list[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _whole_completion(title: str, folded: str) -> str:
    """Whole titles are typed in characters; only short names are guessed by their sound."""
    shown = " ".join(title.split())[:200]
    said = _OPENING.sub("", folded) or folded if shown == title else form(shown)
    return f"{said[:LONGEST_COMPLETION]}{SPLIT}{shown}"


@lru_cache(maxsize=50_000)
def _name_completions(name: str) -> tuple[str, ...]:
    """Of a keyword or an owner: these come again and again."""
    shown = " ".join(name.split())[:80]
    if not shown:
        return ()
    sounded = sounds(fold(shown)) if has_chinese(shown) else ()
    forms = (form(shown), *sounded)
    return tuple(f"{said[:LONGEST_COMPLETION]}{SPLIT}{shown}" for said in forms)


def _spelled(folded: str) -> list[str]:
    """Words as they are written, Chinese ones by their sound: what a wrong one is near to."""
    found: list[str] = []
    for run, chinese in runs_of(folded):
        if chinese:
            found += _spelling(run)
        else:
            found.append(run[:40])
    return found


@lru_cache(maxsize=50_000)
def _keyword_spelled(keyword: str) -> tuple[str, ...]:
    return tuple(_spelled(fold(keyword)))


@lru_cache(maxsize=50_000)
def _spelling(run: str) -> tuple[str, ...]:
    words = han_words(run)
    found = [_said(word) for word in words if len(word) > 1]
    if len(words) > 1 and len(run) <= LONGEST_SPELLING:
        found.append(f"{''.join(map(spoken, words))}{SPLIT}{run}")
    return tuple(found)


@lru_cache(maxsize=50_000)
def _said(word: str) -> str:
    return f"{spoken(word)}{SPLIT}{word}"
