"""From a signed contract to its number in the register, on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from contracts.registration.actions import open_registration as opening
from contracts.registration.actions.change_registration import change_registration
from contracts.registration.actions.hand_in_registration import hand_in_registration
from contracts.registration.actions.open_registration import open_registration
from contracts.registration.actions.register_contract import register_contract
from contracts.registration.actions.rescind_registration import rescind_registration
from contracts.registration.actions.return_registration import return_registration
from contracts.registration.actions.save_registration_form import save_registration_form
from contracts.registration.errors import (
    ContractNotSigned,
    ContractRegistrationMovedOn,
    FormMovedOn,
    NoRegistry,
    NumberTaken,
    OtherSideRegisters,
)
from contracts.registration.form import Form
from contracts.registration.models import (
    ContractRegistration,
    RegistrationStep,
    RegistrationVersion,
)
from core.errors import Forbidden, Invalid, NotFound
from core.times import legal_date
from notifications.models import Message

NUMBER = "2026330100001234"
FIXED = {"lump_sum": 10_000_000, "entry_fee": None, "royalty": None, "royalty_base": ""}


def rows(desk, model, *where) -> list:
    with desk.stage.executor.database.read() as session:
        return list(session.scalars(select(model).where(*where)))


def only(desk) -> ContractRegistration:
    (found,) = rows(desk, ContractRegistration)
    return found


def form(desk, registration: str) -> Form:
    with desk.stage.executor.database.read() as session:
        row = session.get_one(ContractRegistration, registration)
        return Form.load(session.get_one(RegistrationVersion, (registration, row.versions)).content)


def filled(desk, registration: str, **more: object) -> Form:
    known = form(desk, registration)
    said = {"field": "3", "plan": "none", "new_investment": 0, "new_output": 0}
    parties = {side: replace(getattr(known, side), region="330100") for side in ("seller", "buyer")}
    return replace(known, **(said | parties | more))


def begun(desk, drain) -> str:
    desk.signed(**FIXED)
    drain()
    return only(desk).id


def handed_in(desk, drain) -> str:
    id, officer = begun(desk, drain), desk.stage.officer
    desk.run(officer, save_registration_form, id, filled(desk, id), 1)
    return desk.run(officer, hand_in_registration, id, 2)


def registered(desk, drain) -> str:
    id = handed_in(desk, drain)
    return desk.run(desk.stage.officer, register_contract, id, NUMBER, today(desk))


def today(desk) -> date:
    executor = desk.stage.executor
    with executor.database.read() as session:
        return legal_date(executor.database.now(session), executor.ports.zone)


def told(desk) -> set[str]:
    return {one.topic for one in rows(desk, Message)}


def test_a_signed_contract_begins_its_registration_once(desk, drain):
    contract = desk.signed(**FIXED)
    drain()
    row = only(desk)
    assert (row.contract, row.side, row.state, row.versions) == (contract, "seller", "drafted", 1)
    assert desk.run(desk.stage.officer, open_registration, contract) == row.id
    begun_with = form(desk, row.id)
    assert begun_with.turnover == begun_with.tech_amount == 10_000_000
    assert (begun_with.seller.legal_type, begun_with.buyer.legal_type) == (
        "institution", "enterprise",
    )  # fmt: skip


def test_what_is_not_signed_is_not_registered(desk):
    with pytest.raises(ContractNotSigned):
        desk.run(desk.stage.officer, open_registration, desk.ready())


def test_where_no_law_asks_for_it_none_begins(desk, drain, monkeypatch):
    monkeypatch.setattr(opening, "REGISTERED_BY", "contract.unheard_of")
    contract = desk.signed(**FIXED)
    drain()
    assert rows(desk, ContractRegistration) == []
    with pytest.raises(NoRegistry):
        desk.run(desk.stage.officer, open_registration, contract)


def test_the_side_that_registers_acts_the_other_reads_nobody_else_knows(desk, drain):
    id = begun(desk, drain)
    for actor, refusal in (
        (desk.stage.buyer, OtherSideRegisters),
        (desk.stage.operator, Forbidden),
        (desk.stage.stranger, NotFound),
    ):
        with pytest.raises(refusal):
            desk.run(actor, save_registration_form, id, filled(desk, id), 1)


def test_the_course_of_a_registration(desk, drain):
    id, officer = begun(desk, drain), desk.stage.officer
    with pytest.raises(Invalid) as wrong:
        desk.run(officer, hand_in_registration, id, 1)
    assert {"field", "plan", "new_output"} <= set(wrong.value.problems)
    desk.run(officer, save_registration_form, id, filled(desk, id, turnover=5), 1)
    with pytest.raises(Invalid) as wrong:
        desk.run(officer, hand_in_registration, id, 2)
    assert "turnover" in wrong.value.problems
    desk.run(officer, save_registration_form, id, filled(desk, id, turnover=10_000_000), 2)
    with pytest.raises(FormMovedOn):
        desk.run(officer, save_registration_form, id, filled(desk, id), 2)
    desk.run(officer, hand_in_registration, id, 3)
    row = only(desk)
    assert (row.state, row.expected_on is not None) == ("handed_in", True)
    assert row.profile.startswith("cn-zhejiang@")
    with pytest.raises(Invalid):
        desk.run(officer, return_registration, id, " ")
    desk.run(officer, return_registration, id, "缺少代理人授权书")
    desk.run(officer, hand_in_registration, id, 3)
    with pytest.raises(Invalid):
        desk.run(officer, register_contract, id, "123", today(desk))
    desk.run(officer, register_contract, id, NUMBER, today(desk))
    row = only(desk)
    assert (row.state, row.number, row.registered_version) == ("registered", NUMBER, 3)
    assert row.due_at is None
    assert desk.stage.deal(row.deal).state == "registered"
    acts = [one.act for one in rows(desk, RegistrationStep)]
    assert acts == ["save", "save", "hand_in", "return", "hand_in", "register"]
    drain()
    assert {"contract_registration.returned", "contract_registration.registered"} <= told(desk)


def test_a_registered_contract_changes_and_is_rescinded(desk, drain):
    id, officer = registered(desk, drain), desk.stage.officer
    dearer = filled(desk, id, turnover=12_000_000, tech_amount=11_000_000)
    with pytest.raises(Invalid):
        desk.run(officer, change_registration, id, replace(dearer, field=""), 2, "补充协议")
    desk.run(officer, change_registration, id, dearer, 2, "补充协议增加了价款")
    assert only(desk).state == "changing"
    desk.run(officer, return_registration, id, "补充协议未盖章")
    row = only(desk)
    assert (row.state, row.registered_version, row.versions) == ("registered", 2, 3)
    desk.run(officer, change_registration, id, dearer, 3, "补充协议已盖章")
    desk.run(officer, register_contract, id, NUMBER, today(desk))
    assert only(desk).registered_version == 4
    desk.run(officer, rescind_registration, id, "双方协商解除")
    assert only(desk).state == "rescinded"
    with pytest.raises(ContractRegistrationMovedOn):
        desk.run(officer, change_registration, id, dearer, 4, "再改")
    assert desk.stage.deal(only(desk).deal).state == "registered"


def test_a_number_belongs_to_one_contract(desk, drain):
    desk.signed(way="ordinary", **FIXED)
    desk.signed(way="ordinary", **FIXED)
    drain()
    first, second = (one.id for one in rows(desk, ContractRegistration))
    officer = desk.stage.officer
    for id in (first, second):
        desk.run(officer, save_registration_form, id, filled(desk, id), 1)
        desk.run(officer, hand_in_registration, id, 2)
    desk.run(officer, register_contract, first, NUMBER, today(desk))
    with pytest.raises(NumberTaken):
        desk.run(officer, register_contract, second, NUMBER, today(desk))
    assert {one.state for one in rows(desk, ContractRegistration)} == {"registered", "handed_in"}


def test_time_reminds_the_side_that_registers_once(desk, drain, clock):
    begun(desk, drain)
    clock.set(only(desk).remind_at)
    drain()
    assert only(desk).reminded_at is not None
    drain()
    reminded = [one for one in rows(desk, Message) if one.topic.endswith(".reminded")]
    assert {one.person for one in reminded} <= {"officer", "second"}
    assert len(reminded) == len({one.person for one in reminded}) > 0


def test_no_answer_in_the_registrys_time_is_told(desk, drain, clock):
    handed_in(desk, drain)
    clock.set(only(desk).due_at)
    drain()
    assert only(desk).due_at is None
    drain()
    assert "contract_registration.unanswered" in told(desk)
