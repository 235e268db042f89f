"""Files become rows: every format and encoding, real ones and hostile ones, broken ones by row."""

from __future__ import annotations

import csv
import io
import json
import stat
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Refused
from listings.importing import encodings, uspto
from listings.importing.convert import convert_row
from listings.importing.describe import Choices, describe
from listings.importing.errors import (
    ArchiveBroken,
    ArchiveLinks,
    ArchiveRefused,
    FileRefused,
    FormatUnknown,
    JsonTooDeep,
    SeveralMembers,
    XmlEncoding,
)
from listings.importing.limits import MAX_CELL
from listings.importing.mapping import suggest
from listings.importing.opening import open_rows
from listings.importing.record import from_json, to_json
from listings.importing.row import Row
from tests.importing.conftest import DATA, needs_data


def rows_of(path: Path, choices: Choices | None = None) -> list[Row]:
    described = describe(path, choices or Choices())
    with open_rows(path, described) as rows:
        return list(rows)


def fields_of(path: Path) -> list[dict[str, str]]:
    return [row.fields for row in rows_of(path)]


def put(tmp_path: Path, content: bytes, name: str = "file") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


# -- tables -----------------------------------------------------------------------------------

CASES = [
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates",
    "newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8",
]  # fmt: skip


@needs_data
@pytest.mark.parametrize("case", CASES)
def test_csv_edge_cases_give_the_expected_records(case):
    folder = DATA / "robustness-csv"
    expected = json.loads((folder / "json" / f"{case}.json").read_text())
    expected = [expected] if isinstance(expected, dict) else expected
    found = fields_of(folder / "csvs" / f"{case}.csv")
    for record in (*expected, *found):
        record.pop("Contact Phone Number", None)  # the set itself has two different ones
    plain = [{k: str(v).replace("\r\n", "\n").strip() for k, v in one.items()} for one in expected]
    assert [{k: v.replace("\r\n", "\n") for k, v in one.items()} for one in found] == plain


TEXT = (
    "公开号,专利名称\nCN114081026A,一种水电站高压输电线路驱鸟保护装置\n"
    "CN215667380U,废水循环利用的洗车装置\n"
)
TRADITIONAL = "編號,名稱\n1,一種發電廠的輸電線路保護裝置\n2,廢水循環利用的自動洗車設備\n"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (TEXT, "utf-8", "utf-8"),
        (TEXT, "utf-8-sig", "utf-8-sig"),
        (TEXT, "gb18030", "gb18030"),
        (TEXT, "utf-16", "utf-16"),
        (TEXT, "utf-16-le", "utf-16-le"),
        (TEXT, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5", "cp950"),
        ("id,name\n1,Énergie éolienne à faible coût\n", "cp1252", "cp1252"),
    ],
)
def test_encodings_are_told_apart_by_what_the_text_is_like(tmp_path, text, encoding, found):
    path = put(tmp_path, text.encode(encoding))
    assert encodings.detect(path).name == found
    described = describe(path)
    assert described.header == tuple(text.splitlines()[0].split(","))
    assert [",".join(row.values()) for row in described.sample] == text.splitlines()[1:]


@needs_data
@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("big5_wikipedia.txt", "cp950"),
        ("cp1252_french.txt", "cp1252"),
        ("gb18030_page_without_declaration.html", "gb18030"),
        ("gb2312_page.html", "gb18030"),
        ("patent_titles_gb18030.csv", "gb18030"),
        ("patent_titles_utf8_bom.csv", "utf-8-sig"),
        ("spanish_chars.csv", "cp1252"),
        ("utf-16le_encoded.csv", "utf-16"),
        ("utf8_bom_subtitles.txt", "utf-8-sig"),
        ("utf8bom.csv", "utf-8-sig"),
    ],
)
def test_real_files_in_old_encodings_are_recognised(name, encoding):
    found = encodings.detect(DATA / "robustness-encodings" / name)
    assert found.name == encoding
    assert found.certain


@needs_data
def test_other_encodings_are_offered_with_a_preview():
    described = describe(DATA / "robustness-encodings" / "patent_titles_gb18030.csv")
    assert {other.name for other in described.alternatives} >= {"cp950"}
    assert all(other.preview for other in described.alternatives)


def test_a_title_row_above_the_header_is_passed_over(tmp_path):
    text = "临湖大学成果清单,,\n成果名称,完成人,技术成熟度\n催化剂,李青,6\n"
    described = describe(put(tmp_path, text.encode()))
    assert described.header_row == 1
    assert described.sample == ({"成果名称": "催化剂", "完成人": "李青", "技术成熟度": "6"},)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters_are_found(tmp_path, delimiter):
    lines = [["title", "abstract", "trl"], ["A valve", "Commas, and; marks", "5"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(lines)
    assert describe(put(tmp_path, out.getvalue().encode())).delimiter == delimiter


def test_broken_rows_are_reported_and_the_rest_goes_on(tmp_path):
    long = "x" * (MAX_CELL + 10)
    text = f"title,abstract\nA,a\nB,b,c\n{long},d\nE,e\n"
    found = {
        row.number: [p.code for p in row.problems] for row in rows_of(put(tmp_path, text.encode()))
    }
    assert found[2] == []
    assert found[3] == ["extra_cells"]
    assert found[4] in (["line_broken"], ["cell_too_long"])
    assert found[5] == []


def test_bytes_that_are_not_of_the_encoding_are_named(tmp_path):
    path = put(tmp_path, b"title,abstract\nA\xffB,ok\nC,ok\n")
    rows = rows_of(path, Choices(encoding="utf-8"))
    assert [[p.code for p in row.problems] for row in rows] == [["bytes_unreadable"], []]


def workbook(tmp_path: Path, lines: list[list[object]]) -> Path:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("empty")
        sheet = book.add_worksheet("results")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                if hasattr(cell, "year"):
                    sheet.write_datetime(row, column, cell, day)
                else:
                    sheet.write(row, column, cell)
    return path


def test_a_workbook_is_read_in_a_child_with_dates_and_whole_numbers(tmp_path):
    import datetime as dt

    path = workbook(
        tmp_path,
        [
            ["成果名称", "申请日", "技术成熟度"],
            ["催化剂", dt.date(2024, 5, 6), 6],
            ["传感器", 45418, 5.0],
        ],
    )
    described = describe(path)
    assert described.format == "xlsx"
    mapping = suggest(described.header, described.sample)
    with open_rows(path, described) as rows:
        records = [convert_row(row, mapping)[0] for row in rows]
    assert [record.filing_date for record in records] == [dt.date(2024, 5, 6)] * 2
    assert [record.trl for record in records] == [6, 5]


def test_a_workbook_that_is_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 120_000_000)
    begun = time.monotonic()
    with pytest.raises(ArchiveRefused):
        describe(path)
    assert time.monotonic() - begun < 5


def test_an_archive_with_a_link_is_refused(tmp_path):
    path, link = tmp_path / "links.zip", zipfile.ZipInfo("results.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ArchiveLinks):
        describe(path)


def test_a_damaged_workbook_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    with pytest.raises(ArchiveBroken):
        describe(path)


def test_a_zip_with_one_table_is_opened_and_with_several_is_not(tmp_path):
    path = tmp_path / "one.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../deep/results.csv", "title\nA valve\n")
    assert fields_of(path) == [{"title": "A valve"}]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("more.csv", "title\nA pump\n")
    with pytest.raises(SeveralMembers):
        describe(path)


# -- JSON -------------------------------------------------------------------------------------


def test_json_lists_are_found_wherever_they_stand(tmp_path):
    records = [{"title": 'A "quoted, [nested] }' + "\\", "people": ["Li", "Wu"], "n": {"a": 1.50}}]
    expected = [{"title": records[0]["title"], "people": "Li; Wu", "n.a": "1.5"}]
    assert fields_of(put(tmp_path, json.dumps(records).encode())) == expected
    wrapped = {"count": 1, "results": records}
    assert fields_of(put(tmp_path, json.dumps(wrapped, indent=1).encode())) == expected
    assert fields_of(put(tmp_path, json.dumps(records[0]).encode())) == expected


def test_broken_json_lines_are_problems_of_their_own(tmp_path):
    text = '{"title": "A"}\n{"title": \n[1]\n\n{"title": "B"}\n'
    rows = rows_of(put(tmp_path, text.encode()))
    assert [(row.number, [p.code for p in row.problems]) for row in rows] == [
        (1, []), (2, ["record_broken"]), (3, ["record_not_object"]), (5, []),
    ]  # fmt: skip


def test_json_nested_without_end_is_refused(tmp_path):
    with pytest.raises(JsonTooDeep):
        rows_of(put(tmp_path, b'[{"title":' + b"[" * 100_000))


@given(
    st.lists(
        st.dictionaries(
            st.text(min_size=1, max_size=9), st.text(max_size=40), min_size=1, max_size=4
        ),
        min_size=1,
        max_size=8,
    ),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_json_round_trip(tmp_path_factory, records, ascii_only):
    path = tmp_path_factory.mktemp("json") / "a.json"
    text = json.dumps(records, ensure_ascii=ascii_only)
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    from listings.importing.jsonfile import read_array

    def clean(value: str) -> str:
        return "".join(c for c in value if c >= " " or c in "\n\t").strip()

    rows = list(read_array(path, "utf-8"))
    assert [row.fields for row in rows] == [
        {k.replace("\x00", "\ufffd"): clean(v) for k, v in r.items()} for r in records
    ]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_csv_round_trip(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *lines])
    from listings.importing.delimited import read_cells, with_header

    rows = with_header(read_cells(path, "utf-8", ","), ["a", "b", "c"], "UTF-8")
    next(rows)
    expected = [
        [cell.strip() for cell in line] for line in lines if any(cell.strip() for cell in line)
    ]
    assert [list(row.fields.values()) for row in rows] == expected


# -- patents ----------------------------------------------------------------------------------


@needs_data
def test_every_readable_patent_document_becomes_a_record():
    files = sorted((DATA / "patents-xml-uspto").rglob("*.xml"))
    seen, skipped = 0, 0
    for path in files:
        described = describe(path)
        mapping = suggest(described.header, described.sample)
        with open_rows(path, described) as rows:
            for row in rows:
                record, problems = convert_row(row, mapping)
                if record is None:
                    assert [p.code for p in problems] == ["import_xml_sequence"]
                    skipped += 1
                    continue
                seen += 1
                assert record.title
                assert record.contributors
                assert record.application_number.startswith("US")
                assert record.filing_date
                design = record.patent_type == "design"
                assert record.locarno if design else record.ipc or record.patent_type == "plant"
                assert design or record.abstract
    assert (len(files), seen, skipped) == (36, 109, 2)


@needs_data
def test_the_fields_of_one_grant_are_the_ones_printed_on_it():
    row = next(uspto.read_documents(DATA / "patents-xml-uspto/single/US08930553.xml"))
    assert row.fields["grant_number"] == "US8930553B2"
    assert row.fields["kind_code"] == "B2"
    assert row.fields["legal_status"] == "granted"
    assert row.fields["patent_type"] == "invention"


GRANT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE us-patent-grant SYSTEM "x.dtd" [ ]>\n'
    '<us-patent-grant lang="EN"><us-bibliographic-data-grant><publication-reference><document-id>'
    "<country>US</country><doc-number>09000001</doc-number><kind>B2</kind><date>20150106</date>"
    "</document-id></publication-reference><invention-title>%s</invention-title>"
    "</us-bibliographic-data-grant></us-patent-grant>\n"
)


def test_a_broken_document_inside_a_weekly_file_stands_alone(tmp_path):
    broken = (GRANT % "Broken")[:-40]
    hostile = (GRANT % "&x;").replace("[ ]", '[ <!ENTITY x "y"> ]')
    content = (GRANT % "One") + broken + hostile + (GRANT % "Two")
    rows = list(uspto.read_documents(put(tmp_path, content.encode())))
    assert [(row.number, row.fields.get("title")) for row in rows] == [
        (1, "One"), (2, None), (3, None), (4, "Two"),
    ]  # fmt: skip
    assert [p.code for row in rows for p in row.problems] == [
        "import_xml_malformed", "import_xml_entities",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-7"])
def test_an_encoding_hides_no_entity(tmp_path, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    body = text.encode("ascii") if encoding == "utf-7" else text.encode(encoding)
    with pytest.raises(XmlEncoding):
        describe(put(tmp_path, body))


def test_nesting_without_end_costs_nothing(tmp_path):
    head = (GRANT % "One").replace("</us-bibliographic-data-grant></us-patent-grant>\n", "")
    begun = time.monotonic()
    rows = list(uspto.read_documents(put(tmp_path, (head + "<a>" * 500_000).encode())))
    assert next(p.code for row in rows for p in row.problems) in (
        "import_xml_too_deep", "import_xml_malformed",
    )  # fmt: skip
    assert time.monotonic() - begun < 5


@needs_data
@pytest.mark.parametrize(
    "name",
    ["cyclic.xml", "dtd.xml", "dtd_element.xml", "external.xml", "external_file.xml",
     "quadratic.xml", "schema-include.xsd", "simple-ns.xml", "simple.xml",
     "xalan_exec.xsl", "xalan_write.xsl",
     "xmlbomb.xml", "xmlbomb2.xml"],
)  # fmt: skip
def test_hostile_xml_is_refused_with_a_sentence_in_bounded_time_and_memory(name):
    tracemalloc.start()
    begun = time.monotonic()
    with pytest.raises(FileRefused) as caught:
        describe(DATA / "robustness-xml" / name)
    taken, peak = time.monotonic() - begun, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (caught.value.text % caught.value.params).endswith(".")
    assert taken < 1
    assert peak < 16 * 1024**2


@needs_data
@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for folder in ("robustness-csv/csvs", "robustness-csv/json", "robustness-encodings")
        for path in (DATA / folder).glob("*.*")
        if path.suffix != ".md"
    ),
    ids=lambda path: path.name,
)
def test_every_robustness_file_is_handled_or_refused_with_a_sentence(path):
    try:
        said = rows_of(path)
    except Refused as why:
        said = (why.text % why.params).endswith(".")
    assert said


@needs_data
def test_chinese_full_texts_give_title_abstract_number_and_classes():
    path = DATA / "zh-patent-fulltext/patents.jsonl"
    described = describe(path)
    mapping = suggest(described.header, described.sample)
    with open_rows(path, described) as rows:
        records = [convert_row(row, mapping)[0] for row in rows]
    assert len(records) == 6
    assert all(record.language == "zh" and len(record.abstract) > 80 for record in records)
    assert all(record.ipc and record.publication_number.startswith("CN") for record in records)
    assert records[2].title == "一种连接器"
    assert records[2].ipc[0] == "H01R13/64"
    assert [from_json(json.loads(json.dumps(to_json(record)))) for record in records] == records


def test_programs_and_pictures_are_no_tables(tmp_path):
    for content in (b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", bytes(range(256)) * 20, b"<html></html>"):
        with pytest.raises(FormatUnknown):
            describe(put(tmp_path, content))
