"""Keep a search, to be told of what is published later."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.models import Person
from core.actor import Actor
from core.results import Done
from core.texts import kept
from core.unit_of_work import UnitOfWork
from matching.errors import NothingAsked, TooManySearches
from matching.models import SavedSearch
from matching.permissions import check_person
from matching.rules import LONGEST_ADDRESS, LONGEST_NAME, MOST, narrow, packed
from search.queries import SearchRequest


def save_search(uow: UnitOfWork, name: str, address: str, asked: SearchRequest) -> Done:
    """Saving the same address twice is saving once. Raises Forbidden, NothingAsked,
    TooManySearches."""
    uow.check(_check, asked, address)
    person = uow.actor.person or ""
    at = uow.lock(Person, person)
    mine = select(SavedSearch).where(SavedSearch.person == person)
    known = uow.session.scalar(mine.where(SavedSearch.address == address))
    if known is not None:
        return Done(known.stream)
    if (uow.session.scalar(select(func.count()).select_from(mine.subquery())) or 0) >= MOST:
        raise TooManySearches(most=MOST)
    row = SavedSearch(
        person=person,
        name=kept(name)[:LONGEST_NAME],
        address=address,
        question=packed(asked),
        made_at=at.now,
    )
    made = uow.create(row)
    made.record("saved", person=person)
    return Done(row.stream)


def _check(session: Session, actor: Actor, asked: SearchRequest, address: str) -> None:
    check_person(session, actor)
    if not narrow(asked) or len(address) > LONGEST_ADDRESS:
        raise NothingAsked
