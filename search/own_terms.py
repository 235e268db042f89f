"""Own terms as they are given, checked, kept and looked up."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core.database import Database
from core.i18n import N_
from search.analysis import is_han
from search.bridge import LONGEST_CHINESE, LONGEST_ENGLISH, Bridge, Source
from search.bridge_dictionary import key_of
from search.bridge_terms import NAME, GeneralDictionary, Pair, TermList, shipped
from search.folding import fold
from search.models import MARKET, OwnTerm, Vocabulary

MOST_TERMS, LONGEST_TERM = 50_000, 80
HEADINGS = {
    "zh": "zh",
    "chinese": "zh",
    "中文": "zh",
    "en": "en",
    "english": "en",
    "英文": "en",
    "word": "word",
    "词": "word",
    "词语": "word",
    "synonym": "synonym",
    "同义词": "synonym",
}
"""What a column may be called, whatever its case."""
_LOOKED_AT = 5.0
"""Seconds after which a process asks whether the terms have changed."""

NOT_BOTH = N_("a pair needs Chinese in one column and English in the other")
NOT_TWO = N_("a synonym needs two different words")
TOO_LONG = N_("a term has at most 12 Chinese characters or five English words")
NO_COLUMNS = N_("columns zh and en, or word and synonym, are needed")


class Given(NamedTuple):
    """One row as the operator wrote it: a "pair" (Chinese, English) or a "synonym" (two words)."""

    kind: str
    word: str
    other: str


def given(fields: Mapping[str, str]) -> Given | str | None:
    """What a row of a file says; a sentence where it is wrong; None where it is empty."""
    named = {HEADINGS.get(name.strip().casefold(), ""): value for name, value in fields.items()}
    cells = {name: " ".join((value or "").split()) for name, value in named.items() if name}
    if not any(cells.values()):
        return None if cells else NO_COLUMNS
    if cells.get("word") or cells.get("synonym"):
        return _synonym(cells.get("word", ""), cells.get("synonym", ""))
    return _pair(cells.get("zh", ""), cells.get("en", ""))


def _pair(zh: str, en: str) -> Given | str:
    if not _chinese(zh) or not key_of(en) or _chinese(en):
        return NOT_BOTH
    return TOO_LONG if _long(zh) or _long(en) else Given("pair", zh, en)


def _synonym(word: str, other: str) -> Given | str:
    if not word or not other or _key(word) == _key(other):
        return NOT_TWO
    return TOO_LONG if _long(word) or _long(other) else Given("synonym", word, other)


def _chinese(text: str) -> bool:
    return any(map(is_han, text))


def _long(text: str) -> bool:
    if len(text) > LONGEST_TERM:
        return True
    return (
        len(text) > LONGEST_CHINESE
        if _chinese(text)
        else key_of(text).count(" ") >= LONGEST_ENGLISH
    )


def _key(text: str) -> str:
    return fold(text) if _chinese(text) else key_of(text)


def listed(session: Session) -> list[Given]:
    """All own terms, in the order they came."""
    rows = session.execute(select(OwnTerm.kind, OwnTerm.word, OwnTerm.other).order_by(OwnTerm.n))
    return [Given(*row) for row in rows]


class OwnTerms:
    """The operator's terms as a source of the bridge; what was changed is known within seconds.

    While the database cannot be asked, what was known last goes on.
    """

    name, single = "operator", True

    def __init__(self, database: Database) -> None:
        self._database = database
        self._mutex = Lock()
        self._version, self._looked = 0, float("-inf")
        self._pairs = TermList(self.name, ())
        self._synonyms: dict[str, list[str]] = {}

    def chinese(self, word: str) -> Sequence[str]:
        self._refresh()
        return self._pairs.chinese(word)

    def english(self, phrase: str) -> Sequence[str]:
        self._refresh()
        return self._pairs.english(phrase)

    def synonyms(self, word: str) -> Sequence[str]:
        """The other words for a folded word or phrase, both ways."""
        self._refresh()
        return self._synonyms.get(_key(word), ())

    def _refresh(self) -> None:
        if time.monotonic() - self._looked > _LOOKED_AT and self._mutex.acquire(blocking=False):
            try:
                with suppress(SQLAlchemyError):
                    self._look()
            finally:
                self._looked = time.monotonic()
                self._mutex.release()

    def _look(self) -> None:
        with self._database.read() as session:
            version = session.scalar(select(Vocabulary.version).where(Vocabulary.id == MARKET)) or 0
            if version == self._version:
                return
            found = listed(session)
        self._pairs = TermList(
            self.name, (Pair(t.word, t.other) for t in found if t.kind == "pair")
        )
        self._synonyms = {}
        for one, other in _both_ways(found):
            self._synonyms.setdefault(_key(one), []).append(other)
        self._version = version


def _both_ways(found: Sequence[Given]) -> Iterator[tuple[str, str]]:
    for term in found:
        if term.kind == "synonym":
            yield term.word, term.other
            yield term.other, term.word


def market_bridge(database: Database) -> Bridge:
    """The bridge of a market: its operator's terms before ours, ours before the dictionary."""
    own = OwnTerms(database)
    sources: list[Source] = [own, TermList(NAME, shipped()), GeneralDictionary()]
    return Bridge(sources, own.synonyms)
