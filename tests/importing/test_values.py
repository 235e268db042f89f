"""Single values as files write them: dates, numbers, people, codes; titles that are alike."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.importing.alike import ALIKE, bands, likeness
from listings.importing.error_file import guarded
from listings.importing.mapping import suggest
from listings.importing.numbers import number_key, read_number
from listings.importing.pace import BUDGET, Pace
from listings.importing.values import (
    Unreadable,
    read_date,
    read_people,
    read_price,
    read_status,
    read_symbols,
    read_trl,
    read_ways,
)


@pytest.mark.parametrize(
    "text",
    ["2024-05-06", "2024/5/6", "2024.05.06", "20240506", "2024年5月6日", "05/06/2024", "45418",
     "45418.0", "6 May 2024", "May 6, 2024", "2024-05-06T00:00:00", "2024-05-06 00:00:00"],
)  # fmt: skip
def test_a_date_in_any_usual_form(text):
    assert read_date(text) == date(2024, 5, 6)


@pytest.mark.parametrize("text", ["", "0", "-", "无", "N/A", "0000-00-00", "/"])
def test_nothing_is_no_date(text):
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["2024-13-01", "13/25/2024", "soon", "1", "2024-02-30"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(Unreadable):
        read_date(text)


@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2150, 12, 31)))
def test_iso_dates_round_trip(day):
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert read_date(f"{day.month:02}/{day.day:02}/{day.year}") == day


@pytest.mark.parametrize(
    ("text", "office", "canonical", "stage"),
    [
        ("201710601862.3", "CN", "CN201710601862.3", "application"),
        ("CN2017106018623", None, "CN201710601862.3", "application"),
        ("ZL 2017 1 0601862.3", None, "CN201710601862.3", "grant"),
        ("95115608.X", "CN", "CN95115608.X", "application"),
        ("CN118524411A", None, "CN118524411A", "publication"),
        ("CN 215667380 U", None, "CN215667380U", "grant"),
        ("13/033,085", None, "US13033085", "application"),
        (" 14/ 033725", None, "US14033725", "application"),
        ("12/45,970", None, "US12045970", "application"),
        ("12/533/258", None, "US12533258", "application"),
        ("5694939", "US", "US5694939", "grant"),
        ("US 8,926,509 B2", None, "US8926509B2", "grant"),
        ("US08926509B2", None, "US8926509B2", "grant"),
        ("RE43,880", "US", "USRE43880", "grant"),
        ("D628,609", "US", "USD628609", "grant"),
        ("US20050004437A1", None, "US20050004437A1", "publication"),
        ("EP1234567B1", None, "EP1234567B1", "grant"),
    ],
)
def test_patent_numbers_come_to_one_form(text, office, canonical, stage):
    found = read_number(text, office)
    assert (found.text, found.stage) == (canonical, stage)


@pytest.mark.parametrize(
    ("text", "office", "code"),
    [
        ("201710601862.4", "CN", "patent_check_digit"),
        ("5694939", None, "office_unknown"),
        ("hello", "CN", "patent_number_unreadable"),
    ],
)
def test_numbers_that_cannot_be_are_refused(text, office, code):
    with pytest.raises(Unreadable) as caught:
        read_number(text, office)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["0", "/0", "/", "", "—"])
def test_what_stands_for_no_number(text):
    assert read_number(text, "US") is None


def test_kind_codes_do_not_tell_patents_apart():
    assert number_key("US8926509B1") == number_key("US8926509B2") == "US8926509"
    assert number_key("CN95115608.X") == "CN95115608.X"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("李青；赵岚", ("李青", "赵岚")),
        ("李青、赵岚，王一苇", ("李青", "赵岚", "王一苇")),
        ("Li, Wei; Zhao, Min", ("Li, Wei", "Zhao, Min")),
        ("Ada Brook, Tom Reed", ("Ada Brook", "Tom Reed")),
        ("Brook, Ada", ("Brook, Ada",)),
    ],
)
def test_people(text, people):
    assert read_people(text) == people


def test_codes_and_levels():
    assert read_symbols("H04W 24/02; G06F17/00；H02G|a01m") == (
        "H04W24/02", "G06F17/00", "H02G", "A01M",
    )  # fmt: skip
    assert [read_trl(text) for text in ("6", "TRL 6", "TRL6级", "六级", "无")] == [6, 6, 6, 6, None]
    assert read_ways("普通许可、转让") == ("ordinary", "assignment")
    assert read_status("Issued") == "granted"
    assert read_status("审中") == "pending"
    assert (read_price("50万", "CNY").minor, read_price("面议", "CNY")) == (50_000_000, None)
    for read, text in ((read_trl, "12"), (read_ways, "by magic"), (read_symbols, "steel")):
        with pytest.raises(Unreadable):
            read(text)


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["成果名称", "专利权人", "IPC主分类号", "备注"],
         {"成果名称": "title", "专利权人": "owners", "IPC主分类号": "ipc"}),
        (["Title", "Application SN", "Patent Expiration Date", "Inventors"],
         {"Title": "title", "Application SN": "application_number",
          "Patent Expiration Date": "expiry_date", "Inventors": "contributors"}),
        (["Titel", "Abstrakt"], {}),
        (["Inventor(s)", "Patent_Title"],
         {"Inventor(s)": "contributors", "Patent_Title": "title"}),
    ],
)  # fmt: skip
def test_columns_are_suggested_from_their_names(header, columns):
    assert dict(suggest(header, []).columns) == columns


def test_what_the_organisation_chose_before_comes_first():
    found = suggest(["Title", "名称"], [], {"title": "", "名称": "title"})
    assert dict(found.columns) == {"名称": "title"}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("一种水电站高压输电线路驱鸟保护装置", "一种水电站高压输电线路驱鸟保护的装置", True),
        ("Magnetically Damped Check Valve", "magnetically damped check-valve", True),
        ("Pump type 1 for cryogenic use", "Pump type 2 for cryogenic use", False),
        ("一种连接器", "一种接插件", False),
    ],
)
def test_alike_titles_meet_and_others_do_not(one, other, alike):
    assert (likeness(one, other) >= ALIKE) is alike
    assert bool(set(bands(one)) & set(bands(other))) or not alike


@given(st.text(max_size=60))
def test_equal_titles_share_every_key(title):
    assert bands(title) == bands(f" {title.upper().lower()} ") or title.upper().lower() != title
    assert likeness(title, title) == 100


@given(st.text(max_size=40))
def test_no_cell_of_an_export_is_a_formula(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


def test_a_batch_comes_to_fit_its_budget():
    pace = Pace(100)
    for _ in range(20):
        pace.took(pace.rows * 0.002, pace.rows)
    assert BUDGET * 0.5 <= pace.rows * 0.002 <= BUDGET
