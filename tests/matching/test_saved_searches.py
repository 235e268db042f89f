"""Saved searches: kept, asked of everything that is published later, told once, and private."""

import pytest
from sqlalchemy import select

from core.actor import ANONYMOUS, SYSTEM
from core.errors import Forbidden, NotFound
from core.facts import Fact
from core.ids import split_ref
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.actions.edit_listing import edit_listing
from listings.inputs import ListingChange
from matching.actions.pause_search import pause_search
from matching.actions.remove_search import remove_search
from matching.actions.save_search import save_search
from matching.errors import NothingAsked, TooManySearches
from matching.models import SavedSearch, SavedSearchMatch
from matching.queries import saved_search, saved_searches
from matching.rules import MOST
from notifications.models import Message
from search.queries import SearchRequest

FILM = SearchRequest("散热膜", kinds=("listing",))
ENGLISH = SearchRequest("heat spreader", filters={"way": ("exclusive",)}, language="en")


@pytest.fixture
def kept(executor, people):
    """Keeps a search of the buyer's and gives its id."""

    def keep(asked=FILM, address="/search?q=x", who=people.buyer):
        return split_ref(executor.run(who, save_search, "散热膜", address, asked).ref)[1]

    return keep


def told(database, person):
    with database.read() as session:
        mine = select(Message.ref).where(
            Message.person == person, Message.topic == "saved_search.matched"
        )
        return list(session.scalars(mine))


def found(database, id):
    with database.read() as session:
        refs = select(SavedSearchMatch.ref).where(SavedSearchMatch.saved_search == id)
        return set(session.scalars(refs))


def test_what_is_published_later_is_found_and_told_once(
    kept,
    market,
    people,
    database,
    drain,
    executor,
):
    id = kept()
    listing = market.published()
    drain()
    assert found(database, id) == {f"listing:{listing}"}
    assert told(database, people.buyer.person) == [f"saved_search:{id}"]
    executor.run(people.officer, edit_listing, listing, ListingChange())
    drain()
    assert told(database, people.buyer.person) == [f"saved_search:{id}"]


def test_the_fact_told_again_changes_nothing(
    kept,
    market,
    people,
    database,
    drain,
    executor,
    runtime,
):
    id = kept()
    listing = market.published()
    drain()
    again = next(r for r in executor.reactions if r.consumer == "matching")
    heard = [Fact("listing.published", f"listing:{listing}")] * 2
    executor.attempt(
        lambda: UnitOfWork(executor, SYSTEM), lambda uow: again.react(uow, heard) or Done()
    )
    drain()
    assert len(found(database, id)) == 1
    assert told(database, people.buyer.person) == [f"saved_search:{id}"]


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        (FILM, True),
        (ENGLISH, True),
        (SearchRequest("散热膜 疫苗"), False),
        (SearchRequest("散热膜 石墨烯 卷对卷 平板电脑 车载 疫苗"), False),
        (SearchRequest("", filters={"way": ("sole",)}), False),
        (SearchRequest("", ranges={"trl": (6, None)}), True),
        (SearchRequest("", ranges={"trl": (8, None)}), False),
        (SearchRequest("散热膜", kinds=("need",)), False),
    ],
)
def test_only_what_fits_is_told(asked, fits, kept, market, database, drain):
    id = kept(asked)
    market.published()
    drain()
    assert bool(found(database, id)) == fits


def test_a_draft_is_nobodys_news(kept, market, database, drain):
    id = kept()
    market.approved()
    drain()
    assert found(database, id) == set()


def test_paused_means_not_told_and_resumed_told_again(
    kept,
    market,
    people,
    database,
    drain,
    executor,
):
    id = kept()
    executor.run(people.buyer, pause_search, id, paused=True)
    market.published()
    drain()
    assert found(database, id) == set()
    executor.run(people.buyer, pause_search, id, paused=False)
    second = market.published(registration="3302026Y0425", patents=())
    drain()
    assert found(database, id) == {f"listing:{second}"}


def test_removed_with_all_it_found(kept, market, people, database, drain, executor):
    id = kept()
    market.published()
    drain()
    executor.run(people.buyer, remove_search, id)
    assert found(database, id) == set()
    with database.read() as session:
        assert session.get(SavedSearch, id) is None
        assert saved_searches(session, people.buyer) == []


def test_it_is_its_owners_alone(kept, people, database, executor):
    id = kept()
    for other in (people.officer, people.operator, ANONYMOUS):
        with pytest.raises(NotFound):
            executor.run(other, pause_search, id, paused=True)
        with pytest.raises(NotFound):
            executor.run(other, remove_search, id)
        with database.read() as session, pytest.raises(NotFound):
            saved_search(session, other, id)


def test_saving_asks_for_an_account_a_question_and_moderation(
    kept,
    people,
    executor,
    database,
):
    with pytest.raises(Forbidden):
        executor.run(ANONYMOUS, save_search, "x", "/search?q=x", FILM)
    with pytest.raises(NothingAsked):
        executor.run(people.buyer, save_search, "x", "/search", SearchRequest("  "))
    first = kept()
    assert kept() == first
    for number in range(1, MOST):
        kept(address=f"/search?q={number}")
    with pytest.raises(TooManySearches):
        kept(address="/search?q=more")
    with database.read() as session:
        assert len(saved_searches(session, people.buyer)) == MOST
