"""Two at once on one registration: one outcome each, on every database."""

from __future__ import annotations

from functools import partial

from sqlalchemy import func, select

from contracts.registration.actions.hand_in_registration import hand_in_registration
from contracts.registration.actions.open_registration import open_registration
from contracts.registration.actions.register_contract import register_contract
from contracts.registration.actions.return_registration import return_registration
from contracts.registration.actions.save_registration_form import save_registration_form
from contracts.registration.models import ContractRegistration
from core.actor import SYSTEM
from deals.models import DealStep
from tests.contracts.registration.test_registration import FIXED, NUMBER, filled, only, today
from tests.racing import race


def test_two_colleagues_and_the_market(desk):
    run, stage, contract = desk.run, desk.stage, desk.signed(**FIXED)
    ends = race(
        partial(run, SYSTEM, open_registration, contract),
        partial(run, stage.officer, open_registration, contract),
    )
    assert ends == ["done", "done"]
    id = only(desk).id
    run(stage.officer, save_registration_form, id, filled(desk, id), 1)
    ends = race(
        partial(run, stage.officer, hand_in_registration, id, 2),
        partial(run, stage.second, hand_in_registration, id, 2),
    )
    assert sorted(ends) == ["contract_registration_moved_on", "done"]
    ends = race(
        partial(run, stage.officer, register_contract, id, NUMBER, today(desk)),
        partial(run, stage.second, return_registration, id, "缺页"),
    )
    assert sorted(ends) == ["contract_registration_moved_on", "done"]
    registered = only(desk).state == "registered"
    with stage.executor.database.read() as session:
        steps = select(func.count()).where(DealStep.act == "register")
        assert session.scalar(steps) == int(registered)


def test_one_number_for_two_contracts_at_once(desk, drain):
    run, stage = desk.run, desk.stage
    for _ in range(2):
        desk.signed(way="ordinary", **FIXED)
    drain()
    with stage.executor.database.read() as session:
        ids = list(session.scalars(select(ContractRegistration.id)))
    for id in ids:
        run(stage.officer, save_registration_form, id, filled(desk, id), 1)
        run(stage.officer, hand_in_registration, id, 2)
    ends = race(
        *(partial(run, stage.officer, register_contract, id, NUMBER, today(desk)) for id in ids)
    )
    assert sorted(ends) == ["done", "registration_number_taken"]
