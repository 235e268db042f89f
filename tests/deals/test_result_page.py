"""A result's page for those who deal on it: files after the promise, saving, links on paper."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select

from accounts.factors.actions.prove_with_code import prove_with_code
from accounts.models import LoginSession
from core.actor import SYSTEM
from core.ids import show
from datarooms.actions.accept_nda import accept_nda
from datarooms.models import Room
from deals.queries.promises import promised_on
from listings.actions.add_file import add_file
from listings.kinds import Level
from listings.models import SavedItem, ShareLink
from search import indexer
from tests.deals.conftest import LISTING
from tests.deals.test_pages import app, browser, enter
from tests.factors import code_of

PLACE = f"/results/{show('listing', LISTING)}"


@pytest.fixture
def closed_file(stage, runtime):
    """A file of the listing that only those may open who promised confidentiality."""
    indexer.reindex(runtime.database, runtime.search, runtime.loaders)
    stored = runtime.files.put(io.BytesIO(b"%PDF-1.4 recipe"), limit=1000)
    stage.executor.run(
        stage.officer, add_file, LISTING, stored.sha256, "配方.pdf", "application/pdf",
        stored.size, Level.NDA,
    )  # fmt: skip
    return stored.sha256


def room_of(database, deal: str) -> str:
    with database.read() as session:
        return session.scalars(select(Room.id).where(Room.ref == f"deal:{deal}")).one()


def promise(stage, room: str) -> None:
    """The buyer, who has just shown the code of their app."""
    executor = stage.executor
    of_buyer = select(LoginSession.id).where(LoginSession.person == "buyer")
    with executor.database.read() as session:
        entered = session.scalar(of_buyer) is not None
    if not entered:
        executor.run(SYSTEM, enter, "buyer")
    with executor.database.read() as session:
        signed = session.scalars(of_buyer).one()
    executor.run(stage.buyer, prove_with_code, signed, code_of(executor, "buyer"))
    executor.run(stage.buyer, accept_nda, room, 1, "冉时雨", signed)


def test_files_open_after_the_promise_and_for_who_promised(browser, stage, database, closed_file):
    deal = stage.open()
    buyer, path = browser("buyer"), f"{PLACE}/files/{closed_file}"
    assert buyer.get(path).status_code == 404
    assert "配方.pdf" in buyer.get(PLACE).text
    promise(stage, room_of(database, deal))
    assert path in buyer.get(PLACE).text
    with buyer.get(path) as answer:
        assert (answer.status_code, answer.data) == (200, b"%PDF-1.4 recipe")
    for other in ("stranger", None):
        assert browser(other).get(path).status_code == 404


def test_a_promise_counts_for_its_own_listing_and_newest_text(stage, database):
    deal = stage.open()
    room = room_of(database, deal)
    promise(stage, room)

    def promised(actor, listing=LISTING) -> bool:
        with database.read() as session:
            return promised_on(session, actor, listing, database.now(session))

    assert promised(stage.buyer)
    assert not promised(stage.buyer, "22" * 16)
    assert not promised(stage.stranger)
    with database.write() as session:
        session.get_one(Room, room).nda = 2
        session.commit()
    assert not promised(stage.buyer)


def test_what_was_saved_says_so_and_can_be_taken_off(browser, database, closed_file):
    buyer = browser("buyer")
    assert "已收藏" not in buyer.get(PLACE).text
    assert 'name="ref"' not in browser().get(PLACE).text
    ref = {"ref": f"listing:{LISTING}"}
    assert buyer.post("/saved", data=ref).headers["Location"] == PLACE
    assert "已收藏" in buyer.get(PLACE).text
    assert buyer.post("/saved", data=ref | {"keep": "0"}).status_code == 302
    with database.read() as session:
        assert session.scalars(select(SavedItem)).all() == []


@pytest.mark.parametrize("form", ["sheet", "poster"])
def test_paper_carries_the_link_of_who_printed_it(browser, database, closed_file, form):
    buyer = browser("buyer")
    for _again in range(2):
        printed = buyer.get(f"{PLACE}/{form}").text
    with database.read() as session:
        links = session.scalars(select(ShareLink)).all()
    assert [(link.person, link.channel) for link in links] == [("buyer", "paper")]
    assert f"/s/{links[0].code}" in printed
    assert "/s/" not in browser().get(f"{PLACE}/{form}").text


__all__ = ["app", "browser"]
