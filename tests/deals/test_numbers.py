"""Numbers of contracts, deals and notices: by the pinned rules, once, and never twice the same."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from contracts.actions.abandon_contract import abandon_contract
from contracts.actions.open_contract import open_contract
from contracts.models import Contract
from core.actor import SYSTEM
from core.facts import Fact
from core.results import Done
from deals.models import Deal, PublicNotice
from deals.numbers import give_numbers
from governance.actions.approve_amendment import approve_amendment
from governance.actions.propose_amendment import propose_amendment
from governance.amending import Proposed
from tests.contracts.conftest import desk as desk
from tests.contracts.registration.test_registration import FIXED, today
from tests.contracts.test_fees import HEAD, RULE
from tests.contracts.test_price import rows
from tests.deals.conftest import OPERATOR, person
from tests.racing import race


@pytest.fixture
def running(desk, clock):
    """From nine days on contracts, deals and notices bear running numbers."""
    day = today(desk) + timedelta(days=8)
    kinds = (("contract", "HT-{year}-{n:4}"), ("deal", "JY{n}"), ("notice", "GS-{year}-{n:3}"))
    text = HEAD + "".join(
        RULE.format(rule=f"numbering.{kind}", value=f'"{pattern}"', unit="code", day=day)
        for kind, pattern in kinds
    )
    proposed = Proposed("profile", "cn-national", text, day, "便于归档。")
    amendment = desk.run(desk.stage.operator, propose_amendment, proposed)
    desk.run(person("second-operator", OPERATOR), approve_amendment, amendment)
    desk.stage.executor.forget_law()
    return lambda: clock.move(timedelta(days=9))


def again(uow, *deals) -> Done:
    give_numbers(uow, [Fact("deal.opened", f"deal:{deal}") for deal in deals])
    return Done()


def number_of(desk, deal) -> str | None:
    with desk.stage.executor.database.read() as session:
        return session.scalar(select(Deal.number).where(Deal.id == deal))


def test_as_shipped_no_number_tells_how_many_there_are(desk, drain):
    contract = desk.open(**FIXED)
    drain()
    deal = desk.contract(contract).deal
    day = today(desk)
    assert desk.contract(contract).number == f"{day:%Y%m%d}-{contract[:8].upper()}"
    assert number_of(desk, deal).endswith(f"-{deal[:8].upper()}")
    (notice,) = rows(desk, PublicNotice)
    assert notice.number.endswith(f"-{notice.id[:8].upper()}")


def test_running_numbers_run_and_are_given_once(desk, drain, running):
    early = desk.stage.open()
    drain()
    running()
    contract = desk.open(**FIXED)
    drain()
    deal = desk.contract(contract).deal
    assert desk.contract(contract).number == f"HT-{today(desk).year}-0001"
    assert number_of(desk, deal) == "JY1"
    (notice,) = rows(desk, PublicNotice, PublicNotice.about == f"deal:{deal}")
    assert notice.number == f"GS-{notice.begins_at.year}-001"
    desk.run(SYSTEM, again, deal, early)
    assert number_of(desk, deal) == "JY1"
    assert not number_of(desk, early).startswith("JY"), "it began under the old rules"
    desk.run(desk.stage.officer, abandon_contract, contract)
    second = desk.run(desk.stage.officer, open_contract, deal)
    assert desk.contract(second).number == f"HT-{today(desk).year}-0002"


def test_two_at_once_get_two_numbers(desk, running):
    running()
    deals = [desk.stage.open(), desk.stage.open()]
    works = [partial(desk.run, SYSTEM, again, deal) for deal in deals]
    assert race(*works) == ["done", "done"]
    assert sorted(number_of(desk, deal) for deal in deals) == ["JY1", "JY2"]


def test_a_number_that_something_bears_already_is_passed_over(desk, drain, running):
    running()
    contract = desk.open(**FIXED)
    deal = desk.contract(contract).deal
    year = today(desk).year
    desk.run(desk.stage.officer, abandon_contract, contract)
    with desk.stage.executor.database.write() as session:
        number = f"HT-{year}-0002"
        session.connection().exec_driver_sql(f"UPDATE contract SET number = '{number}'")
        session.commit()
    second = desk.run(desk.stage.officer, open_contract, deal)
    assert desk.contract(second).number == f"HT-{year}-0003"
    assert len(rows(desk, Contract)) == 2
