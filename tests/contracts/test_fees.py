"""What the market charges: the share, its bounds, and the obligation of a signed contract."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.actions.found_operator import found_operator
from accounts.models import Organisation
from billing.models import Obligation
from contracts.actions.confirm_copy import confirm_copy
from contracts.actions.raise_fees import raise_fees
from contracts.fees import fee, fixed_price
from core.actor import SYSTEM
from core.money import Money
from deals.offers import Instalment, Terms
from governance.actions.approve_amendment import approve_amendment
from governance.actions.propose_amendment import propose_amendment
from governance.amending import Proposed
from tests.contracts.registration.test_registration import FIXED, today
from tests.contracts.test_price import rows
from tests.deals.conftest import OPERATOR, person
from tests.racing import race

HEAD = 'name = "cn-national"\ntitle = "-"\ntitle_en = "-"\n'
RULE = """
[[rule]]
id = "{rule}"
value = {value}
unit = "{unit}"
valid_from = {day}
citation = "本市场规则"
citation_en = "This market's own rule"
confidence = "H"
checked_on = 2026-11-20
"""
CNY = partial(Money, currency="CNY")


@pytest.mark.parametrize(
    ("price", "share", "at_least", "at_most", "asked"),
    [
        (10_000_000, "0.01", None, None, 100_000),
        (10_000_000, "0.01", 200_000, None, 200_000),
        (10_000_000, "0.01", None, 50_000, 50_000),
        (150, "0.01", None, None, 2),
        (100, "0.01", 5_000, None, 100),
        (10_000_000, "0", 200_000, None, 0),
        (0, "0.01", 200_000, None, 0),
    ],
)
def test_a_share_within_its_bounds(price, share, at_least, at_most, asked):
    bounds = [None if one is None else CNY(one) for one in (at_least, at_most)]
    assert fee(CNY(price), Decimal(share), *bounds) == CNY(asked)


def test_a_bound_in_another_currency_bounds_nothing():
    assert fee(CNY(1_000), Decimal("0.1"), Money(900, "USD"), Money(1, "USD")) == CNY(100)


@given(
    st.integers(0, 10**12),
    st.decimals(0, 1, places=4),
    st.none() | st.integers(0, 10**9),
    st.none() | st.integers(0, 10**9),
)
def test_never_more_than_the_price_nor_than_the_most(price, share, at_least, at_most):
    bounds = [None if one is None else CNY(one) for one in (at_least, at_most)]
    asked = fee(CNY(price), share, *bounds).minor
    assert 0 <= asked <= price
    if at_most is not None:
        assert asked <= at_most


def test_the_fixed_price_counts_each_part_once():
    parts = (Instalment(4, "签约"), Instalment(6, "验收后"))
    terms = Terms(way="assignment", currency="CNY", lump_sum=10, instalments=parts, entry_fee=5)
    assert fixed_price(terms) == CNY(15)
    assert fixed_price(Terms(way="assignment", currency="CNY", royalty=300)) == CNY(0)


@pytest.fixture
def charging(desk, clock):
    """The market charges from nine days on: the seller one per cent, the buyer half of it."""
    day = today(desk) + timedelta(days=8)
    stage = desk.stage
    shares = (("seller", "0.01"), ("buyer", "0.005"))
    text = HEAD + "".join(
        RULE.format(rule=f"fee.contract.{side}", value=share, unit="ratio", day=day)
        for side, share in shares
    )
    proposed = Proposed("profile", "cn-national", text, day, "支付服务成本。")
    amendment = desk.run(stage.operator, propose_amendment, proposed)
    desk.run(person("second-operator", OPERATOR), approve_amendment, amendment)
    stage.executor.forget_law()
    desk.run(SYSTEM, found_operator, {"zh": "桥易运营"}, "91330000MA2HOUSE1X", "second")
    return lambda: clock.move(timedelta(days=9))


def charged(desk, contract):
    mine = Obligation.about == f"contract:{contract}", Obligation.kind == "fee"
    return {(one.payer_org, one.payer_person): one for one in rows(desk, Obligation, *mine)}


def test_no_market_charges_before_it_says_so(desk, drain):
    contract = desk.signed(**FIXED)
    drain()
    assert charged(desk, contract) == {}


def test_each_side_owes_its_share_to_the_operator_once(desk, drain, charging):
    charging()
    contract = desk.signed(**FIXED)
    drain()
    found = charged(desk, contract)
    seller, buyer = found["institute", None], found["firm", "buyer"]
    assert (seller.amount, buyer.amount) == (100_000, 50_000)
    assert seller.payee_org == buyer.payee_org == operator_house(desk)
    assert seller.due_on == today(desk) + timedelta(days=30)
    again = partial(desk.run, SYSTEM, raise_fees, contract)
    assert race(again, again) == ["done", "done"]
    assert len(charged(desk, contract)) == 2


def test_a_deal_that_began_before_pays_nothing(desk, drain, charging):
    contract = desk.ready(**FIXED)
    charging()
    desk.stage.executor.forget_law()
    officer, buyer = desk.stage.officer, desk.stage.buyer
    desk.run(buyer, confirm_copy, contract, desk.hand_in(contract, officer))
    desk.run(officer, confirm_copy, contract, desk.hand_in(contract, buyer))
    drain()
    assert charged(desk, contract) == {}


def operator_house(desk) -> str:
    (house,) = rows(desk, Organisation, Organisation.kind == "operator")
    return house.id
