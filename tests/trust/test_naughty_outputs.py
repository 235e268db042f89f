"""What the market writes for programs and printers stays whole, whatever stands in its texts."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Final

import pytest
from lxml import etree

from accounts.console import PAGE
from core.actor import SYSTEM
from core.ids import new_id
from core.texts import for_xml, kept
from notifications.gateways.folder import build
from notifications.gateways.port import Text
from tests.sampled import _enter, demo_person
from tests.trust import staging, world
from tests.trust.naughty import HUNDRED
from tests.trust.undoing import undone
from webapp.factory import create_app

SHORT: Final = tuple(text for text in HUNDRED if len(text) <= 120)
OWN_LISTING: Final = "/workbench/results/{published}/1"


@pytest.fixture(scope="module")
def market(sqlite_market):
    return sqlite_market


@pytest.fixture(scope="module")
def side(market):
    return world.own_side(market)


@pytest.fixture(scope="module")
def browser(market):
    """A new browser of a role's person; None is a visitor."""
    app, tokens = create_app(market), {}
    app.config.update(WTF_CSRF_ENABLED=False, TESTING=True)

    def client(role=None):
        made = app.test_client()
        if role is not None:
            if role not in tokens:
                tokens[role] = new_id()
                person = demo_person(market, role)
                market.executor.run(SYSTEM, _enter, person, tokens[role])
            with made.session_transaction() as session:
                session["_user_id"], session["_fresh"] = tokens[role], True
        return made

    for role in ("tto_officer", "operator"):
        client(role)
    return client


def texts_of(octets: bytes) -> set[str]:
    """Every text of a document in XML; raises where it is none."""
    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    return {text for text in etree.fromstring(octets, parser).itertext() if text.strip()}


def parts_of(octets: bytes) -> set[str]:
    """Every text of the parts of an office document, each of which must be XML."""
    found = set()
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                found |= texts_of(archive.read(name))
    return found


def linked_data(page: str) -> list[str]:
    """Every text of a page's JSON-LD."""
    blocks = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)
    assert blocks
    found, left = [], [json.loads(html.unescape(block)) for block in blocks]
    while left:
        one = left.pop()
        if isinstance(one, dict | list):
            left += one.values() if isinstance(one, dict) else one
        elif isinstance(one, str):
            found.append(one)
    return found


@pytest.mark.parametrize("text", SHORT, ids=lambda text: ascii(text)[:20])
def test_a_result_in_every_form(market, browser, side, text):
    """As a page's linked data, a harvested record and a row of a spreadsheet."""
    office, anyone, wanted = browser("tto_officer"), browser(), kept(text)
    data = {"language": "zh", "title": text, "value_line": text, "abstract": text}
    listing = side.path("/results/{published}")
    with undone(market.database):
        assert office.post(side.path(OWN_LISTING), data=data).status_code == 302
        assert wanted in linked_data(anyone.get(listing).text)
        asked = {"verb": "GetRecord", "metadataPrefix": "oai_dc",
                 "identifier": f"oai:localhost:{side.names['published']}"}  # fmt: skip
        harvested = anyone.get("/oai", query_string=asked)
        assert {for_xml(wanted)} - {""} <= texts_of(harvested.data), harvested.text[:900]
        sheet = parts_of(office.get("/queue/sheet/queue.xlsx").data)
        assert sheet


@pytest.mark.parametrize("first", range(0, len(SHORT), PAGE // 2))
def test_announcements_are_a_feed(market, browser, first):
    """A feed tells the newest; each of them is told in both languages."""
    operator, some = browser("operator"), SHORT[first : first + PAGE // 2]
    begun = datetime.now(UTC) - timedelta(days=1)
    with undone(market.database):
        for text in some:
            data = {"title": text, "title_en": text, "text": text, "text_en": text,
                    "audience": "everybody", "starts_at": f"{begun:%Y-%m-%dT%H:%M}",
                    "ends_at": "2090-01-01T08:00"}  # fmt: skip
            assert operator.post("/operator/announcements", data=data).status_code == 302
        for path in ("/announcements.atom", "/en/announcements.atom"):
            told = texts_of(browser().get(path).data)
            assert {for_xml(kept(text)) for text in some} - {""} <= told


def test_a_search_is_a_feed(market, browser, side):
    """Found by what stands beside the signs that no XML holds; its own words go into it too."""
    title = "铪锆铌散热\x0b\x01\uffff膜 <b> & \u202e"
    data = {"language": "zh", "title": title, "value_line": title, "abstract": title}
    assert browser("tto_officer").post(side.path(OWN_LISTING), data=data).status_code == 302
    market.worker.run_until_idle()
    for q in ("铪锆铌散热", "铪锆铌散热\x01\uffff"):
        answer = browser().get("/search.atom", query_string={"q": q})
        told = texts_of(answer.data)
        assert for_xml(title) in told, q


def test_letters_say_what_was_written():
    for text in HUNDRED:
        subject = " ".join(f"您好 {text}".split())
        sent = build(1, "m@e.example", "a@e.example", Text(subject, f"{text}\n")).as_bytes()
        mail = message_from_bytes(sent, policy=policy.default)
        assert mail["Subject"] == subject
        assert mail.get_content().replace("\r\n", "\n") == text.replace("\r\n", "\n") + "\n"


def test_prints_hold_every_text(market, browser, side):
    """One contract's text with all of them, as PDF and as Word."""
    office = browser("tto_officer")
    deal = staging.drafted(market, side.names["published_id"])
    place = f"/deals/{deal}/contract"
    said = "\n".join(kept(text) for text in SHORT)
    data = {"kind": "licence_contract", "answering": "2", "project": "项目"}
    data |= dict.fromkeys(("scope", "plan", "confidentiality", "ownership", "acceptance",
                           "definitions"), said)  # fmt: skip
    answer = office.post(f"{place}/draft", data=data)
    assert answer.status_code == 303, answer.text[-2000:]
    frozen = {"version": "3"} | {f"reason{n}": "双方同意。" for n in range(20)}
    answer = office.post(f"{place}/freeze", data=frozen)
    assert answer.status_code == 303, answer.text[-2000:]
    paper = office.get(f"{place}/text/both.pdf")
    assert paper.data.startswith(b"%PDF-")
    written = "".join(parts_of(office.get(f"{place}/word/both.docx").data))
    for text in SHORT:
        for line in re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", "", kept(text)).split("\n"):
            assert line in written, ascii(text)
