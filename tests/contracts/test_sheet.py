"""The contract as it is printed: everything is in it, in each language, and nothing is markup."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from contracts import typesetting
from contracts.sheet import BOTH, EDITIONS, sheet
from core import typesetting as core_typesetting
from core.typesetting import FontMissing
from deals.offers import Terms
from deals.royalties import Step, Steps
from tests.contracts.conftest import draft
from tests.contracts.test_lint import matter


def read(data: bytes) -> list[str]:
    pages = PdfReader(io.BytesIO(data)).pages
    return ["".join(page.extract_text().split()) for page in pages]


def printed(*languages: str, **more: object) -> list[str]:
    about = matter(until=date(2030, 1, 1))
    made = sheet("20261129-0A1B2C3D", "f" * 64, about, draft(**more), languages)
    return read(typesetting.pdf(made))


def test_chinese_holds_parties_terms_and_every_item():
    text = "".join(printed("zh"))
    assert "技术许可合同" in text
    assert "¥100,000.00" in text
    assert "独占许可" in text
    assert "201810000001.2" in text
    for _, item in draft().items:
        assert "".join(item.split()) in text


def test_both_languages_stand_side_by_side():
    text = "".join(printed(*BOTH))
    assert "技术许可合同" in text
    assert "Technologylicencecontract" in text
    assert "Agreedterms" in text


def stepped():
    steps = Steps("amount", "year", (Step(50_000_000, 250), Step(100_000_000, 0)))
    terms = Terms(way="exclusive", currency="CNY", royalty=300, royalty_base="net_sales",
                  royalty_steps=steps)  # fmt: skip
    return matter(terms=terms)


STEPS_SAID = {
    "zh": ("分级提成", "按自然年度累计", "超过¥500,000.00的部分按2.5%",
           "超过¥1,000,000.00的部分按0%"),
    "en": ("Steps of the royalty", "counted in each calendar year",
           "2.5% of what lies above ¥500,000.00", "0% of what lies above ¥1,000,000.00"),
}  # fmt: skip


@pytest.mark.parametrize("languages", EDITIONS.values(), ids=EDITIONS)
def test_every_step_of_a_royalty_stands_in_the_printed_text(languages):
    made = sheet("20261129-0A1B2C3D", "f" * 64, stepped(), draft(), languages)
    text = "".join(read(typesetting.pdf(made)))
    for said in (one for language in languages for one in STEPS_SAID[language]):
        assert "".join(said.split()) in text


def test_every_page_bears_number_digest_and_count():
    pages = printed("zh", scope="许可实施的技术内容如下，双方均已知悉并接受。" * 150)
    assert len(pages) > 1
    for n, page in enumerate(pages, start=1):
        assert "20261129-0A1B2C3D" in page
        assert f"{n}/{len(pages)}" in page
        assert "f" * 64 in page
        assert "骑缝章" in page


@pytest.mark.parametrize("text", ["#sys.inputs", "$x$ *bold* #[a]", "]#panic()[", '"\\n'])
def test_what_parties_write_is_never_markup(text):
    assert "".join(text.split()) in "".join(printed("zh", plan=text))


def test_without_a_font_there_is_no_pdf(monkeypatch):
    monkeypatch.setattr(core_typesetting, "fonts", lambda: ())
    with pytest.raises(FontMissing):
        typesetting.pdf(sheet("1", "f" * 64, matter(), draft(), ("zh",)))


def test_a_sheet_has_as_many_cells_as_languages():
    made = sheet("1", "f" * 64, replace(matter(), contributors=("甲",)), draft(), BOTH)
    assert all(len(section.headings) == 2 for section in made.sections)
    assert all(len(row) == 2 for section in made.sections for row in section.rows)
