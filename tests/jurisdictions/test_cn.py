"""Chinese identifiers: read in the forms people copy, refused with what is wrong."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from core.errors import Invalid
from jurisdictions.cn import read_credit_code
from jurisdictions.cn.mobile import read_mobile
from jurisdictions.cn.organisation_number import authority, division
from jurisdictions.cn.result_number import read_result_number

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
bodies = st.builds(
    lambda head, place, own: head + place + own,
    st.sampled_from(["91", "12", "51", "52", "11"]),
    st.integers(110000, 659999).map(str),
    st.text(ALPHABET, min_size=9, max_size=9),
)


def codes():
    return bodies.map(lambda body: body + uscc.calc_check_digit(body)).filter(uscc.is_valid)


def problem(fault, field):
    return fault.value.problems[field][0]


@given(codes())
def test_a_right_code_is_kept(code):
    assert read_credit_code(code.lower()) == code
    assert read_credit_code(f" {code[:8]} {code[8:]} ") == code
    assert division(code) == code[2:8]
    assert authority(code) in {"market", "institution", "civil_affairs"}


@given(codes(), st.integers(8, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_never_passes(code, place, other):
    wrong = code[:place] + other + code[place + 1 :]
    accepted = True
    try:
        read_credit_code(wrong)
    except Invalid:
        accepted = False
    assert accepted == (wrong == code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "credit_code_length"),
        ("9133010", "credit_code_length"),
        ("9" * 19, "credit_code_length"),
        ("913301OO0000000000", "credit_code_format"),
        ("91330108MA0000074A", "credit_code_check"),
    ],
)
def test_what_is_wrong_with_a_code_is_said(text, code):
    with pytest.raises(Invalid) as fault:
        read_credit_code(text)
    found = problem(fault, "number")
    assert found.code == code
    assert found.text % found.params


@pytest.mark.parametrize(
    "text",
    ["13800001234", "138 0000 1234", "+86 138-0000-1234", "8613800001234"],
)
def test_mobile_numbers(text):
    assert read_mobile(text) == "+8613800001234"


@pytest.mark.parametrize("text", ["", "12800001234", "1380000123", "021-55551234", "+4479460000"])
def test_other_numbers_are_no_mobile_numbers(text):
    with pytest.raises(Invalid) as fault:
        read_mobile(text)
    assert problem(fault, "mobile").code == "mobile_unreadable"


def test_a_result_number_has_its_parts():
    number = read_result_number(" 3302026y0469 ")
    assert (number.place, number.year, number.serial) == ("330", 2026, "0469")
    assert str(number) == "3302026Y0469"
    assert number.region == "330000"
    assert read_result_number("9992026Y0001").region == ""


@given(st.text(string.printable, max_size=14))
def test_only_twelve_characters_make_a_result_number(text):
    try:
        found = str(read_result_number(text))
    except Invalid as fault:
        found = fault.problems["registration"][0].code
    assert found == "result_number_unreadable" or len(found) == 12
