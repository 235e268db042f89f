"""The pure rules of a round, by tables and by hypothesis."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap import ROOT
from core.law.book import LawBook
from core.money import Money
from deals.rounds.announcing import announced_problems
from deals.rounds.errors import RegistrationMovedOn, RoundMovedOn
from deals.rounds.law import RANGE
from deals.rounds.rules import (
    Next,
    Opened,
    Tiers,
    after_period,
    is_usual,
    least_days,
    lone_price,
    lowest_relisting,
    winner,
)
from deals.rounds.sealing import BOX_OCTETS, Place, Secret, open_box, public_of, seal
from deals.rounds.states import (
    REGISTRATION,
    ROUND,
    RegistrationAct,
    RegistrationState,
    RoundAct,
    RoundState,
    registration_after,
    round_after,
)
from tests.deals.rounds.conftest import FLOOR, announced

MILLION = 100_000_000
LAW = LawBook.load(ROOT / "policies").profile("cn-national", date(2026, 11, 30))
TIERS = Tiers(10, 20, Money(MILLION, "CNY"), Money(10 * MILLION, "CNY"))
OFFICE, SECOND = "11" * 32, "22" * 32
PLACE = Place("a1" * 16, "b2" * 16)


@pytest.mark.parametrize(
    ("minor", "currency", "market", "days"),
    [
        (1, "CNY", 5, 5),
        (MILLION - 1, "CNY", 5, 5),
        (MILLION, "CNY", 5, 10),
        (10 * MILLION, "CNY", 5, 10),
        (10 * MILLION + 1, "CNY", 5, 20),
        (10 * MILLION + 1, "CNY", 25, 25),
        (1, "USD", 5, 20),
    ],
)
def test_tiers_of_state_assets(minor, currency, market, days):
    assert least_days(Money(minor, currency), market, TIERS) == days
    assert least_days(Money(minor, currency), market, None) == market


@given(st.integers(1, 10**12), st.integers(1, 10**12), st.integers(1, 60))
def test_a_higher_price_is_never_disclosed_shorter(low, high, market):
    low, high = sorted((low, high))
    shorter, longer = (least_days(Money(one, "CNY"), market, TIERS) for one in (low, high))
    assert market <= shorter <= longer


@pytest.mark.parametrize(
    ("qualified", "extensions", "keys", "lone", "then"),
    [
        (0, 1, True, False, Next.EXTEND),
        (0, 0, True, False, Next.FAIL),
        (1, 3, False, False, Next.DEAL),
        (1, 3, True, True, Next.OPEN),
        (2, 3, False, False, Next.KEYS),
        (2, 0, True, False, Next.QUOTES),
        (9, 0, True, True, Next.QUOTES),
    ],
)
def test_after_the_period(qualified, extensions, keys, lone, then):
    assert after_period(qualified, extensions=extensions, keys=keys, lone_quote=lone) == then


quotes = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(50, 150)), max_size=12).map(
    lambda rows: [Opened(n, party, minor) for n, (party, minor) in enumerate(rows)]
)


@given(quotes, st.sets(st.sampled_from("abcd")), st.randoms())
def test_the_winner_is_the_earliest_of_the_highest(found, eligible, random):
    last = {}
    for quote in found:
        last[quote.registration] = quote
    valid = [one for one in last.values() if one.minor >= 100 and one.registration in eligible]
    shuffled = random.sample(found, len(found))
    won = winner(shuffled, 100, eligible)
    assert (won is None) == (not valid)
    if won is not None:
        assert won in valid
        assert all((one.minor, -one.number) <= (won.minor, -won.number) for one in valid)


@given(st.integers(1, 10**9), st.none() | st.integers(1, 10**9))
def test_a_lone_party_never_pays_less_than_the_list_price(listed, quoted):
    assert lone_price(listed, quoted) == max(listed, quoted or 0)


@given(st.integers(1, 10**12), st.decimals(0, 1, places=4))
def test_relisting_cuts_no_deeper_than_the_share(floor, cut):
    lowest = lowest_relisting(floor, cut)
    assert Decimal(floor) * (1 - cut) <= lowest <= floor


def test_every_cell_of_both_tables():
    for state in RoundState:
        for act in RoundAct:
            if (state, act) not in ROUND:
                with pytest.raises(RoundMovedOn):
                    round_after(state, act)
    for one in RegistrationState:
        for does in RegistrationAct:
            if (one, does) not in REGISTRATION:
                with pytest.raises(RegistrationMovedOn):
                    registration_after(one, does)
    ended = {RoundState.AWARDED, RoundState.FAILED, RoundState.WITHDRAWN}
    assert {state for state, _ in ROUND} | ended == set(RoundState)
    assert not {state for state, _ in ROUND} & ended


nonces = st.binary(min_size=32, max_size=32).map(bytes.hex)
secrets = st.builds(Secret, st.integers(1, 2**63 - 1), nonces)


@given(secrets)
def test_a_box_tells_nothing_by_its_length_and_opens_with_both_keys_only(secret):
    sealed, box = seal(secret, PLACE, public_of(OFFICE), public_of(SECOND))
    assert len(box) == 2 * BOX_OCTETS
    assert open_box(box, sealed, PLACE, OFFICE, SECOND) == secret
    assert open_box(box, sealed, PLACE, SECOND, OFFICE) is None
    assert open_box(box, sealed, PLACE, OFFICE, OFFICE) is None
    elsewhere = Place(PLACE.round, "c3" * 16)
    assert open_box(box, sealed, elsewhere, OFFICE, SECOND) is None


@given(secrets, st.integers(0, 2 * BOX_OCTETS - 1), st.sampled_from("0123456789abcdef"))
def test_a_box_changed_anywhere_does_not_open(secret, at, digit):
    sealed, box = seal(secret, PLACE, public_of(OFFICE), public_of(SECOND))
    changed = box[:at] + digit + box[at + 1 :]
    opened = open_box(changed, sealed, PLACE, OFFICE, SECOND)
    assert opened == (secret if changed == box else None)


def test_the_schema_gives_the_written_down_commitment():
    """A vector for whoever writes another program: computed by hand from the schema."""
    secret = Secret(80_000_000, "ab" * 32)
    parts = b"qiaoyi-quote-1\0" + b"\xa1" * 16 + b"\xb2" * 16
    parts += (80_000_000).to_bytes(8, "big") + b"\xab" * 32
    sealed, _ = seal(secret, PLACE, public_of(OFFICE), public_of(SECOND))
    assert sealed == hashlib.sha256(parts).hexdigest()


@given(st.lists(st.sampled_from(list(RoundAct)), max_size=12))
def test_no_walk_through_the_table_skips_the_end_of_the_period(acts):
    """Whatever is tried in whatever order: an award has a decided period behind it."""
    state, passed = RoundState.DISCLOSED, []
    for act in acts:
        try:
            state = round_after(state, act)
        except RoundMovedOn:
            continue
        passed.append(act)
    if state is RoundState.AWARDED:
        assert RoundAct.DECIDE in passed
        assert passed[-1] is RoundAct.AWARD
        quoted = RoundAct.ASK_QUOTES in passed
        assert not quoted or RoundAct.CLOSE_QUOTES in passed


@pytest.mark.parametrize(
    ("deposit", "usual"),
    [(0, True), (499, False), (500, True), (1000, True), (2000, True), (2001, False)],
)
def test_the_usual_share_of_a_deposit(deposit, usual):
    assert is_usual(deposit, 10_000, Decimal("0.05"), Decimal("0.20")) is usual


@pytest.mark.parametrize(
    ("deposit", "reason", "enforce", "codes"),
    [
        (FLOOR // 10, "", "warn", {}),
        (0, "", "warn", {}),
        (FLOOR // 4, "", "warn", {"deposit_reason": "deposit_unusual"}),
        (FLOOR // 50, "小额", "warn", {"deposit_reason": "deposit_unusual"}),
        (FLOOR // 50, "标的金额小，减轻负担。", "warn", {}),
        (FLOOR // 4, "长" * 1001, "warn", {"deposit_reason": "too_long"}),
        (FLOOR // 4, "标的金额大，防止围标。", "block", {"deposit": "deposit_range"}),
        (FLOOR // 2, "标的金额大，防止围标。", "warn", {"deposit": "deposit_large"}),
    ],
)
def test_a_deposit_outside_the_range_needs_a_reason(deposit, reason, enforce, codes):
    values = dict(LAW.values)
    values[RANGE] = replace(values[RANGE], enforce=enforce)
    said = announced(deposit=deposit, deposit_reason=reason)
    found = announced_problems(said, replace(LAW, values=values), None, "en")
    assert {name: problems[0].code for name, problems in found.items()} == codes
    if "deposit_reason" in codes and reason != "长" * 1001:
        assert "Supreme Court" in found["deposit_reason"][0].params["citation"]
