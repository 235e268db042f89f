"""A page asks the database the same number of questions whatever the data holds."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from accounts.queries import load_actor
from core import amendments
from core.actor import ANONYMOUS, SYSTEM
from core.ids import show
from deals.actions.send_inquiry import send_inquiry
from deals.models import Inquiry
from deals.rules import Question
from listings.importing.record import ImportedRecord
from listings.models import Listing, Need
from listings.registering import register_record
from search import own_terms
from tests.sampled import demo_person
from webapp.presenters import standing

EVERY_DATABASE = True

GROWTH = 40

PAGES: dict[str | None, list[str]] = {
    None: ["/", "/search", "/search?q=电池", "/needs", "/notices", "/sitemap.xml", "/search.atom"],
    "researcher": ["/workbench", "/inquiries", "/messages", "/account"],
    "tto_officer": ["/queue", "/inquiries", "/deals", "/imports"],
    "firm_member": ["/workbench/needs", "/inquiries", "/deals", "/saved"],
    "operator": [
        "/operator",
        "/operator/organisations",
        "/operator/people",
        "/operator/listings",
        "/operator/listings?shelf=taken",
        "/operator/overdue",
        "/operator/audit",
        "/operator/health",
        "/messages",
    ],
}


@contextmanager
def counted(market):
    """Statements sent while the block runs, but not the begin and end of transactions."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith("BEGIN"):  # SQLite's is a statement of ours
            seen.append(statement)

    # PostgreSQL's reader is the writer's engine with options: one set of listeners for both.
    engines = [market.database.writer]
    if market.database.sqlite:
        engines.append(market.database.reader)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def first(market, model, kind, **where):
    with market.database.read() as session:
        query = select(model.id).filter_by(**where).order_by(model.id).limit(1)
        return show(kind, session.scalars(query).one())


def all_pages(market, client_of) -> list[tuple[str | None, str]]:
    listing = first(market, Listing, "listing", state="published")
    with market.database.read() as session:
        owner = session.scalar(select(Listing.owner_org).where(Listing.state == "published"))
    shown = re.search(r"/deals/dea_[0-9a-f]{32}", client_of("tto_officer").get("/deals").text)
    assert shown, "the office has no deal to look at"
    single = [
        (None, f"/results/{listing}"),
        (None, f"/results/{listing}/sheet"),
        (None, f"/needs/{first(market, Need, 'need', state='published', confidential=False)}"),
        (None, f"/organisations/{show('organisation', owner)}"),
        ("tto_officer", shown[0]),
    ]
    return [(role, path) for role, paths in PAGES.items() for path in paths] + single


def office(market) -> str:
    """The institute of the sample's officer."""
    person = demo_person(market, "tto_officer")
    with market.database.read() as session:
        now = market.database.now(session)
        return load_actor(session, person, now).seats[0].organisation


def asked_by(market, client_of, pages) -> dict[tuple[str | None, str], list[str]]:
    """The statements of each page's second view."""
    found = {}
    for role, path in pages:
        client = client_of(role)
        assert client.get(path).status_code == 200, (role, path)
        with counted(market) as statements:
            client.get(path)
        found[role, path] = list(statements)
    return found


def grow(market) -> None:
    """Forty more published listings, and as many inquiries, with the institute that has most."""
    owner = office(market)
    listings = []
    for number in range(GROWTH):
        record = ImportedRecord(
            kind="result",
            title=f"第{number}号电池隔膜的连续涂布",
            abstract="在线测厚，涂布速度每分钟六十米。",
            language="zh",
        )

        def register(uow, record=record):
            done = register_record(uow, owner, record, None, "test", publish=True)
            listings.append(done.listing)

        market.executor.attempt(lambda: _uow(market), register)
    for number, listing in enumerate(listings):
        asked = Question(
            listing=listing,
            way="ordinary",
            purpose="试用",
            timetable="quarter",
            name="冉时雨",
            firm="澄岚热管理有限公司",
            mail="ran@firm.example",
        )
        market.executor.run(ANONYMOUS, send_inquiry, asked, f"source {number}")
    market.worker.run_until_idle()


def _uow(market):
    from core.unit_of_work import UnitOfWork

    return UnitOfWork(market.executor, SYSTEM)


@pytest.fixture(scope="module")
def looked_up_once():
    """Banners, amended rules and own terms are read anew now and then, whichever page is asked
    then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing, "EVERY", 3_600.0)
        patch.setattr(amendments, "EVERY", 3_600.0)
        patch.setattr(own_terms, "_LOOKED_AT", 3_600.0)
        yield


@pytest.fixture(scope="module")
def before_and_after(sample_market, client_of, looked_up_once):
    pages = all_pages(sample_market, client_of)
    before = asked_by(sample_market, client_of, pages)
    with sample_market.database.read() as session:
        asked = len(session.scalars(select(Inquiry.id)).all())
    grow(sample_market)
    with sample_market.database.read() as session:
        assert len(session.scalars(select(Inquiry.id)).all()) == asked + GROWTH
    return before, asked_by(sample_market, client_of, pages)


def test_pages_ask_a_constant_number_of_questions(before_and_after):
    before, after = before_and_after
    grown = {
        page: list((Counter(after[page]) - Counter(asked)).elements())
        for page, asked in before.items()
        if len(after[page]) > len(asked)
    }
    assert grown == {}


def test_no_page_asks_very_many(before_and_after):
    before, _ = before_and_after
    assert {page: len(asked) for page, asked in before.items() if len(asked) > 40} == {}
