"""Whom contracts and registrations tell: whoever has to act, and never who just did."""

from __future__ import annotations

from sqlalchemy import select

from contracts.actions.confirm_copy import confirm_copy
from contracts.actions.return_copy import return_copy
from contracts.registration.actions.hand_in_registration import hand_in_registration
from contracts.registration.actions.register_contract import register_contract
from contracts.registration.actions.return_registration import return_registration
from contracts.registration.actions.save_registration_form import save_registration_form
from notifications.models import Message
from tests.contracts.registration.test_registration import FIXED, NUMBER, filled, only, today


def told(desk, topic: str) -> set[str]:
    with desk.stage.executor.database.read() as session:
        return set(session.scalars(select(Message.person).where(Message.topic == topic)))


def test_each_step_is_told_to_those_who_act_next(desk, drain):
    officer, second, buyer = desk.stage.officer, desk.stage.second, desk.stage.buyer
    contract = desk.ready(**FIXED)
    drain()
    assert told(desk, "contract.ready") == {"second", "buyer"}
    sold = desk.hand_in(contract, officer)
    drain()
    assert told(desk, "contract.handed_in") == {"buyer"}
    desk.run(buyer, return_copy, contract, sold, "缺页")
    drain()
    assert told(desk, "contract.returned") == {"officer", "second"}
    desk.run(buyer, confirm_copy, contract, desk.hand_in(contract, second))
    desk.run(officer, confirm_copy, contract, desk.hand_in(contract, buyer))
    drain()
    assert told(desk, "contract.signed") == {"officer", "second", "buyer"}
    id = only(desk).id
    desk.run(officer, save_registration_form, id, filled(desk, id), 1)
    desk.run(officer, hand_in_registration, id, 2)
    drain()
    assert told(desk, "contract_registration.handed_in") == {"second", "buyer"}
    desk.run(officer, return_registration, id, "缺页")
    drain()
    assert told(desk, "contract_registration.returned") == {"second"}
    desk.run(second, hand_in_registration, id, 2)
    desk.run(second, register_contract, id, NUMBER, today(desk))
    drain()
    assert told(desk, "contract_registration.registered") == {"officer", "buyer"}
