"""A draft from a dropped document, as a browser without scripts meets it."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import select

from accounts.seeding import Registrar
from listings.models import Asset, Contributor, Listing, ListingFile, ListingText, PatentFacts
from tests.importing.conftest import PASSWORD, Desk, desk
from tests.importing.test_drafting import CHINESE, docx, pdf
from tests.webapp.desks import app, signed_in, text_of

DROP = "/en/workbench/draft-from-file"


@pytest.fixture
def writer(app, desk, executor):
    return signed_in(app, executor, desk.officer)


def dropped(client, content: bytes, name: str) -> str:
    answer = client.post(DROP, data={"file": (io.BytesIO(content), name)})
    assert answer.status_code == 303, text_of(answer)
    return answer.headers["Location"]


def filled(client, address: str, **changes: str) -> dict[str, str]:
    """The form with what the page proposes."""
    page = client.get(address).text
    form = page[page.index('<form method="post" novalidate>') :]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="radio"' not in tag or "checked" in tag):
            found[name[1]] = value[1] if value else ""
    for name, body in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.S):
        found[name] = body.strip()
    for name, body in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', body)
        found[name] = chosen[1] if chosen else ""
    return found | changes


def test_a_word_file_becomes_a_draft_with_its_sources_shown(writer, desk, tmp_path, executor):
    assert "Word (.docx) or PDF" in text_of(writer.get(DROP))
    address = dropped(writer, docx(tmp_path, CHINESE).read_bytes(), "成果简介.docx")
    page = text_of(writer.get(address))
    assert "Paragraph 1" in page
    assert "named there" in page
    assert "a guess" in page
    assert "The document names 临湖大学" in page
    sent = filled(writer, address)
    assert sent["title"] == "低温脱硝催化剂成果简介"
    assert sent["contributors"] == "李青\n赵岚"
    assert sent["contact_phone"] == "13800000000"
    answer = writer.post(address, data=sent | {"title": "低温脱硝催化剂", "attach": "y"})
    assert answer.status_code == 303, text_of(answer)
    with executor.database.read() as session:
        listing = session.scalars(select(Listing)).one()
        text = session.scalars(select(ListingText)).one()
        names = session.scalars(select(Contributor.name).order_by(Contributor.position)).all()
        numbers = session.scalars(select(PatentFacts.grant_number)).all()
        level = session.scalars(select(Asset.trl)).one()
        file = session.scalars(select(ListingFile)).one()
    assert (listing.state, listing.author) == ("draft", desk.officer)
    assert (text.title, text.language) == ("低温脱硝催化剂", "zh")
    assert "30%" in text.value_line
    assert names == ["李青", "赵岚"]
    assert numbers == ["CN201710601862.3"]
    assert level == 6
    assert (file.name, file.level) == ("成果简介.docx", "nda")


def test_a_pdf_names_pages(writer, tmp_path):
    lines = ["Low-temperature catalyst", "It reduces energy by 30%.", "Inventors: Ann Lee; Bo Ray"]
    address = dropped(writer, pdf(tmp_path, lines).read_bytes(), "leaflet.pdf")
    page = text_of(writer.get(address))
    assert "Page 1, paragraph 1" in page
    sent = filled(writer, address)
    assert sent["language"] == "en"
    assert sent["contributors"] == "Ann Lee\nBo Ray"


def test_the_writing_helper_speaks_beside_its_field_and_never_blocks(writer, tmp_path):
    address = dropped(writer, docx(tmp_path, CHINESE).read_bytes(), "a.docx")
    sent = filled(writer, address, title="一种新型催化剂", look="1")
    again = writer.post(address, data=sent)
    assert again.status_code == 200
    hints = re.search(r'<div id="hints-title".*?</div>', again.text, re.S)[0]
    assert "Begin with the thing" in hints
    one = writer.post(f"{DROP}/words/title", data=sent)
    assert one.text.startswith('<div id="hints-title"')
    assert "Begin with the thing" in one.text
    del sent["look"]
    assert writer.post(address, data=sent).status_code == 303


def test_what_is_wrong_stands_beside_its_field(writer, tmp_path):
    address = dropped(writer, docx(tmp_path, CHINESE).read_bytes(), "a.docx")
    sent = filled(writer, address, title="", patents="201710601862.4", keywords="a,b,c,d")
    answer = writer.post(address, data=sent)
    assert answer.status_code == 422
    for name in ("title", "patents", "keywords"):
        assert f'href="#{name}"' in answer.text
    assert "201710601862.3" in text_of(answer)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"just words", "Word (.docx) or PDF"), (b"%PDF-1.4 broken", ""), (b"PK\x03\x04", "damaged")],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(writer, content, said):
    answer = writer.post(DROP, data={"file": (io.BytesIO(content), "x.docx")})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "errors-title" in answer.text


def test_the_address_of_a_file_is_its_droppers_alone(app, writer, executor, desk, tmp_path):
    address = dropped(writer, docx(tmp_path, CHINESE).read_bytes(), "a.docx")
    registrar = Registrar(executor)
    mail = "other@example.org"
    other = registrar.person(mail, "Other", PASSWORD, "en")
    registrar.member(desk.institute, desk.officer, other, mail, ["researcher"])
    colleague = signed_in(app, executor, other)
    assert colleague.get(DROP).status_code == 200
    assert colleague.get(address).status_code == 404
    assert writer.get(address + "x").status_code == 404
    nobody = registrar.person("nobody@example.org", "No", PASSWORD, "en")
    assert signed_in(app, executor, nobody).get(DROP).status_code == 403


__all__ = ["Desk", "app", "desk"]
