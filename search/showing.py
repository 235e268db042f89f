"""What a page shows of a document that an engine found, and of what it counted."""

from __future__ import annotations

from collections.abc import Iterable

from search.documents import Document
from search.marking import Wanted, mark, says, snippet
from search.queries import Count, Hit, SearchRequest


def hit(
    document: Document, version: int, score: float, request: SearchRequest, wanted: Wanted | None
) -> Hit:
    """In the reader's language, with what was asked for marked."""
    text = document.text(request.language)
    return Hit(
        document=document,
        version=version,
        score=score,
        title=mark(text.title, wanted),
        lead=mark(text.lead, wanted),
        snippet=snippet(_best(document, text.body, wanted), wanted) if wanted else (),
    )


def counts(found: Iterable[tuple[str, int]], selected: tuple[str, ...]) -> tuple[Count, ...]:
    """Values by frequency; those selected are there even if nothing has them."""
    ordered = sorted(found, key=lambda pair: (-pair[1], pair[0]))
    if not selected:
        return tuple([Count(value, number) for value, number in ordered])
    known = {value for value, _ in ordered}
    shown = [Count(value, number, value in selected) for value, number in ordered]
    return *shown, *(Count(v, 0, selected=True) for v in selected if v not in known)


def _best(document: Document, body: str, wanted: Wanted | None) -> str:
    """The text in the reader's language, unless only another one has what was asked for."""
    if len(document.texts) == 1 or wanted is None or says(body, wanted):
        return body
    for text in document.texts.values():
        if text.body != body and says(text.body, wanted):
            return text.body
    return body
