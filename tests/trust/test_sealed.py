"""Quotes, deposits, debts and valuations: who is not entitled sees the same bytes, whether there
is one or none."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from accounts.models import ContactPoint
from core.ids import new_id, show
from core.models import Audit, Outbox
from deals.models import Deal
from search.queries import SearchRequest
from tests.apps import app_of
from tests.trust.observing import (
    Place,
    Seen,
    box_of,
    differing,
    feed_of,
    letters,
    look,
    program_of,
)
from tests.trust.sealed import AMOUNTS, APPRAISER, BASIS, NONCES, VALUED, Sealed
from tests.webapp.desks import signed_in

ONLY_DATABASE = "sqlite"
PAIRS = 3000
"""Fewest answers that worlds are compared by."""
PAGES = (
    "/rounds/{round}", "/en/rounds/{round}", "/rounds/{round}/desk", "/rounds/{round}/quote",
    "/rounds/{round}/register", "/results/{listing}", "/workbench/results/{listing}/rights",
    "/deals/{deal}", "/deals/{deal}/contract", "/money/{debt}", "/money", "/money/sheet.csv",
    "/deals", "/messages", "/workbench", "/organisations/{owner}", "/organisations/{firm}",
    "/operator/money", "/operator/ledger", "/search?q=污泥", "/en/results/{listing}",
    "/en/messages", "/results/{listing}/ask", "/inquiries",
)  # fmt: skip
API = (
    "rounds/{round}", "obligations", "obligations/{debt}", "deals", "deals/{deal}", "messages",
)  # fmt: skip
FEEDS = (
    "/search.atom?q=污泥", "/search/suggest?q=污", "/changes.json", "/sitemap-1.xml", "/",
    "/search?kind=result&sort=newest", "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/api/v1/changes", "/api/v1/rounds/{round}/opening", "/rounds/{round}/opening.json", "/notices",
)  # fmt: skip
"""The same for everybody, so that one visitor asks for all."""


class Onlookers:
    """Everybody with a browser and a program of theirs, and a visitor."""

    def __init__(self, sealed: Sealed) -> None:
        self.market, self.sealed = sealed.market, sealed
        app = app_of(self.market, WTF_CSRF_ENABLED=False)
        self.browsers: dict[str, Any] = {"visitor": app.test_client()}
        self.program, self.tokens = app.test_client(), {}
        looking = {who: one for who, one in sealed.people.items() if not who.startswith("second")}
        for who, actor in looking.items():
            self.browsers[who] = signed_in(app, self.market.executor, actor.person or "")
            self.tokens[who] = program_of(self.market, actor)
        with self.market.database.read() as session:
            deal, point = session.get_one(Deal, sealed.deal), ContactPoint
            self.boxes = {
                who: session.scalars(
                    select(point.value).where(point.person == actor.person, point.kind == "mail")
                ).first() or ""
                for who, actor in looking.items()
            }  # fmt: skip
            self.names = {
                "round": show("round", sealed.round), "listing": show("listing", sealed.listing),
                "deal": show("deal", deal.id), "debt": show("obligation", sealed.debt),
                "owner": show("organisation", sealed.people["office"].seats[0].organisation),
                "firm": show("organisation", sealed.people["party"].seats[0].organisation),
            }  # fmt: skip

    def look(self) -> dict[Place, Seen]:
        """All that each of them is shown and was sent."""
        found: dict[Place, Seen] = {}
        for who, browser in self.browsers.items():
            asked = [*PAGES, *FEEDS] if who == "visitor" else PAGES
            for path in asked:
                found[who, path] = look(browser, path.format(**self.names))
        for who, head in self.tokens.items():
            for path in API:
                called = f"/api/v1/{path.format(**self.names)}"
                found[who, f"/api/v1/{path}"] = look(self.program, called, headers=head)
            found[who, "letters"] = box_of(self.market, self.boxes[who])
        found["visitor", "feed"] = feed_of(self.market)
        assert 429 not in {status for status, _, _ in found.values()}
        return found


@pytest.fixture(scope="module")
def sealed(market, log):
    return Sealed(market)


@pytest.fixture(scope="module")
def onlookers(sealed):
    return Onlookers(sealed)


@pytest.fixture(scope="module")
def worlds(market, sealed, onlookers):
    """For each secret what all saw before and after it, in turn."""
    market.worker.run_until_idle()
    last, found = onlookers.look(), {}
    for one in sealed.acts():
        one.act()
        market.worker.run_until_idle()
        now = onlookers.look()
        found[one.named] = one, last, now
        last = now
    return found


def test_who_is_not_entitled_sees_the_same_bytes(worlds, capsys):
    pairs, wrong = 0, []
    for one, before, after in worlds.values():
        hidden = {place: seen for place, seen in before.items() if place[0] not in one.known_to}
        pairs += len(hidden)
        wrong += [(one.named, place) for place in differing(hidden, after)]
    with capsys.disabled():
        print(f"\nsealed: {pairs:,} pairs")
    assert wrong == []
    assert pairs >= PAIRS


def test_who_is_entitled_sees_that_something_happened(worlds):
    """Else the comparison would compare nothing."""
    for one, before, after in worlds.values():
        moved = {who for who, _ in differing(before, after)}
        assert moved == one.known_to & {who for who, _ in before}, one.named


def test_no_sealed_amount_anywhere(worlds, market, log):
    shown = b"\n".join(body for _, _, after in worlds.values() for _, body, _ in after.values())
    sent = "\n".join(words for _, words in letters(market))
    with market.database.read() as session:
        audit = repr([(row.stream, row.body) for row in session.scalars(select(Audit))])
        outbox = repr([vars(row) for row in session.scalars(select(Outbox))])
    told = shown.decode(errors="replace") + sent + audit + outbox + log.getvalue()
    for minor in AMOUNTS.values():
        for written in (f"{minor}", f"{minor / 100:,.0f}", f"{minor // 100}", f"{minor / 1e6:g}"):
            assert written not in told, written
    for nonce in NONCES.values():
        assert nonce not in told


def test_no_commitment_is_shown_to_others_before_the_deadline(worlds, sealed):
    assert len(sealed.commitments()) == len(AMOUNTS)
    for _, _, after in worlds.values():
        for (who, path), (_, body, _) in after.items():
            for commitment in sealed.commitments():
                mine = who in {"party", "rival", "rival's colleague"} and "round" in path
                assert mine or commitment.encode() not in body, (who, path)


def test_what_stands_beside_the_rights_register_is_in_no_index(worlds, market):
    assert worlds
    request = SearchRequest(size=1000, facets=(), kinds=("listing",))
    told = repr([hit.document for hit in market.search.search(request).hits])
    assert len(told) > 10_000
    for text in (f"{VALUED}", f"{VALUED // 100}", BASIS, APPRAISER):
        assert text not in told


def test_anothers_registration_and_none_answer_alike(worlds, sealed, onlookers):
    """Who tries what only its party or the office may do learns not even that there is one."""
    assert worlds
    place = f"/rounds/{onlookers.names['round']}"
    seal = {"commitment": "ab" * 32, "box": "cd" * 136}
    forms = {
        f"{place}/quote": seal,
        f"{place}/desk": {"outcome": "reject", "reason": "papers", "note": "x"},
        f"{place}/leave": {},
    }
    knows = {"party", "office", "second officer", "operator", "auditor"}
    for who, browser in onlookers.browsers.items():
        if who in knows | {"rival", "rival's colleague"}:
            continue
        for path, typed in forms.items():
            answers = [
                look(browser, path, method="POST", data=typed | {"registration": registration})
                for registration in (sealed.party, new_id())
            ]
            assert answers[0] == answers[1], (who, path)
            assert answers[0][0] in {302, 403, 404}, (who, path, answers[0][0])
    for who in ("rival", "rival's colleague"):
        answers = [
            look(onlookers.browsers[who], f"{place}/quote", method="POST",
                 data=seal | {"registration": registration})
            for registration in (sealed.party, new_id())
        ]  # fmt: skip
        assert answers[0] == answers[1], who


def test_the_opening_names_amounts_and_not_who_lost(worlds, sealed, onlookers, clock):
    assert worlds
    sealed.open(clock)
    place = f"/rounds/{onlookers.names['round']}"
    lost = ("翁", "瓯绣", "Ouxiu", sealed.people["party"].seats[0].organisation)
    for who in ("visitor", "broker", "other firm", "rival"):
        browser = onlookers.browsers[who]
        pages = [look(browser, path)[1].decode() for path in (place, f"/en{place}")]
        told = "".join(pages) + look(browser, f"{place}/opening.json")[1].decode()
        assert str(AMOUNTS["again"]) in told
        assert [name for name in lost if name in told] == [], who
