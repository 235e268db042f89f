"""The same market with and without secrets: a stranger sees no difference, and no canary sings."""

from __future__ import annotations

import io
import json
import logging
import re
from email import message_from_bytes
from email.policy import default

import pytest
import structlog
from sqlalchemy import inspect, select

from core.ids import new_id, show
from core.models import Audit, Base, Change
from listings.models import Listing
from sample import load
from search import indexer
from search.queries import SearchRequest
from tests import databases
from tests.conftest import START
from tests.sampled import demo_person
from tests.trust.secrets import ABSTRACT, CANARIES, gone, plant
from tests.trust.world import demo
from tests.webapp.desks import signed_in
from webapp.factory import create_app

QUERIES = ("电池", "隔膜", "battery", "zqx", "尚未公开", *CANARIES.values(), ABSTRACT[3:9])
TOKEN = re.compile(rb'name="csrf_token"[^>]*>')


@pytest.fixture(scope="module")
def market(_market):
    """The sample on a clock that stands; rows are planted later by `worlds` alone."""
    runtime, clock = _market
    databases.empty(runtime.database, Base.metadata)
    clock.set(START)
    load.load(runtime)
    indexer.reindex(runtime.database, runtime.search, runtime.loaders)
    runtime.worker.run_until_idle()
    return runtime


@pytest.fixture(scope="module")
def clients(market):
    app = create_app(market)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    stranger = signed_in(app, market.executor, demo_person(market, "broker"))
    return {"visitor": app.test_client(), "stranger": stranger}


def addresses(market) -> list[str]:
    with market.database.read() as session:
        public = select(Listing.id).where(Listing.state == "published").order_by(Listing.id)
        listings = [show("listing", id) for id in session.scalars(public)]
    office = demo(market, "tto_officer").seats[0].organisation
    firm = demo(market, "firm_admin").seats[0].organisation
    orgs = [f"/organisations/{show('organisation', id)}" for id in (office, firm)]
    searches = [
        f"/{page}?q={words}"
        for words in QUERIES
        for page in ("search", "needs", "search.atom", "search/suggest", "en/search")
    ]
    fixed = ["/", "/en/", "/search", "/needs", "/notices", "/sitemap.xml", "/sitemap-1.xml",
             "/search.atom", "/search?sort=newest", "/search?sort=newest&page=2",
             "/search?kind=result&trl_from=5", "/search?ipc_class=H01", "/robots.txt"]  # fmt: skip
    return [*fixed, *searches, *orgs, *(f"/results/{shown}" for shown in listings)]


def observe(market, clients) -> dict[tuple[str, str], tuple[int, bytes, str]]:
    """Status, every byte and the headers of what an outsider can ask for."""
    found = {}
    for who, client in clients.items():
        for path in addresses(market):
            with client.get(path) as answer:
                told = {k: v for k, v in answer.headers if k not in ("Set-Cookie", "Date")}
                body = TOKEN.sub(b"", answer.data)
                found[who, path] = (answer.status_code, body, json.dumps(told))
    with market.database.read() as session:
        seen = [(row.seq, row.ref, row.op) for row in session.scalars(select(Change))]
    found["feed", "change"] = (200, repr(seen).encode(), "")
    return found


@pytest.fixture(scope="module")
def worlds(market, clients, log):
    withdrawn = gone(market)
    before = observe(market, clients)
    planted = plant(market)
    planted.ids["gone"] = withdrawn
    market.worker.run_until_idle()
    return before, observe(market, clients), planted, log


@pytest.fixture(scope="module")
def log():
    """All that is logged while secrets are planted and looked for."""
    kept, before = io.StringIO(), structlog.get_config()
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(kept), cache_logger_on_first_use=False
    )
    handler = logging.StreamHandler(kept)
    logging.getLogger().addHandler(handler)
    yield kept
    logging.getLogger().removeHandler(handler)
    structlog.configure(**before)


def test_outsiders_see_the_same_bytes_in_both_worlds(worlds):
    before, after, _, _ = worlds
    assert len(before) > 150
    differ = [place for place, seen in before.items() if after[place] != seen]
    assert differ == []


def test_what_is_secret_and_what_is_not_there_answer_alike(worlds, clients):
    _, _, planted, _ = worlds
    places = (
        ("/results/{}", "listing"),
        ("/results/{}", "gone"),
        ("/results/{}/card.svg", "gone"), ("/results/{}/sheet", "listing"),
        ("/results/{}/card.svg", "listing"), ("/results/{}/ask", "listing"),
        ("/needs/{}", "need"), ("/inquiries/{}", "inquiry"), ("/deals/{}", "deal"),
        ("/workbench/results/{}", "listing"), ("/workbench/results/{}/1", "listing"),
        ("/workbench/results/{}/rights", "listing"), ("/workbench/needs/{}", "need"),
        ("/deals/{}/offer", "deal"),
    )  # fmt: skip
    for place, kind in places:
        for language in ("", "/en"):
            said = []
            for id in (planted.ids[kind], new_id()):
                for client in clients.values():
                    shown = show("listing" if kind == "gone" else kind, id)
                    answer = client.get(language + place.format(shown))
                    text = TOKEN.sub(b"", answer.data).decode().replace(shown, "ID")
                    said.append((answer.status_code, re.sub(r"ID%3F[^\"&]*", "ID", text)))
            assert said[0] == said[2], place
            assert said[1] == said[3], place
            assert {said[0][0], said[1][0]} <= {404, 302}, place


def test_a_hash_alone_opens_no_file(worlds, clients, market):
    sha256 = worlds[2].ids["sha256"]
    with market.database.read() as session:
        public = session.scalars(select(Listing.id).where(Listing.state == "published")).all()
    for client in clients.values():
        for listing in [*public, worlds[2].ids["listing"]]:
            shown = show("listing", listing)
            assert client.get(f"/results/{shown}/files/{sha256}").status_code == 404
            assert client.get(f"/results/{shown}/pictures/{sha256}").status_code == 404


def test_no_canary_in_what_strangers_were_shown(worlds):
    _, after, _, _ = worlds
    for (who, path), (_, body, _) in after.items():
        for name, canary in CANARIES.items():
            if canary not in path:
                assert canary.encode() not in body, (who, path, name)


def test_no_canary_in_the_index(worlds, market):
    """Neither in its files nor, since those are packed, in any document that it gives."""
    folder = market.settings.data_dir / "index"
    held = {(entry.kind, entry.id): entry.hash for entry in market.search.listing()}
    assert held[("listing", worlds[2].ids["gone"])] == ""
    for kind in ("listing", "need"):  # not even that there is something: that moves the ranking
        assert (kind, worlds[2].ids[kind]) not in held
    data = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert len(data) > 10_000
    hits = market.search.search(SearchRequest(size=1000, facets=(), kinds=("listing", "need"))).hits
    assert len(hits) > 50
    told = repr([vars(hit.document) if hasattr(hit.document, "__dict__") else hit.document
                 for hit in hits])  # fmt: skip
    for name, canary in CANARIES.items():
        assert canary.encode() not in data, name
        assert canary not in told, name
        found = market.search.search(SearchRequest(text=canary, kinds=("listing", "need")))
        assert found.total == 0, name
        assert not market.search.suggest(canary[:5]), name


def test_no_canary_in_the_audit_the_outbox_or_the_log(worlds, market):
    _, _, planted, log = worlds
    with market.database.read() as session:
        audit = repr([(row.stream, row.body, row.actor) for row in session.scalars(select(Audit))])
    assert planted.ids["listing"] in audit
    assert planted.ids["inquiry"] in planted.outbox
    for name, canary in CANARIES.items():
        assert canary not in audit, name
        assert canary not in planted.outbox, name
        assert canary not in log.getvalue(), name
    assert "98765432100" not in planted.outbox
    assert "98765432100" not in log.getvalue()
    assert not re.search(rf"\b{planted.code}\b", planted.outbox + log.getvalue())


def test_letters_tell_that_something_waits_and_not_what(worlds, market):
    folder = market.settings.data_dir / "mail"
    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in
               folder.glob("*.eml")]  # fmt: skip
    text = "\n".join(f"{one['Subject']}\n{one.get_content()}" for one in letters)
    assert len(letters) > 5
    for name, canary in CANARIES.items():
        assert canary not in text, name
    assert ABSTRACT not in text
    assert "987654321" not in text.replace(",", "")


def test_the_password_is_nowhere_in_the_database(worlds, market):
    assert worlds[2].code
    with market.database.read() as session:
        for table in inspect(session.get_bind()).get_table_names():
            rows = session.execute(select(Base.metadata.tables[table])).all() if (
                table in Base.metadata.tables) else []  # fmt: skip
            assert CANARIES["password"] not in repr(rows), table
