"""From a confirmed price to a concluded contract, on a real database."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from contracts.actions.abandon_contract import abandon_contract
from contracts.actions.confirm_copy import confirm_copy
from contracts.actions.freeze_contract import freeze_contract
from contracts.actions.open_contract import open_contract
from contracts.actions.reopen_contract import reopen_contract
from contracts.actions.return_copy import return_copy
from contracts.actions.save_draft import save_draft
from contracts.errors import (
    ContractMovedOn,
    CopyIsOwn,
    DealNotConfirmed,
    DraftMovedOn,
    NoCopyWaits,
)
from contracts.models import Contract, ContractVersion
from contracts.states import CONTRACT, ContractAct, ContractState, acts_from, after
from core.errors import Forbidden, Invalid, NotFound
from core.models import Outbox
from deals.actions.accept_offer import accept_offer
from deals.actions.walk_away import walk_away
from deals.errors import WayTaken
from deals.models import AssetClaim, DealStep
from listings.models import Right
from tests.contracts.conftest import copy, draft


def rows(desk, model, *where) -> list:
    with desk.stage.executor.database.read() as session:
        return list(session.scalars(select(model).where(*where)))


@pytest.mark.parametrize("state", list(ContractState))
@pytest.mark.parametrize("act", list(ContractAct))
def test_every_cell_of_the_table(state, act):
    if (state, act) in CONTRACT:
        assert after(state, act) == CONTRACT[state, act]
        assert act in acts_from(state)
    else:
        with pytest.raises(ContractMovedOn):
            after(state, act)


def test_a_contract_begins_with_what_the_deal_carries_over(desk):
    contract = desk.open(way="exclusive", milestones="样品达标")
    (first,) = rows(desk, ContractVersion, ContractVersion.contract == contract)
    assert (first.version, first.side) == (1, "seller")
    assert first.content["kind"] == "licence_contract"
    assert (first.content["project"], first.content["acceptance"]) == ("散热膜", "样品达标")
    assert desk.contract(contract).number.startswith("2026")


def test_none_before_the_price_stands_and_one_at_a_time(desk):
    talks = desk.stage.open(way="ordinary")
    with pytest.raises(DealNotConfirmed):
        desk.run(desk.stage.officer, open_contract, talks)
    contract = desk.open(way="ordinary")
    deal = desk.contract(contract).deal
    with pytest.raises(DealNotConfirmed):
        desk.run(desk.stage.buyer, open_contract, deal)
    desk.run(desk.stage.buyer, abandon_contract, contract)
    assert desk.run(desk.stage.buyer, open_contract, deal) != contract


def test_each_saved_state_is_a_version_of_its_side(desk):
    contract, stage = desk.open(), desk.stage
    desk.run(stage.officer, save_draft, contract, draft(), 1)
    desk.run(stage.buyer, save_draft, contract, draft(plan="在深圳交付。"), 2)
    desk.run(stage.buyer, save_draft, contract, draft(plan="在深圳交付。"), 3)
    found = rows(desk, ContractVersion, ContractVersion.contract == contract)
    assert [(one.version, one.side) for one in found] == [
        (1, "seller"),
        (2, "seller"),
        (3, "buyer"),
    ]
    with pytest.raises(DraftMovedOn):
        desk.run(stage.officer, save_draft, contract, draft(scope="别的"), 2)
    with pytest.raises(Invalid) as wrong:
        desk.run(stage.officer, save_draft, contract, draft(kind="sale"), 3)
    assert list(wrong.value.problems) == ["kind"]


def test_strangers_know_nothing_and_overseers_change_nothing(desk):
    contract, stage = desk.open(), desk.stage
    with pytest.raises(NotFound):
        desk.run(stage.stranger, save_draft, contract, draft(), 1)
    with pytest.raises(Forbidden):
        desk.run(stage.operator, save_draft, contract, draft(), 1)


def test_what_the_law_stops_is_not_frozen(desk):
    contract, stage = desk.open(), desk.stage
    with pytest.raises(Invalid):
        desk.run(stage.officer, freeze_contract, contract, 1, {})
    desk.run(stage.officer, save_draft, contract, draft(restrictions=("no_challenge",)), 1)
    with pytest.raises(Invalid) as stopped:
        desk.run(
            stage.officer, freeze_contract, contract, 2, {"void_clause:no_challenge": "双方同意"}
        )
    assert [one.code for one in stopped.value.problems[""]] == ["void_clause"]
    assert desk.contract(contract).state == "drafting"


def test_a_warning_is_passed_with_a_reason_that_is_kept(desk):
    contract, stage = desk.open(), desk.stage
    said = draft(scope="被许可方不得对专利有效性提出异议。")
    desk.run(stage.officer, save_draft, contract, said, 1)
    key = "reads_void:scope.no_challenge"
    with pytest.raises(Invalid):
        desk.run(stage.officer, freeze_contract, contract, 2, {})
    desk.run(stage.officer, freeze_contract, contract, 2, {key: "仅为转述法律条文"})
    kept = desk.contract(contract).reasons[key]
    assert (kept["rule"], kept["reason"]) == ("contract.void.no_challenge", "仅为转述法律条文")
    assert kept["profile"] == stage.deal(desk.contract(contract).deal).profile


def test_a_royalty_without_a_right_to_audit_is_frozen_with_a_reason(desk):
    contract, stage = desk.open(audit=""), desk.stage
    desk.run(stage.officer, save_draft, contract, draft(), 1)
    with pytest.raises(Invalid) as asked:
        desk.run(stage.officer, freeze_contract, contract, 2, {"audit_missing": " 无 "})
    assert [one.code for one in asked.value.problems[""]] == ["audit_missing"]
    why = "买方每季寄送经会计师签章的销售清单"
    desk.run(stage.officer, freeze_contract, contract, 2, {"audit_missing": why})
    kept = desk.contract(contract).reasons["audit_missing"]
    assert (kept["rule"], kept["reason"]) == ("contract.royalty.audit", why)


def test_a_frozen_text_is_opened_again_and_its_copies_count_for_nothing(desk):
    contract, stage = desk.ready(), desk.stage
    digest = desk.contract(contract).digest
    with pytest.raises(ContractMovedOn):
        desk.run(stage.officer, save_draft, contract, draft(plan="改"), 2)
    first = desk.hand_in(contract, stage.officer)
    desk.run(stage.buyer, confirm_copy, contract, first)
    desk.run(stage.buyer, reopen_contract, contract)
    assert [one.state for one in desk.copies(contract)] == ["set_aside"]
    desk.run(stage.buyer, save_draft, contract, draft(plan="在深圳交付。"), 2)
    desk.run(stage.buyer, freeze_contract, contract, 3, {})
    assert desk.contract(contract).digest not in {None, digest}
    with pytest.raises(NoCopyWaits):
        desk.run(stage.buyer, confirm_copy, contract, first)


def test_signing_by_both_writes_the_register_and_uses_up_the_claim(desk):
    contract, stage = desk.ready(), desk.stage
    deal = desk.contract(contract).deal
    mine = desk.hand_in(contract, stage.officer)
    for own in (stage.officer, stage.second):
        with pytest.raises(CopyIsOwn):
            desk.run(own, confirm_copy, contract, mine)
    desk.run(stage.buyer, confirm_copy, contract, mine)
    assert (desk.contract(contract).state, rows(desk, Right)) == ("ready", [])
    desk.run(stage.second, confirm_copy, contract, desk.hand_in(contract, stage.buyer))
    row = desk.contract(contract)
    assert row.state == "signed"
    assert row.signed_at is not None
    assert stage.deal(deal).state == "contracted"
    (right,) = rows(desk, Right)
    assert (right.asset, right.way, right.holder, right.source) == (
        "asset", "exclusive", "firm", f"deal:{deal}",
    )  # fmt: skip
    assert rows(desk, AssetClaim) == []
    (step,) = rows(desk, DealStep, DealStep.act == "conclude")
    assert step.evidence["digest"] == row.digest
    told = {one.topic for one in rows(desk, Outbox, Outbox.ref == f"contract:{contract}")}
    assert {"contract.ready", "contract.signed"} <= told


def test_what_was_granted_can_no_longer_be_had(desk):
    first, second = desk.open(way="ordinary"), desk.confirmed(way="ordinary")
    desk.run(desk.stage.officer, save_draft, first, draft(), 1)
    desk.run(desk.stage.officer, freeze_contract, first, 2, {})
    officer, buyer = desk.stage.officer, desk.stage.buyer
    desk.run(buyer, confirm_copy, first, desk.hand_in(first, officer))
    desk.run(officer, confirm_copy, first, desk.hand_in(first, buyer))
    assert [right.way for right in rows(desk, Right)] == ["ordinary"]
    assert [claim.deal for claim in rows(desk, AssetClaim)] == [second]


def test_a_seal_of_another_is_refused_and_a_bad_copy_goes_back(desk):
    contract, stage = desk.ready(), desk.stage
    with pytest.raises(Invalid) as wrong:
        desk.hand_in(contract, stage.officer, seal_name="别家大学", pages=0, originals="")
    assert sorted(wrong.value.problems) == ["originals", "pages", "seal_name"]
    sent = desk.hand_in(contract, stage.officer, seal_name="institute 甲")
    desk.run(stage.buyer, return_copy, contract, sent, "第三页没有骑缝章")
    assert [(one.state, one.note) for one in desk.copies(contract)] == [
        ("returned", "第三页没有骑缝章")
    ]
    again = desk.hand_in(contract, stage.second)
    desk.run(stage.buyer, confirm_copy, contract, again)
    assert desk.hand_in(contract, stage.officer) == again  # a confirmed copy stays


def test_a_deal_that_ends_takes_its_contract_along(desk, drain):
    contract = desk.ready()
    desk.run(desk.stage.buyer, walk_away, desk.contract(contract).deal, "price")
    drain()
    assert rows(desk, Contract, Contract.id == contract)[0].state == "abandoned"
    with pytest.raises(ContractMovedOn):
        desk.hand_in(contract, desk.stage.officer)


def test_copies_name_who_signed(desk):
    contract = desk.signed()
    found = {one.side: one for one in desk.copies(contract)}
    assert {side: one.signatory for side, one in found.items()} == {
        "seller": copy(desk.stage.officer).signatory,
        "buyer": copy(desk.stage.buyer).signatory,
    }
    assert {one.checked_by for one in found.values()} == {"officer", "buyer"}


def test_two_exclusive_licences_of_places_apart_are_signed(desk):
    """The whole way of both, agreed before either is signed; each enters its own place."""
    deals, contracts = [], []
    for place in ("CN-33", "DE"):
        deal = desk.stage.open(way="exclusive")
        version = desk.stage.offer(deal, desk.stage.officer, valid_until=None, territory=place)
        desk.run(desk.stage.buyer, accept_offer, deal, version)
        deals.append(deal)
    for deal in deals:
        desk.pass_notice(deal)
    for deal in deals:
        contract = desk.run(desk.stage.officer, open_contract, deal)
        desk.run(desk.stage.officer, save_draft, contract, draft(), 1)
        desk.run(desk.stage.officer, freeze_contract, contract, 2, {})
        contracts.append(contract)
    for contract in contracts:
        desk.sign(contract)
    held = {(row.source, row.territory) for row in rows(desk, Right, Right.way == "exclusive")}
    assert held == {(f"deal:{deals[0]}", "CN-33"), (f"deal:{deals[1]}", "DE")}
    assert rows(desk, AssetClaim) == []
    late = desk.stage.open(way="exclusive")
    for place in ("", "CN", "DE, FR"):
        with pytest.raises(WayTaken):
            desk.stage.offer(late, desk.stage.officer, territory=place)
