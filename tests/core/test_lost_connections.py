"""The server goes away while an action is at work: nothing is half done, and it is done again only
where it is known that nothing was done."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import create_engine, event, select, text
from sqlalchemy.exc import DBAPIError

from core.database import lost
from core.errors import Busy
from core.models import Audit
from core.results import Done
from tests.core import toy
from tests.core.toy import ToyDeal, person


@pytest.fixture
def market(market):
    if market.database.sqlite:
        pytest.skip("a file has no server that goes away")
    return market


@pytest.fixture
def cut(market):
    """Ends the server's side of a session, as a restart of the server does."""
    admin = create_engine(market.database.url, isolation_level="AUTOCOMMIT")

    def end(connection) -> None:
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
        with admin.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    yield end
    admin.dispose()


def written(market, deal):
    with market.database.read() as session:
        row = session.get_one(ToyDeal, deal)
        acts = session.scalars(select(Audit.n).where(Audit.stream == row.stream)).all()
        return row.offer, len(acts)


def accepting(cut, times):
    """Accepts an offer, and loses its connection at the first `times` attempts."""
    tries = []

    def accept(uow, deal):
        tries.append(deal)
        answer = toy.accept_offer(uow, deal, 5)
        uow.session.flush()
        if len(tries) <= times:
            cut(uow.session.connection())
        return answer

    return accept, tries


def test_an_action_cut_off_before_its_commit_is_done_once_more(market, cut):
    deal = market.run(person("a"), toy.open_deal, "t", 60_000).ref
    accept, tries = accepting(cut, 1)
    assert market.run(person("b"), accept, deal) == Done(deal)
    assert (len(tries), written(market, deal)) == (2, (5, 2))


def test_an_action_that_idled_too_long_is_done_once_more(market):
    def idle(connection):
        connection.execute(text("SET idle_in_transaction_session_timeout = '50ms'"))
        time.sleep(0.3)
        connection.execute(text("SELECT 1"))

    deal = market.run(person("a"), toy.open_deal, "t", 60_000).ref
    accept, tries = accepting(idle, 1)
    assert market.run(person("b"), accept, deal) == Done(deal)
    assert (len(tries), written(market, deal)) == (2, (5, 2))


def test_whoever_is_cut_off_again_and_again_is_told_that_nothing_was_changed(market, cut):
    deal = market.run(person("a"), toy.open_deal, "t", 60_000).ref
    accept, tries = accepting(cut, 9)
    with pytest.raises(Busy):
        market.run(person("b"), accept, deal)
    assert (len(tries), written(market, deal)) == (3, (None, 1))


def test_a_commit_without_an_answer_is_not_repeated(market, cut):
    """Whether it was done is not known: the same key tells, a second attempt would not."""
    deal = market.run(person("a"), toy.open_deal, "t", 60_000).ref
    accept, tries = accepting(cut, 0)

    event.listen(market.database.writer, "commit", cut)
    try:
        with pytest.raises(DBAPIError) as raised:
            market.once(person("b"), "k", accept, deal)
    finally:
        event.remove(market.database.writer, "commit", cut)
    assert lost(raised.value)
    assert len(tries) == 1
    assert market.once(person("b"), "k", accept, deal) == Done(deal)
    assert written(market, deal) == (5, 2)
