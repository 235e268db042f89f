"""Patent numbers in any usual form come to one canonical text; wrong ones are named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identifiers import (
    NumberError,
    PatentNumber,
    cn_check_digit,
    find_patent_number,
    read_doi,
    read_ipc,
    read_orcid,
    read_patent_number,
)

FORMS = {
    "201710601862.3": ("CN201710601862.3", "201710601862.3"),
    "2017106018623": ("CN201710601862.3", "201710601862.3"),
    "CN201710601862": ("CN201710601862.3", "201710601862.3"),
    "２０１７１０６０１８６２．３": ("CN201710601862.3", "201710601862.3"),
    "申请号：201710601862.3": ("CN201710601862.3", "201710601862.3"),
    "ZL201710601862.3": ("CN201710601862.3", "ZL201710601862.3"),
    "专利号 ZL 2017 1 0601862.3": ("CN201710601862.3", "ZL201710601862.3"),
    "zl201710601862.3": ("CN201710601862.3", "ZL201710601862.3"),
    "95115608.x": ("CN95115608.X", "95115608.X"),
    "ZL95115608.X": ("CN95115608.X", "ZL95115608.X"),
    "CN95115608": ("CN95115608.X", "95115608.X"),
    "CN 118524411 A": ("CN118524411A", "CN118524411A"),
    "公开（公告）号：CN118524411A": ("CN118524411A", "CN118524411A"),
    "授权公告号CN207123456U": ("CN207123456U", "CN207123456U"),
    "CN1234567C": ("CN1234567C", "CN1234567C"),
    "US 8,926,509 B2": ("US8926509B2", "US 8,926,509 B2"),
    "U.S. Pat. No. 8,926,509": ("US8926509", "US 8,926,509"),
    "US Patent 8926509": ("US8926509", "US 8,926,509"),
    "US2015/0123456 A1": ("US20150123456A1", "US 2015/0123456 A1"),
    "US2015123456A1": ("US20150123456A1", "US 2015/0123456 A1"),
    "13/033,085": ("US13033085", "US 13/033,085"),
    "US 13/033,085": ("US13033085", "US 13/033,085"),
    "USD0800001S1": ("USD800001S1", "US D800,001 S1"),
    "RE45,123": ("USRE45123", "US RE45,123"),
    "EP 1 234 567 B1": ("EP1234567B1", "EP 1234567 B1"),
    "EP12345678.9": ("EP12345678.9", "EP 12345678.9"),
    "WO 2020/123456 A1": ("WO2020123456A1", "WO 2020/123456 A1"),
    "WO99/12345": ("WO1999012345", "WO 1999/012345"),
    "PCT/CN2020/123456": ("PCTCN2020123456", "PCT/CN2020/123456"),
    "特開2015-123456": ("JP2015123456A", "JP 2015123456 A"),
    "特開平5-1234": ("JPH05001234A", "JP H05001234 A"),
    "JPH10-123456A": ("JPH10123456A", "JP H10123456 A"),
    "特許第6123456号": ("JP6123456", "JP 6123456"),
    "KR 10-2015-0123456": ("KR1020150123456", "KR 1020150123456"),
    "DE102015001234A1": ("DE102015001234A1", "DE 102015001234 A1"),
    "NO 20151234": ("NO20151234", "NO 20151234"),
}


@pytest.mark.parametrize("text", FORMS)
def test_any_usual_form_is_read(text):
    number = read_patent_number(text)
    assert (number.canonical, number.display) == FORMS[text]


@pytest.mark.parametrize("text", FORMS)
def test_canonical_form_display_and_variants_read_back(text):
    canonical = read_patent_number(text).canonical
    compact = {form.replace("/", "") for form in read_patent_number(text).variants()}
    assert canonical in compact
    # "US13033085" alone is a patent's number; only its stroke says that it is an application.
    assert read_patent_number(read_patent_number(text).display).canonical == canonical


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "hello", "12345678", "3302026Y0469", "91330000MA27XL0C27", "2026-11-22",
        "198010601862.3", "20171060186", "TRL 7", "500000", "13812345678", "1" * 500, "ZL",
    ],
)  # fmt: skip
def test_what_is_no_patent_number_is_said(text):
    with pytest.raises(NumberError) as fault:
        read_patent_number(text)
    assert fault.value.code == "patent_number_unreadable"
    assert find_patent_number(text) is None


def test_a_wrong_check_digit_is_named_with_the_right_one():
    with pytest.raises(NumberError, match=r"201710601862\.4 should be 3") as fault:
        read_patent_number("ZL201710601862.4")
    assert fault.value.code == "patent_check_digit"
    assert fault.value.params == {"number": "201710601862.4", "expected": "3"}


applications = st.builds(
    "{}{}{:07}".format, st.integers(1985, 2099), st.sampled_from("12389"), st.integers(0, 9999999)
)


@given(applications, st.sampled_from(["", "CN", "ZL", "CN ", "申请号："]), st.booleans())
def test_chinese_applications_are_read_with_and_without_check_digit(digits, prefix, checked):
    text = f"{prefix}{digits}" + (f".{cn_check_digit(digits)}" if checked else "")
    assert read_patent_number(text).canonical == f"CN{digits}.{cn_check_digit(digits)}"


@given(applications, st.integers(0, 11), st.integers(1, 9))
def test_a_single_wrong_digit_never_passes(digits, place, step):
    wrong = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]
    text = f"{wrong}.{cn_check_digit(digits)}"
    assert find_patent_number(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    number = find_patent_number(text)
    assert number is None or number.canonical.isascii()


def test_equal_numbers_of_one_patent_share_a_variant():
    granted, applied = (read_patent_number(t) for t in ("ZL201710601862.3", "201710601862"))
    assert granted.canonical == applied.canonical
    assert set(granted.variants()) == set(applied.variants())
    short, padded = (read_patent_number(t) for t in ("US2015123456A1", "US20150123456A1"))
    assert short == padded == PatentNumber("US", "publication", "20150123456", "A1")
    assert "US2015123456" in short.variants()


@pytest.mark.parametrize("digits", ["", "123", "1234567", "abcdefgh", "２０１７１０６０１８６２"])
def test_only_application_numbers_have_check_digits(digits):
    with pytest.raises(ValueError, match="digits"):
        cn_check_digit(digits)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("H01L 21/02", "H01L21/02"),
        ("h01l21/02", "H01L21/02"),
        ("H04W 24/02 (2009.01)", "H04W24/02"),
        ("A61K0039/00", "A61K39/00"),
        ("H02G", "H02G"),
        ("B82", "B82"),
        ("Ｇ０６Ｎ 3/08", "G06N3/08"),
    ],
)
def test_classification_symbols(text, symbol):
    assert read_ipc(text) == symbol


@pytest.mark.parametrize("text", ["", "Z01L", "H1L", "H01L/02", "H01L 21/", "word"])
def test_what_is_no_symbol_is_said(text):
    with pytest.raises(NumberError, match="classification"):
        read_ipc(text)


@pytest.mark.parametrize(
    "text",
    ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", "0000000218250097"],
)
def test_orcid(text):
    assert read_orcid(text) == "0000-0002-1825-0097"


@pytest.mark.parametrize("text", ["0000-0002-1825-0098", "0000-0002-1825", "", "x" * 16])
def test_a_wrong_orcid_is_refused(text):
    with pytest.raises(NumberError, match="ORCID"):
        read_orcid(text)


def test_doi():
    assert read_doi("https://doi.org/10.1000/ABC.182") == "10.1000/abc.182"
    assert read_doi("doi: 10.1000/182") == "10.1000/182"
    with pytest.raises(NumberError, match="DOI"):
        read_doi("11.1000/182")
