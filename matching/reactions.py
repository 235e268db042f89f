"""What is published is asked against every saved search: the reverse of searching.

The new documents go into an index in memory, made for them and thrown away, which answers all
saved searches exactly as the market's own would. Nothing of an unpublished or confidential thing
gets there: the loaders make documents of public records only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import houses
from core.errors import NotFound
from core.facts import Fact, Reaction
from core.ids import ref, split_ref
from core.unit_of_work import UnitOfWork
from listings import facts as listing_facts
from matching.facts import SEARCH_MATCHED
from matching.models import SavedSearch, SavedSearchMatch
from matching.rules import unpacked
from search.bridge import Bridge
from search.documents import Document
from search.embedded import EmbeddedEngine
from search.indexer import Loaders
from search.port import Entry
from search.queries import SearchRequest, with_houses

TOPICS: Final = frozenset({listing_facts.LISTING_PUBLISHED, listing_facts.NEED_PUBLISHED})


def reactions(loaders: Loaders, bridge: Bridge) -> tuple[Reaction, ...]:
    """Wired by bootstrap, which knows the loaders of documents and the market's own terms."""

    def match(uow: UnitOfWork, heard: Sequence[Fact]) -> None:
        note_matches(uow, loaders, bridge, heard)

    return (Reaction("matching", TOPICS, match),)


def note_matches(uow: UnitOfWork, loaders: Loaders, bridge: Bridge, heard: Sequence[Fact]) -> None:
    """Each person is told once of each thing, however often the fact is told.

    Thousands of questions take seconds, so they are asked of a snapshot before anything is locked;
    what may have changed meanwhile is looked at again under each lock.
    """
    with uow.executor.database.read() as session:
        documents = _documents(session, loaders, heard)
        asked = _asked(session, len(documents)) if documents else {}
    for saved_search, refs in sorted(_matches(bridge, documents, asked).items()):
        _note(uow, saved_search, refs)


def _documents(session: Session, loaders: Loaders, heard: Sequence[Fact]) -> list[Document]:
    wanted = sorted({split_ref(fact.ref) for fact in heard})
    found: list[Document] = []
    for kind, load in loaders.items():
        ids = [id for known, id in wanted if known == kind]
        found += load(session, ids).values() if ids else ()
    return found


def _asked(session: Session, most: int) -> dict[str, SearchRequest]:
    """Every saved question, for at most `most` hits. One for an institute that was merged since is
    one for the institute that it is by now."""
    waiting = select(SavedSearch.id, SavedSearch.question).where(SavedSearch.paused.is_(False))
    found = {row.id: unpacked(row.question, min(1_000, most)) for row in session.execute(waiting)}
    chosen = {id for asked in found.values() for id in asked.filters.get("institute", ())}
    now = houses(session, chosen)
    return {
        id: replace(asked, filters=with_houses(asked.filters, now)) for id, asked in found.items()
    }


def _matches(
    bridge: Bridge, documents: Sequence[Document], asked: Mapping[str, SearchRequest]
) -> dict[str, list[str]]:
    if not asked:
        return {}
    engine = EmbeddedEngine(None, bridge)
    try:
        engine.write([Entry(one.kind, one.id, 1, one) for one in documents])
        found = {
            saved_search: [
                ref(hit.document.kind, hit.document.id) for hit in engine.search(question).hits
            ]
            for saved_search, question in asked.items()
        }
    finally:
        engine.close()
    return {saved_search: refs for saved_search, refs in found.items() if refs}


def _note(uow: UnitOfWork, saved_search: str, refs: list[str]) -> None:
    try:
        at = uow.lock(SavedSearch, saved_search)
    except NotFound:
        return  # removed meanwhile
    known = set(
        uow.session.scalars(
            select(SavedSearchMatch.ref).where(SavedSearchMatch.saved_search == saved_search)
        )
    )
    new = [found for found in refs if found not in known]
    if at.row.paused or not new:
        return
    for found in new:
        at.add(SavedSearchMatch(saved_search=saved_search, ref=found, found_at=at.now))
    at.record("matched", count=len(new))
    at.fact(SEARCH_MATCHED)
