"""The queue's care for people: giving a result to a colleague, reminding who keeps it waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import Forbidden, Invalid
from core.ids import show
from listings.actions.archive_listing import archive_listing
from listings.actions.assign_handler import assign_handler
from listings.actions.remind_people import remind_people
from listings.errors import RemindedAlready, WrongState
from listings.models import Listing
from notifications.models import Message
from tests.listings.conftest import IDS, INSTITUTE, OTHER, market, people
from tests.listings.test_pages import rows, visit


def told(database, topic="listing.reminded") -> set[str]:
    with database.read() as session:
        return set(session.scalars(select(Message.person).where(Message.topic == topic)))


def test_author_and_contributors_with_open_shares_are_told(
    market, people, executor, database, drain
):
    listing = market.checked()
    executor.run(people.officer, remind_people, listing)
    drain()
    assert told(database) == {IDS["author"], IDS["contributor"]}


def test_once_a_day_and_while_something_is_open(market, people, executor, clock):
    listing = market.draft()
    executor.run(people.officer, remind_people, listing)
    with pytest.raises(RemindedAlready):
        executor.run(people.officer, remind_people, listing)
    clock.move(timedelta(hours=24))
    executor.run(people.officer, remind_people, listing)
    with pytest.raises(Forbidden):
        executor.run(people.author, remind_people, listing)
    executor.run(people.author, archive_listing, listing)
    with pytest.raises(WrongState):
        executor.run(people.officer, remind_people, listing)


def test_a_result_goes_to_an_officer_of_the_house_only(visit, market, people, executor, database):
    listing = market.submitted()
    officer = visit("zhou", INSTITUTE, "tto_officer")
    visit("colleague2", INSTITUTE, "tto_officer")
    page = officer.get("/queue").text
    assert "colleague2" in page
    colleague = page.split('name="handler"')[2].split('value="')[1].split('"')[0]
    sent = {"deed": "give", "handler": colleague, "row": show("listing", listing)}
    assert officer.post("/queue/do", data=sent).status_code == 302
    assert rows(database, Listing)[0].handler == colleague
    assert "colleague2" in officer.get("/en/queue").text
    for wrong in (IDS["colleague"], IDS["stranger"], ""):
        with pytest.raises(Invalid):
            executor.run(people.officer, assign_handler, listing, wrong)
    executor.run(people.officer, assign_handler, listing, None)
    assert rows(database, Listing)[0].handler is None


def test_reminding_from_the_queue_says_what_came_of_it(visit, market):
    listing = market.submitted()
    officer = visit("zhou", INSTITUTE, "tto_officer")
    sent = {"deed": "remind", "row": show("listing", listing)}
    officer.post("/en/queue/do", data=sent)
    officer.post("/en/queue/do", data=sent)
    assert "reminded within the last day" in officer.get("/en/queue").text
    listed = officer.get(f"/en/workbench/results/{show('listing', listing)}").text
    assert "<b>Reminded</b>" in listed
    stranger = visit("other", OTHER, "tto_officer")
    stranger.post("/en/queue/do", data=sent)
    assert "1 done" not in stranger.get("/en/queue").text


__all__ = ["market", "people", "visit"]
