"""OAI-PMH 2.0: every answer in the schema's order, a harvest that equals what is public, errors."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from lxml import etree
from sqlalchemy import select

from core.ids import show
from core.times import legal_date
from listings.actions.edit_listing import edit_listing
from listings.actions.withdraw_listing import withdraw_listing
from listings.documents import public_listing_ids
from listings.inputs import ListingChange
from listings.kinds import Level
from listings.models import Listing
from syndication.oai.answers import DC, OAI, OAI_DC, Repository, answer, stamp
from syndication.oai.requests import OaiError, read_span
from syndication.oai.tokens import Place, read_token, write_token
from tests.listings.conftest import CHANGE, TEXT
from tests.webapp.clients import app, client, market, people

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")
XSI = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
CHILDREN = {
    "Identify": "repositoryName baseURL protocolVersion adminEmail+ earliestDatestamp "
    "deletedRecord granularity",
    "ListMetadataFormats": "metadataFormat+",
    "metadataFormat": "metadataPrefix schema metadataNamespace",
    "ListSets": "set+ resumptionToken?",
    "set": "setSpec setName",
    "GetRecord": "record",
    "ListRecords": "record+ resumptionToken?",
    "ListIdentifiers": "header+ resumptionToken?",
    "record": "header metadata?",
    "header": "identifier datestamp setSpec*",
}
DUBLIN = frozenset(
    [
        "title",
        "creator",
        "subject",
        "description",
        "publisher",
        "contributor",
        "date",
        "type",
        "format",
        "identifier",
        "source",
        "language",
        "relation",
        "coverage",
        "rights",
    ]
)


def tag(node):
    return etree.QName(node).localname


def check_order(node):
    """The children of every element, against the sequence that the protocol's schema gives it."""
    wanted = CHILDREN.get(tag(node))
    if wanted:
        pattern = "".join(
            f"({re.escape(word.rstrip('+?*'))} ){word[len(word.rstrip('+?*')) :]}"
            for word in wanted.split()
        )
        found = "".join(f"{tag(child)} " for child in node)
        assert re.fullmatch(pattern, found), f"{tag(node)}: {found}"
    for child in node:
        check_order(child)


def check_document(body):
    """An answer as a validator reads it; its root."""
    root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    assert root.tag == f"{{{OAI}}}OAI-PMH"
    assert root.get(XSI) == f"{OAI} {OAI}OAI-PMH.xsd"
    assert [tag(child) for child in root[:2]] == ["responseDate", "request"]
    assert STAMP.fullmatch(root[0].text)
    rest = [tag(child) for child in root[2:]]
    assert set(rest) == {"error"} or len(rest) == 1
    for child in root[2:]:
        check_order(child)
    for header in root.iter(f"{{{OAI}}}header"):
        check_header(header)
    return root


def check_header(header):
    assert header.findtext(f"{{{OAI}}}identifier").startswith("oai:localhost:lst_")
    assert STAMP.fullmatch(header.findtext(f"{{{OAI}}}datestamp"))
    assert all(SPEC.fullmatch(node.text) for node in header.findall(f"{{{OAI}}}setSpec"))
    assert header.get("status") in {None, "deleted"}
    metadata = header.getnext() if tag(header.getparent()) == "record" else None
    if metadata is not None:
        assert header.get("status") is None
        [dc] = metadata
        assert dc.tag == f"{{{OAI_DC}}}dc"
        assert dc.get(XSI).startswith(OAI_DC)
        assert all(node.tag.startswith(f"{{{DC}}}") and node.text for node in dc)
        assert {tag(node) for node in dc} <= DUBLIN
    elif tag(header.getparent()) == "record":
        assert header.get("status") == "deleted"


class Harvester:
    """Asks the way a library does."""

    def __init__(self, runtime, page=50):
        self.runtime = runtime
        self.repository = Repository(
            "Market", "http://localhost:8000", "localhost", "m@localhost", "zh",
            runtime.executor.ports.secret, page,
        )  # fmt: skip

    def ask(self, **arguments):
        pairs = [(name.rstrip("_"), value) for name, value in arguments.items()]
        return self.pairs(pairs)

    def pairs(self, pairs):
        with self.runtime.database.read() as session:
            now = self.runtime.database.now(session)
            today = legal_date(now, self.runtime.settings.zone)
            return check_document(answer(session, self.repository, pairs, now, today))

    def record(self, listing):
        named = self.repository.identifier(listing)
        return self.ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=named)

    def error(self, *pairs, **arguments):
        root = self.pairs([*pairs, *((n.rstrip("_"), v) for n, v in arguments.items())])
        [error] = root.findall(f"{{{OAI}}}error")
        return error.get("code")

    def list(self, verb, **arguments):
        """Headers of a whole list, page by page, and how many pages there were."""
        headers, pages = [], 0
        asked = {"verb": verb, "metadataPrefix": "oai_dc", **arguments}
        while asked:
            root, pages = self.ask(**asked), pages + 1
            headers += root.findall(f".//{{{OAI}}}header")
            token = root.find(f".//{{{OAI}}}resumptionToken")
            asked = {"verb": verb, "resumptionToken": token.text} if _goes_on(token) else None
        return headers, pages


def _goes_on(token):
    return token is not None and bool(token.text)


def ids(headers, deleted=False):
    return [
        header.findtext(f"{{{OAI}}}identifier").rpartition(":")[2]
        for header in headers
        if (header.get("status") == "deleted") == deleted
    ]


@pytest.fixture
def harvester(runtime):
    return Harvester(runtime)


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_a_harvest_in_pages_is_what_is_public(sample_market, verb):
    harvester = Harvester(sample_market, page=7)
    with sample_market.database.read() as session:
        public = {show("listing", id) for id in public_listing_ids(session)}
        withdrawn = session.scalars(
            select(Listing.id).where(
                Listing.published_at.is_not(None), Listing.state != "published"
            )
        ).all()
    headers, pages = harvester.list(verb)
    assert pages == -(-len(headers) // 7) > 3
    assert sorted(ids(headers)) == sorted(public)
    assert set(ids(headers, deleted=True)) == {show("listing", id) for id in withdrawn}


def test_the_sets_of_the_sample_add_up(sample_market):
    harvester = Harvester(sample_market, page=20)
    whole = ids(harvester.list("ListIdentifiers")[0])
    kinds = [
        id
        for kind in ("result", "patent", "know_how", "package")
        for id in _listed(harvester, f"kind:{kind}")
    ]
    assert sorted(kinds) == sorted(whole)
    in_sections = {id for section in "ABCDEFGH" for id in _listed(harvester, f"ipc:{section}")}
    assert in_sections == set(_listed(harvester, "ipc"))
    assert in_sections <= set(whole)
    assert in_sections


def _listed(harvester, set_):
    root = harvester.ask(verb="ListIdentifiers", metadataPrefix="oai_dc", set=set_)
    if root.find(f"{{{OAI}}}error") is not None:
        return []
    return ids(harvester.list("ListIdentifiers", set=set_)[0])


def test_a_record_says_what_everybody_may_know(harvester, market, drain):
    listing = market.published()
    drain()
    root = harvester.ask(
        verb="GetRecord",
        metadataPrefix="oai_dc",
        identifier=harvester.repository.identifier(listing),
    )
    titles = {node.get("{http://www.w3.org/XML/1998/namespace}lang"): node.text
              for node in root.iter(f"{{{DC}}}title")}  # fmt: skip
    assert titles == {"zh": TEXT.title, "en": CHANGE.texts[0].title}
    assert "IPC H05K7/20" in [node.text for node in root.iter(f"{{{DC}}}subject")]
    text = etree.tostring(root, encoding="unicode")
    assert "周砚秋" not in text
    assert "0571" not in text


def test_what_members_read_only_is_not_in_the_record(harvester, market, drain, executor, people):
    listing = market.published()
    executor.run(people.officer, edit_listing, listing, ListingChange(level=Level.MEMBER))
    drain()
    root = harvester.ask(
        verb="GetRecord",
        metadataPrefix="oai_dc",
        identifier=harvester.repository.identifier(listing),
    )
    assert TEXT.abstract not in etree.tostring(root, encoding="unicode")


def test_a_withdrawal_is_remembered_and_told_to_whoever_comes_back(
    harvester, market, drain, executor, people, clock, runtime
):
    listing = market.published()
    drain()
    with runtime.database.read() as session:
        first = runtime.database.now(session)
    clock.move(timedelta(hours=1))
    executor.run(people.officer, withdraw_listing, listing, "sold")
    drain()
    since = stamp(first + timedelta(seconds=1))
    headers, _ = harvester.list("ListRecords", **{"from": since})
    assert ids(headers, deleted=True) == [show("listing", listing)]
    for set_ in ("kind:result", "ipc:A", "ipc:H"):
        again, _ = harvester.list("ListIdentifiers", set=set_)
        assert ids(again, deleted=True) == [show("listing", listing)]
    assert harvester.error(verb="ListRecords", metadataPrefix="oai_dc", until=stamp(first)) == (
        "noRecordsMatch"
    )


def test_what_never_was_public_does_not_exist(harvester, market, drain):
    listing = market.draft()
    drain()
    identifier = harvester.repository.identifier(listing)
    assert harvester.error(verb="GetRecord", metadataPrefix="oai_dc", identifier=identifier) == (
        "idDoesNotExist"
    )
    assert harvester.error(verb="ListMetadataFormats", identifier=identifier) == "idDoesNotExist"
    assert harvester.error(verb="ListRecords", metadataPrefix="oai_dc") == "noRecordsMatch"


@pytest.mark.parametrize(
    ("code", "pairs"),
    [
        ("badVerb", []),
        ("badVerb", [("verb", "Nothing")]),
        ("badVerb", [("verb", "Identify"), ("verb", "Identify")]),
        ("badVerb", [("metadataPrefix", "oai_dc")]),
        ("badArgument", [("verb", "Identify"), ("set", "kind")]),
        ("badArgument", [("verb", "ListRecords")]),
        ("badArgument", [("verb", "GetRecord"), ("metadataPrefix", "oai_dc")]),
        ("badArgument", [("verb", "GetRecord"), ("identifier", "oai:localhost:x")]),
        ("badArgument", [("verb", "ListRecords"), ("metadataPrefix", "")]),
        ("badArgument", [("verb", "ListRecords"), ("metadataPrefix", "oai_dc"),
                         ("metadataPrefix", "oai_dc")]),
        ("badArgument", [("verb", "ListRecords"), ("metadataPrefix", "oai_dc"),
                         ("resumptionToken", "x")]),
        ("badArgument", [("verb", "ListRecords"), ("metadataPrefix", "oai_dc"),
                         ("from", "2026-13-01")]),
        ("badArgument", [("verb", "ListRecords"), ("metadataPrefix", "oai_dc"),
                         ("from", "2026-11-01"), ("until", "2026-11-02T00:00:00Z")]),
        ("badArgument", [("verb", "ListRecords"), ("metadataPrefix", "oai_dc"),
                         ("from", "2026-11-03"), ("until", "2026-11-02")]),
        ("badArgument", [("verb", "ListRecords"), ("metadataPrefix", "oai_dc"), ("set", "x")]),
        ("badArgument", [("verb", "ListSets"), ("metadataPrefix", "oai_dc")]),
        ("cannotDisseminateFormat", [("verb", "ListRecords"), ("metadataPrefix", "marc21")]),
        ("idDoesNotExist", [("verb", "GetRecord"), ("metadataPrefix", "oai_dc"),
                            ("identifier", "oai:elsewhere:lst_" + "0" * 32)]),
        ("badResumptionToken", [("verb", "ListRecords"), ("resumptionToken", "x")]),
        ("badResumptionToken", [("verb", "ListRecords"), ("resumptionToken", "é.é")]),
        ("badResumptionToken", [("verb", "ListSets"), ("resumptionToken", "x")]),
        ("noRecordsMatch", [("verb", "ListRecords"), ("metadataPrefix", "oai_dc"),
                            ("until", "9999-12-31")]),
    ],
)  # fmt: skip
def test_errors_are_the_protocols_own(harvester, code, pairs):
    assert harvester.error(*pairs) == code


def test_a_token_is_of_one_verb_for_a_day_and_cannot_be_forged(clock):
    place = Place("ListRecords", 7, 50, 60, None, None, None, int(clock.now.timestamp()) + 60)
    token = write_token(b"secret", place)
    assert read_token(b"secret", token, "ListRecords", clock.now) == place
    for secret, text, verb, now in (
        (b"other", token, "ListRecords", clock.now),
        (b"secret", token, "ListIdentifiers", clock.now),
        (b"secret", token, "ListRecords", clock.now + timedelta(minutes=2)),
        (b"secret", "A" + token[1:], "ListRecords", clock.now),
        (b"secret", token + "A", "ListRecords", clock.now),
        (b"secret", "", "ListRecords", clock.now),
    ):
        with pytest.raises(OaiError, match="badResumptionToken"):
            read_token(secret, text, verb, now)


def test_both_ends_of_a_span_belong_to_it():
    span = read_span("2026-11-01", "2026-11-01")
    assert span.before - span.since == timedelta(days=1)
    span = read_span("2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z")
    assert span.before - span.since == timedelta(seconds=1)


def test_identify_sets_and_formats_by_either_method(client, runtime):
    for verb in ("Identify", "ListSets", "ListMetadataFormats"):
        by_get = client.get("/oai", query_string={"verb": verb})
        by_post = client.post("/oai", data={"verb": verb})
        assert by_get.content_type == "text/xml; charset=utf-8"
        assert check_document(by_get.data)[2].tag == check_document(by_post.data)[2].tag
        assert tag(check_document(by_get.data)[2]) == verb
    assert tag(check_document(client.get("/oai").data)[2]) == "error"


def test_a_post_needs_no_form_token(app, runtime):
    app.config["WTF_CSRF_ENABLED"] = True
    assert app.test_client().post("/oai", data={"verb": "Identify"}).status_code == 200


def test_characters_that_no_document_holds_are_left_out(harvester):
    bad = harvester.ask(verb="GetRecord", metadataPrefix="oai_dc", identifier="oai:\x0b\ufffe")
    assert bad.find(f"{{{OAI}}}error").get("code") == "idDoesNotExist"


__all__ = ["app", "client", "market", "people"]
