"""Elasticsearch fails in every way while a result is posted and sold: nobody who posts, asks,
offers or agrees waits for it, pages answer, and afterwards search holds what the market holds."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import select

import bootstrap
from core.ids import show
from core.models import IndexState
from deals.actions.accept_offer import accept_offer
from deals.actions.make_offer import make_offer
from deals.actions.open_deal import open_deal
from deals.actions.send_inquiry import send_inquiry
from deals.actions.show_posting import show_posting
from deals.models import Deal, PublicNotice
from deals.rules import Question
from search.indexer import check, reindex
from search.queries import SearchRequest
from tests.deals.conftest import picture, terms
from tests.listings.conftest import market as market
from tests.listings.conftest import people as people
from tests.search.conftest import ELASTICSEARCH, cluster, forget
from tests.search.faults import proxy
from tests.search.test_elastic_losses import FAULTS
from webapp.factory import create_app

pytestmark = pytest.mark.skipif(not ELASTICSEARCH, reason="QIAOYI_TEST_ELASTICSEARCH is not set")
PATIENCE, TIMEOUT = 4.0, 5.0
"""Seconds: a step that waited for a server that hangs would take longer than the first."""


@pytest.fixture
def front():
    with proxy(ELASTICSEARCH.split(",")[0]) as made:
        yield made


@pytest.fixture
def served(runtime, clock, front):
    """The market of the test, found by the node behind the proxy, with its worker running."""
    if runtime.settings.database.startswith("sqlite"):
        pytest.skip("the market refuses Elasticsearch beside SQLite")
    kept = cluster(urls=[front.url])
    searched = {"elasticsearch_url": front.url, "elasticsearch_index": kept.index,
                "elasticsearch_timeout": TIMEOUT}  # fmt: skip
    made = bootstrap.build(runtime.settings.model_copy(update=searched), clock)
    reindex(made.database, made.search, made.loaders)
    made.worker.start()
    yield made
    made.close()
    forget(kept)


class Timed:
    """Runs use cases and reads, and keeps how long the slowest took."""

    def __init__(self, executor):
        self._executor, self.slowest = executor, 0.0

    def __call__(self, *what):
        began = time.monotonic()
        done = self._executor.run(*what)
        self.slowest = max(self.slowest, time.monotonic() - began)
        return done.ref


def sold(served, timed, people, clock, listing):
    """From an inquiry to a price that stood its notice; gives the deal."""
    asked = Question(
        listing=listing, way="exclusive", purpose="手机散热", timetable="quarter",
        name="冉时雨", firm="澄岚热管理有限公司", mail="ran@firm.example",
    )  # fmt: skip
    deal = timed(people.officer, open_deal, timed(people.buyer, send_inquiry, asked, "here"))
    first = int(timed(people.buyer, make_offer, deal, terms(entry_fee=150_000_000), None))
    second = int(timed(people.officer, make_offer, deal, terms(), first))
    timed(people.buyer, accept_offer, deal, second)
    timed(people.officer, show_posting, noticed(served, deal).id, picture("first"))
    clock.set(noticed(served, deal).ends_at - timedelta(hours=1))
    timed(people.officer, show_posting, noticed(served, deal).id, picture("last"))
    clock.set(noticed(served, deal).ends_at)
    within(30, lambda: state(served, deal) == "confirmed")
    return deal


def noticed(served, deal):
    with served.database.read() as session:
        about = select(PublicNotice).where(PublicNotice.about == f"deal:{deal}")
        return session.scalars(about).one()


def state(served, deal):
    with served.database.read() as session:
        return session.get_one(Deal, deal).state


def within(seconds, true):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"not so within {seconds} s"
        time.sleep(0.02)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_result_is_sold_while_search_fails(served, people, market, clock, front, fault):
    before = market.published()
    within(60, lambda: not waiting(served))
    pages = create_app(served).test_client()
    front.fail(fault)
    timed = Timed(served.executor)
    meanwhile = market.published(registration=None)
    sold(served, timed, people, clock, meanwhile)
    assert timed.slowest < PATIENCE, f"a step took {timed.slowest:.1f} s"
    said = pages.get("/search?q=散热膜&lang=zh").get_data(as_text=True)
    assert show("listing", before) in said
    if fault != "slow":  # which is slow, and answers
        assert "搜索暂时" in said
        assert show("listing", meanwhile) in said, "the catalogue is the database's"
        assert waiting(served)
    assert pages.get(f"/results/{show('listing', meanwhile)}").status_code == 200
    front.fail("")

    def caught_up():
        clock.move(timedelta(seconds=2))
        return not waiting(served)

    within(300, caught_up)
    different = check(served.database, served.search, served.loaders)
    assert different.clean, different
    found = {hit.document.id for hit in served.search.search(SearchRequest("散热膜")).hits}
    assert found == {before, meanwhile}


def waiting(served):
    with served.database.read() as session:
        behind = select(IndexState.id).where(IndexState.done < IndexState.wanted)
        return session.scalars(behind).first() is not None
