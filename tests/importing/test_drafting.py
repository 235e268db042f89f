"""Fields proposed from a dropped document, each with the place it was found at."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from core.errors import Refused
from listings.drafting.document import read_document
from listings.drafting.errors import DocumentBroken, DocumentEmpty, DocumentUnknown
from listings.drafting.lint import Draft, lint
from listings.drafting.pdf_child import paragraphs
from listings.drafting.propose import propose
from listings.importing.errors import ArchiveRefused, EntitiesDeclared

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(tmp_path: Path, body: str, head: str = "") -> Path:
    path = tmp_path / "draft.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{head}<w:document {W}><w:body>{body}</w:body></w:document>',
        )
    return path


def pdf(tmp_path: Path, lines: list[str]) -> Path:
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 40 800 Td {shown} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n")
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    path = tmp_path / "draft.pdf"
    path.write_bytes(out.getvalue())
    return path


CHINESE = "".join(
    [
        p("低温脱硝催化剂成果简介"),
        (
            "<w:tbl><w:tr>"
            f"<w:tc>{p('完成人')}</w:tc><w:tc>{p('李青、赵岚')}</w:tc>"
            f"<w:tc>{p('完成单位')}</w:tc><w:tc>{p('临湖大学')}</w:tc></w:tr></w:tbl>"
        ),
        p("关键词：脱硝；低温；锰基"),
        p("技术成熟度：6级，已完成中试"),
        p("专利号：ZL201710601862.3，分类号 B01J 23/34"),
        p("成果简介"),
        p(
            "燃煤锅炉的烟气需要脱硝。该催化剂在一百五十度工作，使能耗降低约30%，不需要再热烟气。"
            * 2
        ),
        p("联系人：王老师 13800000000"),
    ]
)


def test_a_word_form_gives_labelled_fields_with_their_paragraph(tmp_path):
    found = propose(read_document(docx(tmp_path, CHINESE)), "draft.docx")
    assert found.language == "zh"
    assert found.best("title").value == "低温脱硝催化剂成果简介"
    assert [one.value for one in found.all("contributors")] == ["李青", "赵岚"]
    assert found.best("owners").value == "临湖大学"
    assert [one.value for one in found.all("keywords")] == ["脱硝", "低温", "锰基"]
    assert found.best("trl").value == "6"
    assert found.best("grant_number").value == "ZL201710601862.3"
    assert found.best("ipc").value == "B01J23/34"
    assert found.best("abstract").certain
    assert "30%" in found.best("value_line").value
    assert "13800000000" in found.best("contact").value
    source = found.best("contributors").source
    assert (source.file, source.paragraph, source.page, source.quote) == (
        "draft.docx", 2, None, "李青",
    )  # fmt: skip


def test_every_quote_stands_in_the_paragraph_it_names(tmp_path):
    read = read_document(docx(tmp_path, CHINESE))
    found = propose(read, "draft.docx").found
    squeezed = {one.number: one.text.replace(" ", "") for one in read}
    assert found
    for one in found:
        assert one.source.quote.replace(" ", "") in squeezed[one.source.paragraph]


def test_a_pdf_gives_fields_with_their_page(tmp_path):
    lines = [
        "Magnetic damper for check valves",
        "Inventors: Ada Brook; Tom Reed",
        "Keywords: valve, damper, cryogenic",
        "The damper reduces valve chatter by 80 % and needs no external power at all.",
        "Patent US 8,926,509 B2, TRL 5. Contact: damper@example.org",
    ]
    found = propose(read_document(pdf(tmp_path, lines)), "draft.pdf")
    assert found.language == "en"
    assert found.best("title").value == "Magnetic damper for check valves"
    assert found.best("title").source.page == 1
    assert [one.value for one in found.all("contributors")] == ["Ada Brook", "Tom Reed"]
    assert "80 %" in found.best("value_line").value
    assert found.best("patent_number").value.startswith("US 8,926,509")
    assert found.best("trl").value == "5"
    assert found.best("contact").value == "damper@example.org"


def test_lines_of_a_pdf_are_joined_where_a_sentence_goes_on():
    lines = "The first line fills the measure and goes on\nwith the rest.\n\nNext one."
    assert paragraphs(lines) == [
        "The first line fills the measure and goes on with the rest.",
        "Next one.",
    ]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"plain text", DocumentUnknown),
        (b"%PDF-1.4\nnothing more", Refused),
        (b"\xd0\xcf\x11\xe0 an old Word file", DocumentUnknown),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(tmp_path, content, refusal):
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    with pytest.raises(refusal) as caught:
        read_document(path)
    assert caught.value.text.endswith(".")


def test_a_broken_pdf_says_so(tmp_path):
    path = pdf(tmp_path, ["Some text"])
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises((DocumentBroken, DocumentEmpty)):
        read_document(path)


def test_a_word_file_without_text_says_that_it_may_be_a_scan(tmp_path):
    with pytest.raises(DocumentEmpty):
        read_document(docx(tmp_path, p("  ")))


def test_entities_in_a_word_file_are_refused(tmp_path):
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(EntitiesDeclared):
        read_document(docx(tmp_path, p("&b;"), bomb))


def test_a_zip_bomb_dressed_as_a_word_file_is_refused(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 80_000_000)
    with pytest.raises(ArchiveRefused):
        read_document(path)


# -- the writing helper -----------------------------------------------------------------------


def rules(**texts: str) -> set[str]:
    texts = {"language": "en"} | texts
    return {hint.rule for hint in lint(Draft(**texts))}


@pytest.mark.parametrize(
    ("texts", "rule"),
    [
        ({"title": "一种新型催化剂", "language": "zh"}, "title-claim-style"),
        ({"title": "一种新型催化剂", "language": "zh"}, "new-without-why"),
        ({"title": "Method for cleaning"}, "title-claim-style"),
        ({"title": "Novel catalyst"}, "new-without-why"),
        ({"title": "MAGNETIC DAMPER FOR VALVES"}, "capitals"),
        ({"title": "x" * 91}, "title-long"),
        ({"value_line": "国际领先的传感器", "language": "zh"}, "superlative"),
        ({"value_line": "The best sensor, by 20 %"}, "superlative"),
        ({"title": "A pump"}, "value-line-missing"),
        ({"value_line": "A sensor made of 3 layers"}, "no-benefit"),
        ({"value_line": "Reduces energy use"}, "no-figure"),
        ({"value_line": "降低能耗" * 20, "language": "zh"}, "value-line-long"),
        ({"title": "Check valve", "value_line": "Check valve"}, "repeats-title"),
        ({"abstract": "本发明公开了一种阀门。", "language": "zh"}, "jargon-start"),
        ({"abstract": "The present invention relates to valves."}, "jargon-start"),
        ({"title": "OFDR laser"}, "abbreviation"),
        ({"abstract": "Short."}, "abstract-short"),
        ({"abstract": "word " * 60 + "."}, "long-sentence"),
        ({"value_line": "应用前景广阔", "language": "zh"}, "vague"),
    ],
)
def test_each_rule_finds_its_fault(texts, rule):
    assert rule in rules(**texts)


def test_a_good_text_has_no_hints():
    abstract = (
        "Steel plants heat their exhaust again before they clean it, which costs fuel. This "
        "catalyst works at 150 °C, so the heater can go. It replaces vanadium by manganese, which "
        "is not toxic. A pilot with 2,000 m³ per hour has run for 3,000 hours."
    )
    line = "Cleans exhaust at 150 °C and so saves 30 % of the fuel that reheating takes today."
    title = "Low-temperature catalyst that removes nitrogen oxides"
    assert rules(title=title, value_line=line, abstract=abstract) == set()


def test_hints_quote_words_that_stand_in_the_text():
    draft = Draft("zh", "一种新型催化剂", "国际领先", "本发明公开了一种催化剂。")
    for hint in lint(draft):
        assert hint.quote in getattr(draft, hint.field)
        assert hint.text % hint.params
