"""Money never loses a unit, never mixes currencies, and reads what people type."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import AmountError, Money, allocate, exponent, is_currency, parse_money

totals = st.integers(-(10**15), 10**15)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any)


@given(totals, weights)
def test_allocation_sums_exactly_and_is_within_a_unit(total, parts):
    shares = allocate(total, parts)
    assert sum(shares) == total
    for share, weight in zip(shares, parts, strict=True):
        assert abs(share - Fraction(total * weight, sum(parts))) < 1
        assert weight or share == 0


@given(totals, weights)
def test_equal_weights_are_served_in_the_order_given(total, parts):
    shares = allocate(total, [1] * len(parts))
    assert list(shares) == sorted(shares, reverse=total >= 0)


@given(totals, weights, st.integers(1, 1000))
def test_only_the_proportions_matter(total, parts, factor):
    assert allocate(total, parts) == allocate(total, [Fraction(p, factor) for p in parts])


@pytest.mark.parametrize("bad", [[], [0], [0, 0], [1, -1], [-1]])
def test_weights_that_divide_nothing_are_refused(bad):
    with pytest.raises(ValueError, match="weights"):
        allocate(100, bad)


def test_money_splits_in_its_own_currency():
    parts = Money(1000, "CNY").allocate([Decimal("0.7"), Decimal("0.2"), Decimal("0.1")])
    assert parts == (Money(700, "CNY"), Money(200, "CNY"), Money(100, "CNY"))


def test_arithmetic_within_a_currency():
    assert Money(150, "CNY") + Money(50, "CNY") == Money(200, "CNY")
    assert Money(150, "CNY") - Money(200, "CNY") == Money(-50, "CNY")
    assert 3 * Money(5, "JPY") == Money(15, "JPY")
    assert -Money(5, "JPY") < Money(0, "JPY")
    assert not Money(0, "JPY")


@pytest.mark.parametrize("mix", [Money.__add__, Money.__sub__, Money.__lt__])
def test_currencies_do_not_mix(mix):
    with pytest.raises(TypeError, match="cannot combine"):
        mix(Money(1, "CNY"), Money(1, "USD"))


@pytest.mark.parametrize("minor", [1.0, True, Decimal(1), "1"])
def test_only_whole_minor_units_are_money(minor):
    with pytest.raises(TypeError):
        Money(minor, "CNY")


def test_what_the_database_cannot_hold_is_no_money():
    with pytest.raises(OverflowError):
        Money(2**63, "CNY")
    assert Money(2**63 - 1, "CNY").minor == 2**63 - 1


@pytest.mark.parametrize(
    ("currency", "places"), [("CNY", 2), ("USD", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("CLF", 4)]
)
def test_minor_units_follow_the_standard(currency, places):
    assert exponent(currency) == places
    assert Money.of(1, currency).minor == 10**places
    assert Money.of(1, currency).major == 1


def test_a_fraction_of_a_minor_unit_is_refused():
    with pytest.raises(ValueError, match="finer"):
        Money.of("0.5", "JPY")


@given(st.integers(-(10**12), 10**12), st.fractions(-2, 2, max_denominator=10**6))
def test_a_share_is_rounded_to_the_nearest_unit(minor, ratio):
    share = Money(minor, "CNY").share(ratio)
    assert abs(share.minor - minor * ratio) <= Fraction(1, 2)


def test_half_a_unit_rounds_away_from_zero():
    assert Money(5, "CNY").share(Fraction(1, 2)) == Money(3, "CNY")
    assert Money(-5, "CNY").share(Fraction(1, 2)) == Money(-3, "CNY")


def test_currency_codes_are_known():
    assert is_currency("CNY")
    assert not is_currency("QQQ")


READ = {
    "50万": (50_000_000, "CNY"),
    "50 万元": (50_000_000, "CNY"),
    "SEK 90000.50": (9_000_050, "SEK"),
    "1,250,000.00": (125_000_000, "CNY"),
    "125,0000": (125_000_000, "CNY"),
    "¥1,250,000": (125_000_000, "CNY"),
    "￥１２.5万": (12_500_000, "CNY"),
    "3.5亿元": (35_000_000_000, "CNY"),
    "人民币2,400,000.00元": (240_000_000, "CNY"),
    "1千万": (1_000_000_000, "CNY"),
    "US$180,000.00": (18_000_000, "USD"),
    "usd 180000": (18_000_000, "USD"),
    "18万美元": (18_000_000, "USD"),
    "€ 0.01": (1, "EUR"),
    "1000日元": (1000, "JPY"),
    "0": (0, "CNY"),
}


@pytest.mark.parametrize("text", READ)
def test_amounts_are_read_as_people_type_them(text):
    assert parse_money(text, "CNY") == Money(*READ[text])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "amount_missing"),
        ("  ", "amount_missing"),
        ("1.250,00", "amount_unreadable"),
        ("12,50", "amount_unreadable"),
        ("1,2345,678", "amount_unreadable"),
        ("面议", "amount_unreadable"),
        ("$500", "amount_unreadable"),
        ("1e9", "amount_unreadable"),
        ("NaN", "amount_unreadable"),
        ("50-80万", "amount_unreadable"),
        ("-3", "amount_negative"),
        ("0.001", "amount_too_fine"),
        ("0.5日元", "amount_too_fine"),
        ("99999999999999999999", "amount_too_large"),
    ],
)
def test_what_is_no_amount_is_named(text, code):
    with pytest.raises(AmountError) as fault:
        parse_money(text, "CNY")
    assert fault.value.code == code
    assert fault.value.text % fault.value.params == str(fault.value)


@given(st.integers(0, 2**62), st.sampled_from(["CNY", "JPY", "KWD"]))
def test_what_is_printed_is_read_back(minor, currency):
    money = Money(minor, currency)
    assert parse_money(f"{money.major:,f}", currency) == money


@given(st.text(max_size=30))
def test_any_text_is_read_or_named(text):
    try:
        code = f"read {parse_money(text, 'CNY')}"
    except AmountError as fault:
        code = fault.code
    assert code.startswith(("read ", "amount_"))
