"""A trial from its terms to what it becomes: taken up, given up, or over on its last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from contracts.actions.open_contract import open_contract
from contracts.drawing_up import first_draft
from contracts.lint import findings
from contracts.matter import Matter
from contracts.sheet import sheet
from core.actor import SYSTEM
from deals.actions.accept_offer import accept_offer
from deals.actions.begin_trial import begin_trial
from deals.actions.make_offer import make_offer
from deals.actions.settle_deal import settle_deal
from deals.actions.walk_away import walk_away
from deals.errors import OtherSideActs, WayTaken, WrongDealState
from deals.models import AssetClaim, Deal, DealStep, Offer
from deals.offers import Stage, Terms, problems
from deals.wording import term_value
from listings.models import Right
from tests.contracts.conftest import draft
from tests.deals.conftest import terms
from tests.deals.open_licence.conftest import TODAY, law
from tests.deals.test_races import race

__all__ = ["law"]
ENDS = date(2027, 6, 30)
TRIAL = {"way": "trial_licence", "entry_fee": None, "royalty": None, "royalty_base": "",
         "until": ENDS, "converts_to": "ordinary", "conversion_price": 30_000_000,
         "metrics": "三个月内良率不低于百分之九十五。", "valid_until": None}  # fmt: skip
JOINT = {"way": "joint_development", "entry_fee": None, "royalty": None, "royalty_base": "",
         "seller_brings": "两名研究员与中试设备。", "buyer_brings": "八十万元与产线。",
         "results_belong": "joint", "seller_share": 4000, "failure": "shared",
         "stages": (Stage("样机", date(2027, 5, 31), "热导率达标。"),
                    Stage("小批量", date(2027, 12, 31), "良率不低于百分之九十。")),
         "valid_until": None}  # fmt: skip
FIRST, LAST = JOINT["stages"]


def rows(desk, model, *where) -> list:
    with desk.stage.executor.database.read() as session:
        return list(session.scalars(select(model).where(*where)))


def begun(desk, drain, **more: object) -> Deal:
    """The deal in which the trial can be taken up."""
    desk.signed(**(TRIAL | more))
    drain()
    return rows(desk, Deal, Deal.mode == "trial_conversion")[0]


@pytest.mark.parametrize(
    ("base", "more", "wrong"),
    [
        (TRIAL, {}, set()),
        (TRIAL, {"lump_sum": 100}, set()),
        (TRIAL, {"converts_to": ""}, {"converts_to"}),
        (TRIAL, {"converts_to": "exclusive"}, {"converts_to"}),
        (TRIAL, {"converts_to": "assignment"}, set()),
        (TRIAL, {"conversion_price": None}, {"conversion_price"}),
        (TRIAL, {"conversion_price": 0}, {"conversion_price"}),
        (TRIAL, {"metrics": " "}, {"metrics"}),
        (TRIAL, {"until": None}, {"until"}),
        (TRIAL, {"way": "ordinary", "lump_sum": 1}, {"converts_to", "conversion_price", "metrics"}),
        (JOINT, {}, set()),
        (JOINT, {"seller_brings": ""}, {"seller_brings"}),
        (JOINT, {"buyer_brings": ""}, {"buyer_brings"}),
        (JOINT, {"results_belong": ""}, {"results_belong", "seller_share"}),
        (JOINT, {"seller_share": None}, {"seller_share"}),
        (JOINT, {"seller_share": 10_000}, {"seller_share"}),
        (JOINT, {"results_belong": "buyer"}, {"seller_share"}),
        (JOINT, {"results_belong": "buyer", "seller_share": None}, set()),
        (JOINT, {"failure": "nobody"}, {"failure"}),
        (JOINT, {"stages": ()}, {"stages"}),
        (JOINT, {"milestones": "每季度通报一次。"}, set()),
        (JOINT, {"stages": (LAST, FIRST)}, {"stages"}),
        (JOINT, {"stages": (FIRST,) * 6}, set()),
        (JOINT, {"stages": (FIRST,) * 7}, {"stages"}),
        (JOINT, {"stages": (replace(FIRST, what=" "),)}, {"stages"}),
        (JOINT, {"stages": (replace(FIRST, criterion=""),)}, {"stages"}),
        (JOINT, {"stages": (replace(FIRST, criterion="长" * 501),)}, {"stages"}),
        (JOINT, {"stages": (replace(FIRST, by=TODAY),)}, {"stages"}),
        (JOINT, {"until": LAST.by}, set()),
        (JOINT, {"until": FIRST.by}, {"stages"}),
        (JOINT, {"way": "ordinary", "lump_sum": 1},
         {"seller_brings", "buyer_brings", "results_belong", "seller_share", "failure",
          "stages"}),
    ],
)  # fmt: skip
def test_what_such_terms_must_say(base, more, wrong):
    assert set(problems(terms(**(base | more)), "CNY", TODAY)) == wrong


def test_what_the_contract_is_read_against(law):
    trial = Matter("散热膜", "甲", "乙", terms(**TRIAL))
    long = Matter("散热膜", "甲", "乙", terms(**(TRIAL | {"until": date(2028, 1, 1)})))
    joint = Matter("散热膜", "甲", "乙", terms(**JOINT))

    def codes(matter, **more):
        return {one.code for one in findings(matter, draft(**more), law, TODAY)}

    assert "trial_long" not in codes(trial)
    assert "trial_long" in codes(long)
    assert "not_development" in codes(joint)
    assert codes(joint, kind="development") & {
        "not_development", "stages_unsaid", "stage_past"} == set()  # fmt: skip
    before = Matter("散热膜", "甲", "乙", terms(**(JOINT | {"stages": (), "milestones": "样机"})))
    assert "stages_unsaid" in codes(before)
    late = findings(joint, draft(kind="development"), law, date(2027, 6, 1))
    assert [(one.about, one.params["what"]) for one in late if one.code == "stage_past"] == [
        ("1", "样机")]  # fmt: skip
    assert first_draft(trial).acceptance == TRIAL["metrics"]
    assert first_draft(joint).kind == "development"
    assert first_draft(joint).acceptance.splitlines() == [
        "1. 样机 · 2027-05-31 · 热导率达标。",
        "2. 小批量 · 2027-12-31 · 良率不低于百分之九十。",
    ]
    assert first_draft(before).acceptance == "样机"


def test_milestones_are_kept_and_printed():
    joint, plain = terms(**JOINT), terms(**(JOINT | {"stages": (), "milestones": "样机"}))
    assert Terms.load(joint.dump()) == joint
    assert "stages" not in plain.dump()  # what was signed before keeps its hash
    zh = term_value("stages", joint.stages, "CNY", "zh")
    en = term_value("stages", joint.stages, "CNY", "en")
    first, last = zh.split("；")
    assert first == "1. 样机，不晚于2027-05-31（周一）：热导率达标"
    assert last == "2. 小批量，不晚于2027-12-31（周五）：良率不低于百分之九十"
    assert en.startswith("1. 样机, by ")
    paper = sheet("1", "d" * 64, Matter("散热膜", "甲", "乙", joint), draft(), ["zh", "en"])
    assert zh in repr(paper)
    assert en in repr(paper)


def test_a_signed_trial_holds_what_it_can_become(desk, drain):
    deal = begun(desk, drain)
    assert (deal.state, deal.follows is not None, deal.buyer_org) == ("trial", True, "firm")
    (offer,) = rows(desk, Offer, Offer.deal == deal.id)
    assert (offer.side, offer.terms["way"], offer.terms["lump_sum"], offer.valid_until) == (
        "seller", "ordinary", 30_000_000, ENDS,
    )  # fmt: skip
    assert [(one.deal, one.way) for one in rows(desk, AssetClaim)] == [(deal.id, "ordinary")]
    (right,) = rows(desk, Right)
    assert (right.way, right.holder, right.ends) == ("trial_licence", "firm", ENDS)
    desk.run(SYSTEM, begin_trial, deal.follows)
    assert len(rows(desk, Deal, Deal.mode == "trial_conversion")) == 1
    other = desk.stage.open(way="exclusive")
    with pytest.raises(WayTaken):
        desk.run(desk.stage.buyer, make_offer, other, terms(valid_until=None), None)


def test_taken_up_it_leads_to_the_contract_without_another_notice(desk, drain):
    deal = begun(desk, drain)
    for act in (accept_offer, walk_away):
        with pytest.raises(OtherSideActs):
            desk.run(desk.stage.officer, act, deal.id, 1 if act is accept_offer else "price")
    desk.run(desk.stage.buyer, accept_offer, deal.id, 1)
    row = desk.stage.deal(deal.id)
    assert (row.state, row.way, row.notice) == ("confirmed", "ordinary", None)
    assert desk.run(desk.stage.officer, open_contract, deal.id)


def test_reminded_then_over_on_its_last_day(desk, drain, clock):
    deal = begun(desk, drain)
    clock.set(desk.stage.deal(deal.id).due_at)
    drain()
    row = desk.stage.deal(deal.id)
    assert row.state == "ending"
    assert row.due_at.date() - clock.now.date() == timedelta(30)
    clock.set(row.due_at - timedelta(microseconds=1))
    drain()
    assert desk.stage.deal(deal.id).state == "ending"
    clock.set(row.due_at)
    drain()
    assert desk.stage.deal(deal.id).state == "lapsed"
    assert rows(desk, AssetClaim) == []
    with pytest.raises(WrongDealState):
        desk.run(desk.stage.buyer, accept_offer, deal.id, 1)


def test_the_firm_gives_it_up(desk, drain):
    deal = begun(desk, drain)
    desk.run(desk.stage.buyer, walk_away, deal.id, "technology")
    assert (desk.stage.deal(deal.id).state, rows(desk, AssetClaim)) == ("withdrawn", [])


def test_taking_up_races_with_giving_up_and_with_the_end(desk, drain, clock):
    run, buyer = desk.stage.executor.run, desk.stage.buyer
    deal = begun(desk, drain)
    ends = race(
        partial(run, buyer, accept_offer, deal.id, 1),
        partial(run, buyer, walk_away, deal.id, "price"),
        partial(run, SYSTEM, begin_trial, deal.follows),
        partial(run, SYSTEM, settle_deal, deal.id),
    )
    assert ends[2:] == ["done", "done"]
    assert sorted(ends[:2]) in (["done", "done"], ["done", "wrong_state_of_deal"])
    state = desk.stage.deal(deal.id).state
    assert state in {"confirmed", "withdrawn"}
    assert len(rows(desk, AssetClaim)) == (state == "confirmed")
    assert len(rows(desk, DealStep, DealStep.deal == deal.id, DealStep.act == "begin")) == 1
