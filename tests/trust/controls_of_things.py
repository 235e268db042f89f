"""Controls of what the market holds: results, deals, files, money and the audit; checks that turn
red without them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import flask
import pytest
from flask import request
from pydantic import BaseModel
from sqlalchemy import create_engine, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from accounts.actions.make_token import make_token
from accounts.codes import hash_token
from accounts.scopes import Scope
from accounts.tokens import new_token, shown_part
from core.audit import verify_streams
from core.models import Audit, Base, Stream
from core.money import Money
from deals.actions.accept_offer import accept_offer
from deals.actions.make_offer import make_offer
from deals.actions.open_deal import open_deal
from deals.actions.send_inquiry import send_inquiry
from deals.engine.guards import GUARDS
from deals.errors import OfferSuperseded
from deals.offers import Terms
from deals.rules import Question
from listings.importing.describe import describe
from listings.importing.errors import ArchiveRefused, EntitiesDeclared
from listings.models import Listing
from migrations import triggers
from search.port import Entry
from search.queries import SearchPage, SearchRequest
from search.tantivy_reader import Reader
from tests.trust.operations import WORDS
from tests.trust.taking import Market, Row, yes
from tests.webapp.desks import signed_in
from webapp.security_headers import content_policy

NUMBER = "CN202310482617.0"
"""Of the draft of every side (`world.py`)."""
SEARCHES = (
    f"/search?q={NUMBER}", f"/search.atom?q={NUMBER}", f"/api/v1/search?q={NUMBER}",
    "/search?sort=newest", "/api/v1/search?sort=newest",
)  # fmt: skip


def hidden_result(m: Market) -> None:
    """12: what is not published is in no shared index, so that no search tells of it."""
    engine, id = m.runtime.search, m.own.names["draft_id"]
    with m.runtime.database.read() as session:
        document = m.runtime.loaders["listing"](session, [id]).get(id)
    held = {one.id: one.version for one in engine.listing()}
    engine.write([Entry("listing", id, held.get(id, 0) + 1, document)])
    shown = m.own.names["draft"]
    told = [path for path in SEARCHES if shown in m.client_of(None).get(path).text]
    assert told == []


def hidden_place(m: Market) -> None:
    """12: the map for search engines names nothing that is not published."""
    told = m.client_of(None).get("/sitemap-1.xml").text
    assert m.own.names["published"] in told
    assert m.own.names["draft"] not in told


def hidden_page(m: Market) -> None:
    """12: the page of what is not published is not there."""
    assert m.get(None, "/results/{draft}") == 404


ALL_STATES = SimpleNamespace(PUBLISHED=Listing.state)
"""As ListingState, where whatever state a listing has counts as published."""


def undeclared_field(m: Market) -> None:
    """21: a field that the operation does not declare is refused by its name."""
    office, token = m.actor("tto_officer"), new_token()
    kept = hash_token(token), shown_part(token)
    m.browser(office.person)
    m.runtime.executor.run(office, make_token, "a program", tuple(Scope), 30, *kept)
    head = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"undeclared-{token[-8:]}"}
    sent = {"owner": m.own.names["org"], "kind": "result", "text": WORDS, "state": "published"}
    answer = m.visitor().post("/api/v1/listings", json=sent, headers=head)
    assert answer.status_code == 422
    assert "state" in answer.text


def whatever_fits(model: type[BaseModel] | None) -> BaseModel | None:
    """As the API's own, but content with fields that nobody declared."""
    if model is None:
        return None
    sent = json.loads(request.get_data())
    known = {name: value for name, value in sent.items() if name in model.model_fields}
    return model.model_validate_json(json.dumps(known), strict=True)


def superseded(m: Market) -> None:
    """22: nobody agrees to a version that is no longer the one on the table."""
    run, office, buyer = m.runtime.executor.run, m.actor("tto_officer"), m.actor("firm_admin")
    asked = Question(
        listing=m.own.names["published_id"], way="ordinary", purpose="试用", timetable="quarter",
        name="冉", firm="某公司", mail="r@firm.example",
    )  # fmt: skip
    deal = run(office, open_deal, run(buyer, send_inquiry, asked).ref).ref
    for answering, price in ((None, 1_000_000), (1, 9_000_000)):
        terms = Terms(way="ordinary", currency="CNY", lump_sum=price, tax_basis="included")
        run(office, make_offer, deal, terms, *([answering] if answering else []))
    with pytest.raises(OfferSuperseded):
        run(buyer, accept_offer, deal, 1)


def mixed_money(_m: Market) -> None:
    """26: no sum mixes two currencies."""
    with pytest.raises(TypeError):
        Money(1, "CNY") + Money(1, "JPY")


def lost_units(_m: Market) -> None:
    """27: the parts of an amount are the amount."""
    parts = Money(100, "CNY").allocate([1, 1, 1])
    assert sum(part.minor for part in parts) == 100


def thirds(total: int, weights: list[int]) -> tuple[int, ...]:
    """As allocate, but each part rounded by itself."""
    return tuple(round(total * weight / sum(weights)) for weight in weights)


def own_policy(m: Market) -> None:
    """30: no page runs a script that is not ours."""
    policy = m.guarded().test_client().get("/sign-in").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "object-src 'none'" in policy


def file_of(m: Market) -> dict[str, str]:
    """What is said to a browser about a file that somebody handed in."""
    path = m.own.path("/results/{published}/files/{file_public}")
    with m.client_of(None).get(path) as answer:
        assert answer.status_code == 200
        return dict(answer.headers)


def sandboxed(m: Market) -> None:
    """30: a file of others, were it shown, would be shown apart from this market."""
    assert file_of(m)["Content-Security-Policy"].endswith("; sandbox")


def downloaded(m: Market) -> None:
    """34: a file of others is saved and not shown."""
    assert file_of(m)["Content-Disposition"].startswith("attachment")


def inline(source: Any, **how: Any) -> Any:
    return flask.send_file(source, **how | {"as_attachment": False})


def query_language(m: Market) -> None:
    """31: signs of a query language are words like others."""
    every = m.runtime.search.search(SearchRequest("")).total
    assert every > 10
    for asked in ("zqxq OR *:*", "title:zqxq OR *:*"):
        assert m.runtime.search.search(SearchRequest(asked, match="all")).total < every


SEARCH = Reader.search


def obeying(self: Reader, asked: SearchRequest) -> SearchPage:
    """As a reader that hands the text to a parser of queries."""
    return SEARCH(self, SearchRequest("") if "*:*" in asked.text else asked)


@contextmanager
def written(name: str, content: bytes = b"") -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def bomb(_m: Market) -> None:
    """33: an archive that grows beyond measure is refused before it is unpacked."""
    with written("bomb.xlsx") as path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
        with pytest.raises(ArchiveRefused):
            describe(path)


def entities(_m: Market) -> None:
    """33: a document that declares entities never reaches the parser."""
    declared = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    sent = declared + b"<us-patent-grant>&x;</us-patent-grant>"
    with written("a.xml", sent) as path, pytest.raises(EntitiesDeclared):
        describe(path)


def shared_cache(m: Market) -> None:
    """37: what only its reader may see is kept by no cache."""
    client = signed_in(m.guarded(), m.runtime.executor, m.somebody()[0])
    said = client.get("/account").headers
    assert said["Cache-Control"] == "no-store"
    assert "Cookie" in said["Vary"]


@contextmanager
def apart() -> Iterator[Session]:
    """A database with the tables of the audit and the triggers that every migration makes."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        Base.metadata.create_all(
            connection, [Base.metadata.tables[one] for one in ("audit", "stream")]
        )
        triggers.recreate(connection)
    with Session(engine) as session:
        yield session
    engine.dispose()


def copied(m: Market, session: Session, stream: str) -> None:
    """The rows of one stream, as they are in the market."""
    with m.runtime.database.read() as reading:
        for table, key in ((Audit, Audit.stream), (Stream, Stream.key)):
            rows = reading.execute(select(table.__table__).where(key == stream)).mappings()
            session.execute(insert(table), [dict(row) for row in rows])
    session.commit()


def written_once(m: Market) -> None:
    """40: the database lets nobody write over an entry of the audit, or take one away."""
    with apart() as session:
        copied(m, session, f"listing:{m.own.names['draft_id']}")
        for change in ("UPDATE audit SET body = ''", "DELETE FROM audit"):
            with pytest.raises(DBAPIError):
                session.execute(text(change))
            session.rollback()


def edited(m: Market) -> None:
    """40: an entry that was edited all the same is found."""
    with apart() as session:
        copied(m, session, f"listing:{m.own.names['draft_id']}")
        assert verify_streams(session).sound
        for (name,) in session.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'")):
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(update(Audit).where(Audit.seq == 1).values(body="{}"))
        assert not verify_streams(session).sound


class Agreeing:
    """Equal to whatever it is compared with."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, _other: object) -> bool:
        return True

    def __ne__(self, _other: object) -> bool:
        return False


CONTROLS: dict[str, Row] = {
    "12 index of what is public": (hidden_result, "listings.records.ListingState", ALL_STATES),
    "12 map of what is public": (hidden_place, "syndication.sitemap.ListingState", ALL_STATES),
    "12 page of a draft": (hidden_page, "listings.queries.page.may", yes),
    "21 declared fields": (undeclared_field, "webapp.api.serving._body", whatever_fits),
    "22 version on the table": (
        superseded, "deals.engine.decide.GUARDS",
        GUARDS | {"offer_is_current": lambda _case, _side: None},
    ),
    "26 one currency": (mixed_money, "core.money.Money._same", lambda _self, other: other.minor),
    "27 largest remainder": (lost_units, "core.money.allocate", thirds),
    "30 policy of content": (own_policy, "webapp.security_headers.CONTENT_POLICY", {}),
    "30 files apart": (sandboxed, "webapp.downloads.CLOSED", content_policy()),
    "31 typed questions": (query_language, "search.tantivy_reader.Reader.search", obeying),
    "33 bombs": (bomb, "listings.importing.archive.MAX_RATIO", 10**9),
    "33 entities": (
        entities, "listings.importing.xmlparts._without_doctype", lambda content: content,
    ),
    "34 attachments": (downloaded, "webapp.downloads.send_file", inline),
    "37 shared caches": (
        shared_cache, "webapp.sessions._keep_private", lambda response: response,
    ),
    "40 rows written once": (written_once, "migrations.triggers.APPEND_ONLY", {}),
    "40 chain": (edited, "core.audit.chain_hash", lambda *_: Agreeing()),
}  # fmt: skip
