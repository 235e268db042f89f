"""From a signed contract to its certificate and back, on a real database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from contracts.certificate.actions.issue_certificate import issue_certificate
from contracts.certificate.actions.withdraw_certificate import withdraw_certificate
from contracts.certificate.content import Shown
from contracts.certificate.errors import (
    AlreadyCertified,
    CertificateMovedOn,
    NotSignedWhole,
    TakesPart,
)
from contracts.certificate.models import TradeCertificate
from contracts.certificate.queries import is_genuine
from core.actor import Seat
from core.audit import public_key, signing_key
from core.errors import Invalid, NotFound
from core.models import Audit
from core.money import Money
from core.verify import canonical
from deals.models import Deal
from reporting.diligence.course import course
from tests.contracts.registration.test_registration import FIXED
from tests.contracts.test_told import told


def certificates(desk) -> list[TradeCertificate]:
    with desk.stage.executor.database.read() as session:
        return list(session.scalars(select(TradeCertificate).order_by(TradeCertificate.at)))


def issue(desk, contract: str, *, amount: bool = False) -> str:
    return desk.run(desk.stage.operator, issue_certificate, contract, amount)


def key(desk) -> str:
    return public_key(signing_key(desk.stage.executor.ports.secret))


def genuine(desk, id: str) -> bool:
    with desk.stage.executor.database.read() as session:
        return is_genuine(session, session.get_one(TradeCertificate, id), key(desk))


def test_a_signed_contract_is_certified_once(desk, drain):
    contract = desk.signed(**FIXED)
    id = issue(desk, contract)
    (row,) = certificates(desk)
    shown = Shown.load(row.shown)
    assert (shown.title, shown.contract_number) == ("散热膜", desk.contract(contract).number)
    assert shown.how["zh"] == "双方协商议定价格。"
    assert shown.notice is not None
    assert shown.amount is None
    assert row.digest == desk.contract(contract).digest
    assert genuine(desk, id)
    with pytest.raises(AlreadyCertified):
        issue(desk, contract)
    drain()
    assert told(desk, "contract.certified") == {"officer", "second", "buyer"}


def test_it_names_an_entry_of_the_deals_own_chain(desk):
    contract = desk.signed(**FIXED)
    issue(desk, contract)
    (row,) = certificates(desk)
    with desk.stage.executor.database.read() as session:
        stream = session.get_one(Deal, desk.contract(contract).deal).stream
        entry = select(Audit.hash).where(Audit.stream == stream, Audit.seq == row.entry)
        assert session.scalar(entry) == row.course


def test_the_amount_is_shown_where_both_agreed(desk):
    contract = desk.signed(**FIXED)
    issue(desk, contract, amount=True)
    assert Shown.load(certificates(desk)[0].shown).amount == Money(10_000_000, "CNY")


def test_what_has_no_fixed_price_shows_no_amount(desk):
    contract = desk.signed(lump_sum=None, entry_fee=None, royalty=500, royalty_base="net_sales")
    with pytest.raises(Invalid) as wrong:
        issue(desk, contract, amount=True)
    assert set(wrong.value.problems) == {"amount"}
    assert certificates(desk) == []


@pytest.mark.parametrize("scene", ["open", "ready"])
def test_what_is_not_signed_whole_is_not_certified(desk, scene):
    contract = getattr(desk, scene)()
    with pytest.raises(NotSignedWhole):
        issue(desk, contract)


def test_a_withdrawn_one_stays_so_and_another_may_follow(desk, drain):
    contract, operator = desk.signed(**FIXED), desk.stage.operator
    first = issue(desk, contract)
    with pytest.raises(Invalid):
        desk.run(operator, withdraw_certificate, contract, first, " ")
    desk.run(operator, withdraw_certificate, contract, first, "名称有误")
    with pytest.raises(CertificateMovedOn):
        desk.run(operator, withdraw_certificate, contract, first, "再撤")
    drain()
    assert told(desk, "contract.certificate_withdrawn") == {"officer", "second", "buyer"}
    issue(desk, contract)
    old, new = certificates(desk)
    assert (old.state, old.reason, new.state) == ("withdrawn", "名称有误", "issued")
    assert old.number != new.number


@pytest.mark.parametrize("who", ["officer", "buyer", "scholar", "stranger"])
def test_only_an_operator_certifies(desk, who):
    contract = desk.signed(**FIXED)
    with pytest.raises(NotFound):
        desk.run(getattr(desk.stage, who), issue_certificate, contract, False)
    id = issue(desk, contract)
    with pytest.raises(NotFound):
        desk.run(getattr(desk.stage, who), withdraw_certificate, contract, id, "原因")


def test_an_operator_with_a_part_in_the_deal_does_not(desk):
    contract, operator = desk.signed(**FIXED), desk.stage.operator
    seats = (*operator.seats, Seat("institute", "institute", frozenset({"tto_officer"})))
    with pytest.raises(TakesPart):
        desk.run(replace(operator, seats=seats), issue_certificate, contract, False)


@pytest.mark.parametrize(
    ("column", "value"),
    [("shown", {"buyer": "另一家公司"}), ("course", "0" * 64), ("signature", "AAAA")],
)
def test_a_row_that_was_tampered_with_is_found(desk, column, value):
    id = issue(desk, desk.signed(**FIXED))
    with desk.stage.executor.database.write() as session:
        row = session.get_one(TradeCertificate, id)
        setattr(row, column, row.shown | value if column == "shown" else value)
        session.commit()
    assert not genuine(desk, id)


def test_the_owners_diligence_file_holds_it_and_the_entry_that_it_names(desk):
    contract = desk.signed(**FIXED)
    issue(desk, contract)
    (row,) = certificates(desk)
    with desk.stage.executor.database.read() as session:
        deal = session.get_one(Deal, desk.contract(contract).deal)
        held = course(session, deal.id, "zh")
    (kept,) = held["contracts"][0]["certificates"]
    assert kept["number"] == row.number
    assert held["chains"][deal.stream][row.entry - 1]["hash"] == row.course
    assert row.number.encode() in canonical(held)
