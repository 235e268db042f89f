"""The same market with and without secrets: a stranger sees no difference, and no canary sings."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import inspect, select

from core.ids import new_id, show
from core.models import Audit, Base
from deals.rounds.models import Round
from listings.models import Listing, Need
from sample import load
from search.queries import SearchRequest
from tests.breadth import is_turn
from tests.trust.observing import (
    TOKEN,
    Place,
    Seen,
    box_of,
    differing,
    feed_of,
    letters,
    letters_to,
    look,
    program_of,
)  # fmt: skip
from tests.trust.secrets import ABSTRACT, CANARIES, gone, plant
from tests.trust.world import FIRM, FOREIGN, demo, member
from tests.webapp.desks import signed_in
from webapp.factory import create_app

ONLY_DATABASE = "sqlite"
FAR_FIRM = "Brackwater Process Ltd"
BYSTANDERS = [
    line.split()[1]
    for line in load.sign_ins()
    if line.split()[0] in ("broker", "expert", "provider_admin")
]
OPERATOR = next(one.split()[1] for one in load.sign_ins() if one.split()[0] == "operator")
"""Is told that complaints and appeals have come, and reads what they say in the console only."""
QUERIES = ("电池", "隔膜", "battery", "zqx", "尚未公开", *CANARIES.values(), ABSTRACT[3:9])
PAIRS = 3000
"""Fewest answers that two worlds are compared by."""
API = (
    "search?q=电池", "search?q=zqx", "search/suggest?q=zqx", "needs", "listings", "changes",
    "organisations", "notices", "postings", "rounds", "no-such-thing", "openapi.json",
)  # fmt: skip
"""Asked without a token; cookies are never looked at there, so one visitor asks for all."""
OF_PROGRAMS = (
    "search?q=电池", "search?q=zqx", "search?q=尚未公开", "search/suggest?q=zqx", "listings",
    "needs", "deals", "inquiries", "messages", "saved-searches", "obligations", "proposals",
)  # fmt: skip
"""Asked with a token that may read whatever its person may."""
DESKS = (
    "/workbench", "/workbench/needs", "/queue", "/imports", "/inquiries", "/deals", "/messages",
    "/saved", "/account", "/organisations/choose?name=大学", "/operator", "/operator/listings",
    "/complaints", "/complaints/outcomes", "/appeals", "/operator/complaints", "/operator/appeals",
    "/operator/sanctions", "/money", "/money/accounts", "/operator/money", "/operator/ledger",
    "/registrations", "/proposals",
)  # fmt: skip


OWN = [f"{prefix}{page}" for prefix in ("", "/en") for page in DESKS]
"""Pages that show each of them something else."""
_KINDS = {"gone": "listing", "declined": "proposal"}
"""What a planted thing is, where its name does not say so."""
TURNS = 2
"""A page that is one for all is asked for by the visitor, and by every other of the rest. What is
searched is filtered by who asks: all of them search."""


@pytest.fixture(scope="module")
def people(market):
    """Whom none of the secrets concerns."""
    return {role: demo(market, role) for role in ("broker", "expert", "provider_admin")} | {
        "rival's officer": member(market, FOREIGN, "tto_officer"),
        "rival's researcher": member(market, FOREIGN, "researcher"),
        "rival firm": member(market, FIRM, "firm_admin"),
        "foreign firm": member(market, FAR_FIRM, "firm_admin"),
    }


@pytest.fixture(scope="module")
def clients(market, people):
    app = create_app(market)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    found = {who: signed_in(app, market.executor, one.person) for who, one in people.items()}
    return {"visitor": app.test_client()} | found


@pytest.fixture(scope="module")
def programs(market, clients, people):
    """Made once both factors are there, as `clients` brings them."""
    return {who: program_of(market, one) for who, one in people.items()}


def addresses(market) -> list[str]:
    with market.database.read() as session:
        public = select(Listing.id).where(Listing.state == "published").order_by(Listing.id)
        listings = [show("listing", id) for id in session.scalars(public)]
        rounds = [f"/rounds/{show('round', id)}" for id in session.scalars(select(Round.id))]
        asked = select(Need.id).where(Need.state == "published", Need.confidential.is_(False))
        needs = [f"/needs/{show('need', id)}" for id in session.scalars(asked.order_by(Need.id))]
    office = demo(market, "tto_officer").seats[0].organisation
    firm = demo(market, "firm_admin").seats[0].organisation
    orgs = [f"/organisations/{show('organisation', id)}" for id in (office, firm)]
    searches = [
        f"{prefix}/{page}?q={words}"
        for words in QUERIES
        for page in ("search", "needs", "search.atom", "search/suggest")
        for prefix in ("", "/en")
    ]
    prefixes = [f"/search/suggest?q={canary[:n]}" for canary in CANARIES.values() for n in (3, 5)]
    filters = (
        "sort=newest", "sort=newest&page=2", "kind=result&trl_from=5", "ipc_class=H01",
        "kind=patent", "kind=need", "ipc_section=H", "year=2026", "region=330000",
    )  # fmt: skip
    facets = [f"{page}?{one}" for page in ("/search", "/needs", "/search.atom") for one in filters]
    machines = [
        "/sitemap.xml", "/sitemap-1.xml", "/search.atom", "/robots.txt", "/changes",
        "/changes.json", "/oai?verb=Identify", "/oai?verb=ListSets",
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
        "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc",
    ]  # fmt: skip
    pages = ["/", "/search", "/needs", "/notices", "/no-such-page", "/about", *rounds, *needs]
    pages += [f"{one}/propose" for one in needs]
    pages += [f"{one}/{part}" for one in rounds for part in ("desk", "quote", "opening.json")]
    both = [f"{prefix}{page}" for prefix in ("", "/en") for page in pages]
    shown = [f"{prefix}/results/{one}" for prefix in ("", "/en") for one in listings]
    cards = [f"/results/{one}/{part}" for one in listings for part in ("sheet", "ask")]
    pictured = [*(f"/results/{one}" for one in listings[:6]), *orgs]  # drawing takes its time
    cards += [f"{one}/card.png" for one in pictured]
    # The sheets first: whoever prints one gets a code of their own, which their lists then show.
    return [*cards, *both, *machines, *searches, *prefixes, *facets, *orgs, *shown]


def observe(market, clients, programs) -> dict[Place, Seen]:
    """Status, every byte and the headers of what an outsider can ask for."""
    found = {}
    paths = addresses(market)
    for n, (who, client) in enumerate(clients.items()):
        own = [*OWN, *(f"/api/v1/{path}" for path in API)] if who == "visitor" else OWN
        for path in paths:
            if who == "visitor" or "?q=" in path or is_turn(path, n, TURNS):
                found[who, path] = look(client, path)
        for path in own:
            found[who, path] = look(client, path)
    for who, token in programs.items():
        for path in OF_PROGRAMS:
            found[f"program of {who}", path] = look(
                clients["visitor"], f"/api/v1/{path}", headers=token
            )
    found["feed", "change"] = feed_of(market)
    for mail in BYSTANDERS:
        found["letters", mail] = box_of(market, mail)
    return found


@pytest.fixture(scope="module")
def worlds(market, clients, programs, log):
    withdrawn = gone(market)
    before = observe(market, clients, programs)
    planted = plant(market)
    planted.ids["gone"] = withdrawn
    market.worker.run_until_idle()
    return before, observe(market, clients, programs), planted, log


def test_outsiders_see_the_same_bytes_in_both_worlds(worlds, capsys):
    before, after, _, _ = worlds
    with capsys.disabled():
        print(f"\ntwo worlds: {len(before):,} pairs")
    assert len(before) >= PAIRS
    assert differing(before, after) == []


def test_what_is_secret_and_what_is_not_there_answer_alike(worlds, clients):
    _, _, planted, _ = worlds
    places = (
        ("/results/{}", "listing"),
        ("/results/{}", "gone"),
        ("/results/{}/card.png", "gone"), ("/results/{}/sheet", "listing"),
        ("/results/{}/card.png", "listing"), ("/results/{}/card-square.png", "listing"),
        ("/results/{}/ask", "listing"), ("/needs/{}", "need"), ("/needs/{}/card.png", "need"),
        ("/needs/{}/card-square.png", "need"), ("/inquiries/{}", "inquiry"), ("/deals/{}", "deal"),
        ("/workbench/results/{}", "listing"), ("/workbench/results/{}/1", "listing"),
        ("/workbench/results/{}/rights", "listing"), ("/workbench/needs/{}", "need"),
        ("/deals/{}/offer", "deal"), ("/complaints/{}", "complaint"),
        ("/complaints/sent/{}", "complaint"), ("/operator/complaints/{}", "complaint"),
        ("/operator/appeals/{}", "appeal"), ("/appeals/{}", "sanction"),
        ("/money/{}", "obligation"), ("/proposals/{}", "proposal"),
        ("/proposals/{}", "declined"), ("/proposals/{}/take", "proposal"),
    )  # fmt: skip
    for place, kind in places:
        for language in ("", "/en"):
            said = []
            for id in (planted.ids[kind], new_id()):
                for client in clients.values():
                    shown = show(_KINDS.get(kind, kind), id)
                    answer = client.get(language + place.format(shown))
                    text = TOKEN.sub(b"", answer.data).decode().replace(shown, "ID")
                    said.append((answer.status_code, re.sub(r"ID%3F[^\"&]*", "ID", text)))
            secret, nothing = said[: len(clients)], said[len(clients) :]
            assert secret == nothing, place
            assert {status for status, _ in said} <= {404, 403, 302}, place


def test_what_is_secret_is_not_there_for_programs_either(worlds, clients, programs):
    """Each token answers alike for a secret and for what was never there."""
    _, _, planted, _ = worlds
    places = (
        ("listings/{}", "listing"), ("listings/{}/files", "listing"), ("needs/{}", "need"),
        ("inquiries/{}", "inquiry"), ("deals/{}", "deal"), ("obligations/{}", "obligation"),
        ("proposals/{}", "proposal"), ("proposals/{}", "declined"),
    )  # fmt: skip
    for place, kind in places:
        for who, token in programs.items():
            said = []
            named = _KINDS.get(kind, kind)
            for shown in (show(named, planted.ids[kind]), show(named, new_id())):
                path = f"/api/v1/{place.format(shown)}"
                answer = clients["visitor"].get(path, headers=token)
                said.append((answer.status_code, answer.text.replace(shown, "ID")))
            assert said[0] == said[1], (who, place)
            assert said[0][0] in (403, 404), (who, place)


def test_both_sides_of_a_proposal_read_it(worlds, market):
    """Else its canaries would say nothing: they would be missing for everybody."""
    app = create_app(market)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    for role in ("tto_officer", "firm_admin"):
        person = demo(market, role).person
        client = signed_in(app, market.executor, person, f"token of {role}")
        pages = {kind: client.get(f"/proposals/{show('proposal', worlds[2].ids[kind])}").text
                 for kind in ("proposal", "declined")}  # fmt: skip
        for name in ("proposed", "proposer", "reach"):
            assert all(CANARIES[name] in page for page in pages.values()), (role, name)
        assert [CANARIES["declined"] in pages[kind] for kind in pages] == [False, True]


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
    sent = letters(market)
    text = "\n".join(words for _, words in sent)
    assert len(sent) > 5
    for name, canary in CANARIES.items():
        assert canary not in text, name
    assert ABSTRACT not in text
    assert "987654321" not in text.replace(",", "")


def test_the_password_is_nowhere_in_the_database(worlds, market):
    assert worlds[2].code
    with market.database.read() as session:
        asked_by_this_test = {"unanswered_question"}
        for table in set(inspect(session.get_bind()).get_table_names()) - asked_by_this_test:
            rows = session.execute(select(Base.metadata.tables[table])).all() if (
                table in Base.metadata.tables) else []  # fmt: skip
            assert CANARIES["password"] not in repr(rows), table


def test_the_operators_letters_tell_that_something_came_and_not_what(worlds, market):
    told = letters_to(market, OPERATOR)
    assert told
    assert [canary for canary in CANARIES.values() if canary in repr(told)] == []
