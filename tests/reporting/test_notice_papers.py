"""A notice as the papers that an office posts: the same words as its page, whoever asks."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import pytest
from docx import Document
from pypdf import PdfReader

from core import typesetting
from core.ids import show
from deals.actions.accept_offer import accept_offer
from listings.models import ListingText
from tests.deals.conftest import LISTING, stage
from tests.deals.test_pages import app, browser

__all__ = ["app", "browser", "stage"]
TITLE = "散热膜 <script>alert(1)</script> & “co”"


@pytest.fixture
def posted(stage, runtime):
    """The address of a notice whose title wants to be markup."""
    with runtime.database.write() as session:
        session.get_one(ListingText, (LISTING, "zh")).title = TITLE
        session.commit()
    deal = stage.open()
    version = stage.offer(deal, stage.officer)
    stage.executor.run(stage.buyer, accept_offer, deal, version)
    notice = stage.notice(deal)
    return notice, f"/notices/{show('notice', notice.id)}"


def word_text(octets: bytes) -> str:
    document = Document(io.BytesIO(octets))
    lines = [one.text for one in document.paragraphs]
    lines += [cell.text for row in document.tables[0].rows for cell in row.cells]
    return "\n".join(lines)


class Reader(HTMLParser):
    """Text, and everything that a paste must not bring along."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags, self.names = "", set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


WORDS = {
    "": ("公示", "独占许可", "0571-00000217", "firm甲", "2,400,000"),
    "/en": ("Exclusive licence", "0571-00000217", "firm甲", "2,400,000", "net sales"),
}


@pytest.mark.parametrize("prefix", WORDS)
def test_word_and_paste_say_what_the_page_says(browser, posted, prefix):
    notice, path = posted
    with browser().get(f"{prefix}{path}/paper.docx") as answer:
        word = word_text(answer.data)
    pasted = Reader()
    with browser().get(f"{prefix}{path}/paper.html") as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        pasted.feed(answer.text)
    for said in (*WORDS[prefix], TITLE, notice.digest, path):
        assert said in word, said
        assert said in pasted.text, said
    assert "script" not in pasted.tags
    assert not pasted.names & {"style", "class", "id", "onclick", "src"}


@pytest.mark.skipif(not typesetting.fonts(), reason="this machine has no font with Chinese")
@pytest.mark.parametrize("prefix", WORDS)
def test_the_pdf_is_one_page_with_the_same_words(browser, posted, prefix):
    notice, path = posted
    with browser().get(f"{prefix}{path}/paper.pdf") as answer:
        pages = PdfReader(io.BytesIO(answer.data)).pages
    assert len(pages) == 1
    text = "".join(pages[0].extract_text().split())
    for said in ("0571-00000217", "firm甲", "2,400,000", notice.digest):
        assert said in text, said


def test_what_is_no_notice_has_no_paper(browser, posted):
    _notice, path = posted
    for wrong in (f"{path}/paper.exe", "/notices/ntc_" + "0" * 32 + "/paper.docx",
                  f"/notices/{show('listing', LISTING)}/paper.html"):  # fmt: skip
        assert browser().get(wrong).status_code == 404


def test_the_page_offers_each(browser, posted):
    _notice, path = posted
    page = browser().get(path).text
    for ending in ("pdf", "docx", "html"):
        assert f"{path}/paper.{ending}" in page
