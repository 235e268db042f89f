"""Deposits of a round: asked, needed for a quote and an award, given back by its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import delete, select, update

from billing.actions.claim_payment import claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.actions.decide_forfeit import decide_forfeit
from billing.actions.propose_forfeit import propose_forfeit
from billing.errors import DepositMovedOn, ForfeitUnbacked
from billing.models import Deposit, Payout
from billing.rules import Claim
from billing.verifying import verify
from core.actor import SYSTEM
from core.errors import Invalid
from core.models import Timer
from core.times import legal_date
from deals.actions.walk_away import walk_away
from deals.engine.case import Case
from deals.models import DealStep
from deals.modes.open_listing import OPEN_LISTING
from deals.rounds.actions.leave_round import leave_round
from deals.rounds.actions.withdraw_round import withdraw_round
from deals.rounds.defaults import excuses, is_excused
from deals.rounds.errors import BrokeOffBefore, DepositMissing, RoundBegun
from deals.rounds.models import Round
from migrations import running
from tests.billing.conftest import PROOF
from tests.deals.conftest import WHEN
from tests.deals.rounds.conftest import FLOOR, suspend
from tests.racing import ROUNDS, race

ASKED = FLOOR // 10
SHANGHAI = ZoneInfo("Asia/Shanghai")
DEFAULT = ("deposit.default.forfeits", "deposit.default.excused")


def owed(scene, organisation: str = "firm") -> str:
    """The obligation of the party's deposit in the round."""
    payer, about = f"organisation:{organisation}", f"round:{scene.round}"
    (row,) = scene.rows(Deposit, Deposit.payer == payer, Deposit.about == about)
    return row.obligation


def pay(scene, actor, organisation: str) -> None:
    """Claimed by the party, seen by two of the owner's office: the parties pay directly."""
    obligation = owed(scene, organisation)
    told = Claim(ASKED, date(2026, 11, 23), "澄岚", "某银行", "6222 1111")
    payment = scene.run(actor, claim_payment, obligation, told, PROOF).ref
    for one in (scene.stage.officer, scene.stage.second):
        scene.run(one, confirm_payment, obligation, payment, ASKED)


def states(scene) -> dict[str, str]:
    rows = scene.rows(Deposit, Deposit.about == f"round:{scene.round}")
    return {row.payer.partition(":")[2]: row.state for row in rows}


def test_held_before_the_quote_and_given_back_with_the_award(scene):
    scene.announce(deposit=ASKED)
    firm, rival = scene.parties()
    scene.keys()
    with pytest.raises(DepositMissing):
        scene.quote(scene.stage.buyer, firm, FLOOR)
    for actor, organisation in ((scene.stage.buyer, "firm"), (scene.stage.stranger, "rival")):
        pay(scene, actor, organisation)
    assert states(scene) == {"firm": "held", "rival": "held"}
    scene.pass_deadline()
    scene.quote(scene.stage.buyer, firm, FLOOR + 1)
    scene.quote(scene.stage.stranger, rival, FLOOR + 2)
    scene.pass_deadline()
    scene.give("office")
    scene.give("second")
    assert scene.deal().buyer_org == "rival"
    assert states(scene) == {"firm": "returning", "rival": "held"}


def test_who_does_not_pay_does_not_count(scene):
    scene.announce(deposit=ASKED)
    scene.parties()
    pay(scene, scene.stage.stranger, "rival")
    scene.pass_deadline()
    assert scene.row().state == "deciding"  # the days for late papers and money
    scene.pass_deadline()
    assert scene.deal().buyer_org == "rival"
    assert states(scene) == {"firm": "cancelled", "rival": "held"}


def test_a_failed_round_gives_every_deposit_back(scene):
    scene.announce(deposit=ASKED)
    scene.parties()
    pay(scene, scene.stage.buyer, "firm")
    pay(scene, scene.stage.stranger, "rival")
    scene.pass_deadline()
    scene.pass_deadline()
    assert (scene.row().state, scene.row().reason) == ("failed", "no_keys")
    assert states(scene) == {"firm": "returning", "rival": "returning"}


def test_who_leaves_has_it_back_and_the_owner_cannot_leave(scene):
    scene.announce(deposit=ASKED)
    (firm,) = scene.parties(rivals=0)
    pay(scene, scene.stage.buyer, "firm")
    with pytest.raises(RoundBegun):
        scene.run(scene.stage.officer, withdraw_round, scene.round)
    scene.run(scene.stage.buyer, leave_round, firm)
    assert states(scene) == {"firm": "returning"}


def award(scene) -> str:
    """The firm wins alone, with its deposit held; its deal."""
    scene.announce(deposit=ASKED)
    scene.parties(rivals=0)
    pay(scene, scene.stage.buyer, "firm")
    scene.pass_deadline()
    assert states(scene) == {"firm": "held"}
    return scene.row().deal


def propose(scene, organisation: str = "firm") -> str:
    deposit = owed(scene, organisation)
    scene.run(scene.stage.officer, propose_forfeit, deposit, "成交后拒绝签约。", "公告第七条")
    return deposit


def drop(scene, deposit: str) -> None:
    scene.run(scene.stage.operator, decide_forfeit, deposit, "双方和解。", forfeit=False)


def owed_back(scene) -> list[tuple[str, int]]:
    with scene.stage.executor.database.read() as session:
        assert verify(session).faults == []
        return [(row.kind, row.amount) for row in session.scalars(select(Payout))]


def test_the_winner_has_it_back_when_the_owner_ends_the_deal(scene):
    deal = award(scene)
    scene.run(scene.stage.officer, walk_away, deal, "price")
    assert states(scene) == {"firm": "returning"}
    assert owed_back(scene) == [("return", ASKED)]


def test_every_end_without_a_contract_frees_it_or_proposes_its_forfeiture():
    ends = {state.code for state in OPEN_LISTING.states if state.final} - {"registered"}
    without = [t for t in OPEN_LISTING.transitions if t.target in ends]
    assert {t.act for t in without} == {"walk_away", "answer_objection"}
    lost = [t for t in without if "free_deposit" not in t.effects]
    assert {(t.act, t.target, t.guards) for t in lost} == {("walk_away", "withdrawn", ())}
    assert all("forfeit_deposit" in t.effects for t in lost)


def test_a_forfeiture_dropped_after_the_deal_gives_it_back(scene, drain):
    deal = award(scene)
    deposit = propose(scene)
    scene.run(scene.stage.buyer, walk_away, deal, "price")
    assert states(scene) == {"firm": "forfeit_proposed"}
    drop(scene, deposit)
    drain()
    assert states(scene) == {"firm": "returning"}
    assert owed_back(scene) == [("return", ASKED)]


def test_a_forfeiture_dropped_while_the_deal_runs_leaves_it_held(scene, drain):
    deal = award(scene)
    drop(scene, propose(scene))
    drain()
    assert states(scene) == {"firm": "held"}
    scene.run(scene.stage.officer, walk_away, deal, "price")
    assert owed_back(scene) == [("return", ASKED)]


def test_of_a_loser_and_of_who_left_a_dropped_forfeiture_gives_it_back(scene, drain):
    scene.announce(deposit=ASKED)
    firm, _ = scene.parties()
    pay(scene, scene.stage.buyer, "firm")
    pay(scene, scene.stage.stranger, "rival")
    left, lost = propose(scene, "firm"), propose(scene, "rival")
    scene.run(scene.stage.buyer, leave_round, firm)
    assert states(scene) == {"firm": "forfeit_proposed", "rival": "forfeit_proposed"}
    drop(scene, left)
    drain()
    assert states(scene) == {"firm": "returning", "rival": "forfeit_proposed"}
    scene.pass_deadline()
    scene.pass_deadline()
    assert (scene.row().state, scene.row().reason) == ("failed", "nobody")
    drop(scene, lost)
    drain()
    assert states(scene) == {"firm": "returning", "rival": "returning"}
    assert owed_back(scene) == [("return", ASKED)] * 2


def test_the_end_of_a_deal_and_a_dropped_forfeiture_at_once(scene, drain):
    """Whichever comes first, the deposit goes back once."""
    run, stage = scene.run, scene.stage
    for number in range(1, max(1, ROUNDS // 10) + 1):
        scene.clock.move(timedelta(minutes=1))
        deal = award(scene)
        deposit = propose(scene)
        ends = race(
            partial(run, stage.officer, walk_away, deal, "price"),
            partial(run, stage.operator, decide_forfeit, deposit, "双方和解。", forfeit=False),
        )
        assert ends == ["done", "done"]
        drain()
        assert owed_back(scene) == [("return", ASKED)] * number


@pytest.mark.parametrize("wrong", [-1, FLOOR])
def test_a_deposit_has_a_cap(scene, wrong):
    with pytest.raises(Invalid) as refused:
        scene.announce(deposit=wrong)
    assert set(refused.value.problems) == {"deposit"}


def of(scene, organisation: str = "firm") -> Deposit:
    (row,) = scene.rows(Deposit, Deposit.obligation == owed(scene, organisation))
    return row


def test_a_winner_who_breaks_off_forfeits_by_rule_and_two_people_decide(scene):
    deal = award(scene)
    scene.run(scene.stage.buyer, walk_away, deal, "no_budget")
    row = of(scene)
    assert (row.state, row.proposed_by, row.reason) == ("forfeit_proposed", None, "no_budget")
    assert (row.rule, owed_back(scene)) == ("deposit.default.forfeits", [])
    step = scene.rows(DealStep, DealStep.deal == deal, DealStep.act == "walk_away")[-1]
    assert step.evidence == {"reason": "no_budget", "version": 1, "defaulted": True}
    assert [one["rule"] for one in step.rules] == list(DEFAULT)
    scene.clock.set(row.appeal_until)
    with pytest.raises(ForfeitUnbacked):
        scene.run(scene.stage.operator, decide_forfeit, row.obligation, "属实。", forfeit=True)
    propose(scene)
    assert of(scene).appeal_until > row.appeal_until  # the payer's days begin again
    with pytest.raises(DepositMovedOn):
        propose(scene)
    scene.clock.set(of(scene).appeal_until)
    scene.run(scene.stage.operator, decide_forfeit, row.obligation, "属实。", forfeit=True)
    assert states(scene) == {"firm": "forfeited"}


def test_nobody_stands_up_for_it_and_the_market_gives_it_back(scene, drain):
    deal = award(scene)
    scene.run(scene.stage.buyer, walk_away, deal, "price")
    drop(scene, owed(scene))
    drain()
    assert states(scene) == {"firm": "returning"}
    assert owed_back(scene) == [("return", ASKED)]


def test_a_suspended_owner_excuses_the_winner(scene):
    deal = award(scene)
    scene.run(SYSTEM, suspend, "institute")
    scene.run(scene.stage.buyer, walk_away, deal, "price")
    assert states(scene) == {"firm": "returning"}
    assert scene.rows(DealStep, DealStep.act == "walk_away")[-1].rules == []


def test_who_broke_off_takes_no_part_when_it_is_listed_again(scene):
    deal = award(scene)
    scene.run(scene.stage.buyer, walk_away, deal, "price")
    scene.announce()
    with pytest.raises(BrokeOffBefore):
        scene.register()
    assert scene.register(scene.stage.stranger, "rival")


def test_who_left_with_the_owner_may_come_again(scene):
    deal = award(scene)
    scene.run(scene.stage.officer, walk_away, deal, "price")
    scene.announce()
    assert scene.register()


CLEAR = Case("confirmed", WHEN, WHEN.date())
EXCUSED = [
    ({"steps_refused": 1}, {"institution_refused"}),
    ({"claims_used": 1}, {"preempted"}),
    ({"claims_open": 1, "steps_open": 2}, set()),
    ({"against_signing": "export_prohibited"}, {"export_prohibited"}),
    ({"against_signing": "export_licence_missing"}, set()),
    ({"state": "objected", "objections_open": 1}, {"objection_waits"}),
    ({"state": "notice", "objections_open": 1}, set()),
    ({"last_day_unshown": True, "notice_last_day": WHEN.date()}, set()),
    ({"last_day_unshown": True, "notice_last_day": WHEN.date() - timedelta(1)}, {"notice_unshown"}),
    ({"last_day_unshown": True}, set()),
]


@pytest.mark.parametrize(("seen", "found"), EXCUSED)
def test_what_excuses_a_winner(seen, found):
    case = replace(CLEAR, **seen)
    assert excuses(case, owner_stands=True) == found
    assert excuses(case, owner_stands=False) == found | {"owner_gone"}
    assert is_excused(found, found) == bool(found)
    assert not is_excused(found, {"anything"})


# How long a deposit can be held: the end of every way that a round and its deal can stand still.


def test_a_winner_whose_deal_stands_still_has_it_back_after_the_days_of_the_profile(scene):
    deal = award(scene)
    ends = scene.row().due_at
    awarded = legal_date(scene.row().ended_at, SHANGHAI)
    assert legal_date(ends - timedelta.resolution, SHANGHAI) == awarded + timedelta(90)
    scene.clock.set(ends - timedelta(seconds=1))
    scene.stage.executor.settle(f"round:{scene.round}")
    assert states(scene) == {"firm": "held"}
    scene.pass_deadline()
    assert states(scene) == {"firm": "returning"}
    assert scene.stage.deal(deal).state == "confirmed"  # the deal goes on
    scene.stage.executor.settle(f"round:{scene.round}")
    assert owed_back(scene) == [("return", ASKED)]


def as_before(scene) -> None:
    """The row of an award as it stood before deposits had a last day."""
    with scene.stage.executor.database.writer.begin() as connection:
        connection.execute(update(Round).where(Round.id == scene.round).values(due_at=None))
        connection.execute(delete(Timer).where(Timer.stream == f"round:{scene.round}"))


def upgrade(scene) -> None:
    """What revision 0077 writes."""
    found = ScriptDirectory.from_config(running.config()).get_revision("0077")
    with scene.stage.executor.database.writer.begin() as connection:
        connection.exec_driver_sql(found.module.OPEN_AWARDS)


def timers(scene) -> list[datetime]:
    return [row.due_at for row in scene.rows(Timer, Timer.stream == f"round:{scene.round}")]


def test_an_award_from_before_those_days_gets_them_with_the_upgrade(scene, clock, drain):
    deal = award(scene)
    ends = scene.row().due_at
    as_before(scene)
    assert timers(scene) == []
    upgrade(scene)
    drain()
    assert scene.row().due_at == ends
    assert timers(scene) == [ends]
    upgrade(scene)
    assert timers(scene) == [ends]  # whoever has one keeps it
    clock.set(ends)
    drain()
    assert states(scene) == {"firm": "returning"}
    assert scene.stage.deal(deal).state == "confirmed"
    upgrade(scene)
    drain()
    assert (scene.row().due_at, timers(scene)) == (None, [])  # nothing is kept any more


def test_an_award_whose_days_are_over_already_gives_it_back_with_the_upgrade(scene, clock, drain):
    award(scene)
    ends = scene.row().due_at
    as_before(scene)
    clock.set(ends + timedelta(days=30))
    upgrade(scene)
    drain()
    assert states(scene) == {"firm": "returning"}
    assert (scene.row().due_at, timers(scene)) == (None, [])


def test_a_round_without_deposits_gets_no_day(scene, drain):
    scene.announce()
    scene.parties(rivals=0)
    scene.pass_deadline()
    assert scene.row().state == "awarded"
    upgrade(scene)
    assert timers(scene) == []


def test_a_forfeiture_dropped_after_those_days_gives_it_back(scene, drain):
    award(scene)
    deposit = propose(scene)
    scene.pass_deadline()
    assert states(scene) == {"firm": "forfeit_proposed"}
    drop(scene, deposit)
    drain()
    assert states(scene) == {"firm": "returning"}


@pytest.mark.parametrize("gone", ["institute", "firm"])
@pytest.mark.parametrize("quoted", [False, True])
def test_an_organisation_that_is_suspended_leaves_no_deposit_behind(scene, gone, quoted):
    """The owner, or every party, is suspended while the round runs; only time acts then."""
    scene.announce(deposit=ASKED)
    firm, rival = scene.parties()
    scene.keys()
    for actor, organisation in ((scene.stage.buyer, "firm"), (scene.stage.stranger, "rival")):
        pay(scene, actor, organisation)
    if quoted:
        scene.quote(scene.stage.buyer, firm, FLOOR)
        scene.quote(scene.stage.stranger, rival, FLOOR + 1)
    scene.run(SYSTEM, suspend, gone)
    if gone == "firm":
        scene.run(SYSTEM, suspend, "rival")
    for _ in range(4):
        if scene.row().due_at is not None:
            scene.pass_deadline()
    assert scene.row().state == "failed"
    assert scene.row().reason == ("gone" if gone == "institute" else "nobody")
    assert states(scene) == {"firm": "returning", "rival": "returning"}
