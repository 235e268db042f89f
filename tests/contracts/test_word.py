"""Contracts as editable Word, in the market's templates and in those that organisations send."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from contracts.matter import Draft, Matter, Patent
from contracts.sheet import BOTH, EDITIONS, sheet
from contracts.templates.checking import LARGEST, template_problems
from contracts.word import DOUBLE, SINGLE, shipped, told, word
from tests.contracts.conftest import draft
from tests.contracts.test_sheet import STEPS_SAID, stepped
from tests.deals.conftest import terms
from tools import contract_templates

MATTER = Matter(
    title="散热膜",
    seller="institute甲",
    buyer="Firm & Sons <甲>",
    terms=terms(),
    patents=(
        Patent("散热膜", "institute甲", "CN", "invention", "in_force", date(2022, 5, 1),
               "202210000000.1", "ZL202210000000.1", date(2042, 5, 1)),
    ),
)  # fmt: skip


def filled(languages: tuple[str, ...], text: Draft | None = None, template: bytes | None = None):
    written = text or draft()
    printed = sheet("20261129-AB", "f" * 64, MATTER, written, languages)
    octets = word(template or shipped(languages), told(printed, MATTER, written, 3))
    return Document(io.BytesIO(octets))


def read(document) -> str:
    """Every text of a document, tables and margins included."""
    section = document.sections[0]
    parts = [document.element.body, section.header._element, section.footer._element]
    return "\n".join(
        "".join(_piece(one) for one in line.iter() if one.tag.endswith(("}t", "}br", "}tab")))
        for part in parts
        for line in part.iter() if line.tag.endswith("}p")
    )  # fmt: skip


def _piece(element) -> str:
    return element.text or "" if element.tag.endswith("}t") else "\n"


def made(*paragraphs: str, header: str = "", title: str = "") -> bytes:
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    octets = io.BytesIO()
    document.save(octets)
    return octets.getvalue()


def changed(octets: bytes, **parts: bytes) -> bytes:
    """The archive with parts replaced or added; `__` in a name is a slash."""
    new = io.BytesIO()
    given = {name.replace("__", "/"): part for name, part in parts.items()}
    with zipfile.ZipFile(io.BytesIO(octets)) as old, zipfile.ZipFile(new, "w") as archive:
        for name in old.namelist():
            archive.writestr(name, given.pop(name, None) or old.read(name))
        for name, part in given.items():
            archive.writestr(name, part)
    return new.getvalue()


def part_of(octets: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(octets)) as package:
        return package.read(name)


def codes(octets: bytes) -> list[str]:
    return [one.code for one in template_problems(octets)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_everything_is_in_the_document(edition):
    languages = EDITIONS[edition]
    said = read(filled(languages))
    for text in ("20261129-AB", "f" * 64, "institute甲", "Firm & Sons <甲>", "ZL202210000000.1",
                 "样品热导率达到约定指标。", "2,400,000"):  # fmt: skip
        assert text in said
    assert ("技术许可合同" in said, "Technology licence contract" in said) == (
        "zh" in languages, "en" in languages
    )  # fmt: skip
    assert "{{" not in said
    assert "{%" not in said


@pytest.mark.parametrize("languages", EDITIONS.values(), ids=EDITIONS)
def test_every_step_of_a_royalty_stands_in_the_document(languages):
    octets = word(shipped(languages), told(
        sheet("20261129-AB", "f" * 64, stepped(), draft(), languages), stepped(), draft(), 3
    ))  # fmt: skip
    text = read(Document(io.BytesIO(octets)))
    for said in (one for language in languages for one in STEPS_SAID[language]):
        assert said in text


def test_what_the_parties_wrote_stands_once_beside_two_columns():
    assert read(filled(BOTH)).count("样品热导率达到约定指标。") == 1


@pytest.mark.parametrize("languages", [("zh",), ("en",), BOTH])
@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1))
def test_no_text_is_read_as_a_template_or_as_markup(languages, text):
    hard = f"{text}{{{{ number }}}}{{% if x %}}<w:p>&amp;]]>"
    assert hard in read(filled(languages, draft(scope=hard)))


def test_lines_stay_lines_and_what_xml_cannot_hold_is_left_out():
    said = read(filled(("zh",), draft(scope="一\n二\x00\x07\x0c三")))
    assert "一\n二三" in said


def test_the_shipped_templates_are_what_the_tool_makes():
    for path, octets in ((SINGLE, contract_templates.single()),
                         (DOUBLE, contract_templates.double())):  # fmt: skip
        for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
            assert part_of(path.read_bytes(), part) == part_of(octets, part)
        assert codes(path.read_bytes()) == []


def test_an_own_template_with_lists_and_conditions_is_filled():
    own = made(
        "编号 {{ number }}", "{% if royalty %}提成 {{ royalty }}{% else %}无提成{% endif %}",
        "{%p for row in terms %}", "{{ row.name }}={{ row.text }}", "{%p endfor %}",
        "{% if not patents %}无专利{% endif %}{{ field }}",
        header="{{ words.number }} {{ number }}",
    )  # fmt: skip
    assert codes(own) == []
    said = read(filled(("zh",), template=own))
    assert "提成 3%" in said
    assert "方式=独占许可" in said
    assert "无专利" not in said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ number }}{{ salary }}", "unknown"),
        ("{{ number }}{% for row in terms %}{{ row.price }}{% endfor %}", "unknown"),
        ("{{ number }}{{ row.text }}", "unknown"),
        ("{{ number }}{{ sections }}", "unknown"),
        ("{{ number.__class__ }}", "unknown"),
        ("{{ number | safe }}", "beyond"),
        ("{{ number }}{{ 7 * 7 }}", "beyond"),
        ("{{ number }}{{ terms[0] }}", "beyond"),
        ("{{ number }}{{ cycler() }}", "beyond"),
        ("{{ number }}{% set x = 1 %}", "beyond"),
        ("{{ number }}{% include 'other' %}", "beyond"),
        ("{{ number }}{% for x in number %}{% endfor %}", "beyond"),
        (("{{ number }}{% for a in terms %}{% for b in terms %}{% for c in terms %}"
         "{% endfor %}{% endfor %}{% endfor %}"), "beyond"),
        ("{{ number }}{% for row in terms if row.name %}{% endfor %}", "beyond"),
        ("{{ number }}{% if seller == buyer %}{% endif %}", "beyond"),
        ("{{ number }}{% for row in terms %}", "syntax"),
        ("{{ seller }}", "no_number"),
    ],
)  # fmt: skip
def test_what_a_template_may_not_ask_for(text, code):
    assert codes(made(text)) == [code]


def test_margins_and_properties_are_read_too():
    assert codes(made("{{ number }}", header="{{ salary }}")) == ["unknown"]
    assert codes(made("{{ number }}", title="{{ cycler() }}")) == ["beyond"]


def test_programs_references_and_bombs_are_refused():
    good = made("{{ number }}")
    types = part_of(good, "[Content_Types].xml")
    rels = part_of(good, "word/_rels/document.xml.rels")
    outside = b'<Relationship Id="x" Type="http://x/attachedTemplate" Target="http://evil/t.dotm"'
    assert codes(good) == []
    for part in ("word__vbaProject.bin", "word__activeX__activeX1.xml", "word__embeddings__a.xlsx"):
        assert codes(changed(good, **{part: b"x"})) == ["programs"]
    macro = types.replace(b"wordprocessingml.document.main", b"x.macroEnabled.main")
    assert codes(changed(good, **{"[Content_Types].xml": macro})) == ["programs"]
    sheet_ = types.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")
    assert codes(changed(good, **{"[Content_Types].xml": sheet_})) == ["not_word"]
    far = rels.replace(b"</Relationships>", outside + b' TargetMode="External"/></Relationships>')
    assert codes(changed(good, **{"word___rels__document.xml.rels": far})) == ["outside"]
    laugh = b'<!DOCTYPE x [<!ENTITY a "b">]>' + part_of(good, "word/document.xml")
    assert codes(changed(good, **{"word__document.xml": laugh})) == ["not_word"]
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (64 << 20))
    assert codes(bomb.getvalue()) == ["too_large"]
    assert codes(b"x" * (LARGEST + 1)) == ["too_large"]
    for junk in (b"", b"PK\x03\x04", good[: len(good) // 2], b"%PDF-1.7"):
        assert codes(junk) == ["not_word"]


@given(st.binary(max_size=4000))
def test_junk_is_answered_with_a_sentence(octets):
    assert codes(octets) == ["not_word"]
