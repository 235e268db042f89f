"""The operator gives the market words of its own, or takes them away."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.errors import NotFound
from core.results import Done
from core.unit_of_work import At, UnitOfWork
from search.errors import TooManyTerms
from search.models import MARKET, OwnTerm, Vocabulary
from search.own_terms import MOST_TERMS, Given


def change_terms(uow: UnitOfWork, terms: Sequence[Given], *, replace: bool) -> Done:
    """Adds the terms to those there are, or puts them in their place.

    Raises TooManyTerms.
    """
    at = _vocabulary(uow)
    wanted = dict.fromkeys(terms)
    rows = uow.session.scalars(select(OwnTerm).where(OwnTerm.vocabulary == MARKET)).all()
    known = {Given(row.kind, row.word, row.other): row for row in rows}
    gone = [row for term, row in known.items() if replace and term not in wanted]
    new = [term for term in wanted if term not in known]
    left = len(known) - len(gone) + len(new)
    if left > MOST_TERMS:
        raise TooManyTerms(most=MOST_TERMS)
    for row in gone:
        at.remove(row)
    for term in new:
        at.add(OwnTerm(vocabulary=MARKET, kind=term.kind, word=term.word, other=term.other))
    at.row.terms = left
    at.record("terms", added=len(new), removed=len(gone), left=left)
    return Done()


def _vocabulary(uow: UnitOfWork) -> At[Vocabulary]:
    try:
        return uow.lock(Vocabulary, MARKET)
    except NotFound:
        return uow.create(Vocabulary(id=MARKET, terms=0))
