"""Two at once: one outcome each, on every database. `QIAOYI_RACES` sets the rounds."""

from __future__ import annotations

from functools import partial

from sqlalchemy import func, select

from contracts.actions.abandon_contract import abandon_contract
from contracts.actions.confirm_copy import confirm_copy
from contracts.actions.freeze_contract import freeze_contract
from contracts.actions.open_contract import open_contract
from contracts.actions.reopen_contract import reopen_contract
from contracts.actions.save_draft import save_draft
from contracts.models import Contract, ContractVersion
from deals.actions.walk_away import walk_away
from deals.models import AssetClaim, DealStep
from listings.models import Right
from tests.contracts.conftest import draft
from tests.racing import ROUNDS, race

ROUNDS_HERE = max(1, ROUNDS // 20)


def count(desk, model, *where) -> int:
    with desk.stage.executor.database.read() as session:
        return session.scalar(select(func.count()).select_from(model).where(*where))


def ready(desk) -> tuple[str, str, str]:
    """A frozen contract and the two copies that wait."""
    contract = desk.ready(way="ordinary")
    officer, buyer = desk.stage.officer, desk.stage.buyer
    return contract, desk.hand_in(contract, officer), desk.hand_in(contract, buyer)


def concluded(desk, contract: str) -> bool:
    deal = desk.contract(contract).deal
    steps = count(desk, DealStep, DealStep.deal == deal, DealStep.act == "conclude")
    rights = count(desk, Right, Right.source == f"deal:{deal}")
    claims = count(desk, AssetClaim, AssetClaim.deal == deal)
    signed = desk.contract(contract).state == "signed"
    assert (steps, rights) == (int(signed), int(signed))
    assert not (signed and claims)
    return signed


def test_both_sides_confirm_at_once(desk):
    run, officer, buyer = desk.run, desk.stage.officer, desk.stage.buyer
    for _ in range(ROUNDS_HERE):
        contract, sold, bought = ready(desk)
        ends = race(
            partial(run, buyer, confirm_copy, contract, sold),
            partial(run, officer, confirm_copy, contract, bought),
        )
        assert ends == ["done", "done"]
        assert concluded(desk, contract)


def test_two_of_one_side_confirm_the_same_copy(desk):
    run, stage = desk.run, desk.stage
    for _ in range(ROUNDS_HERE):
        contract, sold, bought = ready(desk)
        run(stage.buyer, confirm_copy, contract, sold)
        ends = race(
            partial(run, stage.officer, confirm_copy, contract, bought),
            partial(run, stage.second, confirm_copy, contract, bought),
        )
        assert ends.count("done") == 1
        assert set(ends) <= {"done", "no_copy_waits", "contract_moved_on"}
        assert concluded(desk, contract)


def test_the_last_confirmation_against_opening_again_and_leaving(desk):
    run, stage = desk.run, desk.stage
    for _ in range(ROUNDS_HERE):
        contract, sold, bought = ready(desk)
        run(stage.buyer, confirm_copy, contract, sold)
        ends = race(
            partial(run, stage.officer, confirm_copy, contract, bought),
            partial(run, stage.buyer, reopen_contract, contract),
            partial(run, stage.buyer, walk_away, desk.contract(contract).deal, "price"),
        )
        assert concluded(desk, contract) == (ends[0] == "done")
        if ends[0] == "done":
            assert ends[1:] == ["contract_moved_on", "wrong_state_of_deal"]


def test_one_contract_and_one_next_version(desk):
    run, stage = desk.run, desk.stage
    for _ in range(ROUNDS_HERE):
        deal = desk.confirmed(way="ordinary")
        ends = race(
            partial(run, stage.officer, open_contract, deal),
            partial(run, stage.buyer, open_contract, deal),
        )
        assert sorted(ends) == ["deal_not_confirmed", "done"]
        with stage.executor.database.read() as session:
            contract = session.scalars(select(Contract.id).where(Contract.deal == deal)).one()
        ends = race(
            partial(run, stage.officer, save_draft, contract, draft(plan="甲地"), 1),
            partial(run, stage.buyer, save_draft, contract, draft(plan="乙地"), 1),
        )
        assert sorted(ends) == ["done", "draft_moved_on"]
        assert count(desk, ContractVersion, ContractVersion.contract == contract) == 2
        ends = race(
            partial(run, stage.officer, freeze_contract, contract, 2, {}),
            partial(run, stage.buyer, abandon_contract, contract),
        )
        assert ends[1] == "done"
        assert desk.contract(contract).state == "abandoned"
