"""A statement as a standing offer, announced, taken, paid, withdrawn; what the register says."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from billing.actions.cancel_obligation import cancel_obligation
from billing.actions.carry_out_payout import carry_out_payout
from billing.actions.confirm_payment import confirm_payment
from billing.actions.order_payout import order_payout
from billing.actions.refuse_payment import refuse_payment
from billing.actions.reverse_payment import reverse_payment
from billing.errors import PaidOut
from billing.models import Payout
from billing.verifying import verify
from contracts.actions.open_contract import open_contract
from core.actor import SYSTEM
from core.errors import Forbidden, Invalid, NotFound
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.actions.accept_offer import accept_offer
from deals.actions.post_terms import post_terms
from deals.actions.walk_away import walk_away
from deals.actions.withdraw_terms import withdraw_terms
from deals.errors import FeeOnItsWay, OtherSideActs, TermsWithdrawn, WayTaken
from deals.models import AssetClaim, DealStep, Posting
from deals.open_licence.actions.state_licence import state_licence
from deals.open_licence.errors import LicenceAnnounced, StatementMovedOn
from deals.open_licence.models import OpenLicence
from deals.queries.rooms import deal_page
from listings.kinds import RightKind
from listings.models import Asset, CoOwner, PatentFacts, Right
from listings.rights import Grant, grant
from tests.deals.conftest import LISTING, OPERATOR, person
from tests.deals.open_licence.conftest import FEE, TODAY, UNTIL, statement
from tests.deals.test_races import ROUNDS, count, race


def entered(office) -> list[tuple]:
    rows = office.rows(Right)
    return sorted((r.kind, r.way, r.holder, r.source, r.starts, r.ends) for r in rows)


def change_asset(uow: UnitOfWork, make: object = None, **patent: object) -> Done:
    at = uow.lock(Asset, "asset")
    if make is not None:
        at.add(make(asset="asset"))
    for name, value in patent.items():
        for one in uow.session.query(PatentFacts):
            setattr(one, name, value)
    at.record("changed")
    return Done()


def test_before_the_announcement_it_is_a_standing_offer(office):
    """Accepted, it is a price by agreement: a state owner's goes on notice, no right arises."""
    office.state()
    deal = office.take()
    row = office.stage.deal(deal)
    assert (row.mode, row.state, row.way) == ("open_licence", "notice", "ordinary")
    assert office.stage.notice(deal).mode == "open_licence"
    assert entered(office) == []
    (step,) = office.rows(DealStep, DealStep.act == "take")
    assert [rule["rule"] for rule in step.rules] == [
        "open_licence.announced_only", "notice.price.modes",
    ]  # fmt: skip


def test_announced_it_is_in_the_register_and_keeps_exclusive_licences_away(office):
    posting = office.announced()
    assert entered(office) == [("open_licence", None, None, f"posting:{posting}", TODAY, UNTIL)]
    (row,) = office.rows(OpenLicence)
    assert (row.patent, row.announced_no, row.announced_on) == (
        "ZL202219155730", "2026-47-0031", TODAY,
    )  # fmt: skip
    for way in ("exclusive", "sole"):
        deal = office.stage.open(way=way)
        with pytest.raises(WayTaken):
            office.stage.offer(deal, office.stage.buyer, way=way, valid_until=None)
    deal = office.stage.open(way="ordinary")
    version = office.stage.offer(deal, office.stage.buyer, way="ordinary", valid_until=None)
    office.run(office.stage.officer, accept_offer, deal, version)
    assert office.stage.deal(deal).state == "notice"


def test_notice_and_payment_make_the_licence(office):
    office.announced()
    deal = office.take()
    assert office.stage.deal(deal).state == "notified"
    fee = office.fee(deal)
    assert (fee.kind, fee.amount, fee.payee_org, fee.payer_org) == (
        "price", FEE, "institute", "firm",
    )  # fmt: skip
    assert fee.due_on == TODAY + timedelta(30)
    office.pay(deal)
    assert office.stage.deal(deal).state == "licensed"
    assert ("grant", "ordinary", "firm", f"deal:{deal}", TODAY, UNTIL) in entered(office)
    assert office.rows(AssetClaim) == []
    steps = [step.target for step in office.rows(DealStep, DealStep.deal == deal)]
    assert steps == ["notified", "licensed"]
    assert office.run(office.stage.officer, open_contract, deal)


def test_a_royalty_alone_waits_for_no_payment(office):
    office.announced(lump_sum=None, royalty=300, royalty_base="net_sales")
    deal = office.take()
    assert office.stage.deal(deal).state == "licensed"
    assert ("grant", "ordinary", "firm", f"deal:{deal}", TODAY, UNTIL) in entered(office)


def test_many_have_a_licence_and_the_owner_refuses_nobody(office):
    office.announced()
    deals = [office.take(), office.take(office.stage.stranger, "rival")]
    for deal in deals:
        with pytest.raises(OtherSideActs):
            office.run(office.stage.officer, walk_away, deal, "price")
    office.run(office.stage.buyer, walk_away, deals[0], "no_budget")
    assert office.fee(deals[0]).state == "cancelled"
    office.pay(deals[1], office.stage.stranger)
    assert [office.stage.deal(one).state for one in deals] == ["withdrawn", "licensed"]


def test_an_unpaid_notice_lapses_and_money_under_way_keeps_it(office, clock):
    office.announced()
    idle, paying = office.take(), office.take(office.stage.stranger, "rival")
    payment = office.claim(paying, office.stage.stranger)
    with pytest.raises(FeeOnItsWay):
        office.run(office.stage.stranger, walk_away, paying, "price")
    clock.move(timedelta(days=31))
    office.drain()
    assert [office.stage.deal(one).state for one in (idle, paying)] == ["lapsed", "awaited"]
    assert office.fee(idle).state == "cancelled"
    assert {claim.deal for claim in office.rows(AssetClaim)} == {paying}
    refused = office.fee(paying).id, payment, "款项没有到账。"
    office.run(office.stage.officer, refuse_payment, *refused)
    office.drain()
    assert office.stage.deal(paying).state == "lapsed"


PART = FEE // 4 + 1


def test_a_part_lapses_with_its_time_and_goes_back(office, clock):
    office.announced()
    deal = office.take()
    payment = office.pay(deal, amount=PART)
    assert (office.stage.deal(deal).state, office.fee(deal).paid) == ("notified", PART)
    clock.move(timedelta(days=31))
    office.drain()
    assert (office.stage.deal(deal).state, office.fee(deal).state) == ("lapsed", "cancelled")
    assert office.rows(AssetClaim) == []
    assert office.owed_back(deal) == [("return", PART)]
    fee = office.fee(deal).id
    with pytest.raises(PaidOut):
        office.run(office.stage.operator, reverse_payment, fee, payment, "误认。")
    (payout,) = office.rows(Payout)
    office.run(office.stage.officer, order_payout, fee, payout.id)
    office.run(office.stage.second, carry_out_payout, fee, payout.id, "回单 1")
    with office.stage.executor.database.read() as session:
        found = verify(session)
    assert (found.faults, found.balances) == ([], {})


def test_a_payment_confirmed_short_after_the_time_ends_the_waiting(office, clock):
    office.announced()
    deal = office.take()
    office.pay(deal, amount=PART)
    payment = office.claim(deal, amount=FEE - PART)
    clock.move(timedelta(days=31))
    office.drain()
    assert office.stage.deal(deal).state == "awaited"
    for side in (office.stage.buyer, office.stage.officer):
        with office.stage.executor.database.read() as session:
            page = deal_page(session, side, deal, clock.now)
        assert [ask.act for ask in page.asks] == ["pay"]
    office.confirm(deal, payment, FEE - PART - 1)
    office.drain()
    assert office.stage.deal(deal).state == "lapsed"
    assert office.owed_back(deal) == [("return", PART), ("return", FEE - PART - 1)]


def test_the_rest_in_time_and_confirmed_later_makes_the_licence(office, clock):
    office.announced()
    deal = office.take()
    office.pay(deal, amount=PART)
    payment = office.claim(deal, amount=FEE - PART)
    clock.move(timedelta(days=31))
    office.drain()
    office.confirm(deal, payment, FEE - PART)
    office.drain()
    assert office.stage.deal(deal).state == "licensed"
    assert office.owed_back(deal) == []


def test_who_leaves_with_a_part_paid_has_it_back_and_what_comes_later_too(office, clock):
    office.announced()
    deal = office.take()
    office.pay(deal, amount=PART)
    waiting = office.claim(deal, amount=PART)
    with pytest.raises(FeeOnItsWay):
        office.run(office.stage.buyer, walk_away, deal, "price")
    clock.move(timedelta(days=31))
    office.drain()
    with pytest.raises(OtherSideActs):
        office.run(office.stage.officer, walk_away, deal, "price")
    office.run(office.stage.buyer, walk_away, deal, "price")
    assert office.stage.deal(deal).state == "withdrawn"
    assert office.owed_back(deal) == [("return", PART)]
    office.confirm(deal, waiting, PART)
    office.drain()
    assert office.owed_back(deal) == [("overpayment", PART), ("return", PART)]


def test_of_two_parts_the_reversed_one_is_not_owed_back(office):
    office.announced()
    deal = office.take()
    office.pay(deal, amount=PART)
    payment, fee = office.pay(deal, amount=2 * PART), office.fee(deal).id
    for operator in (office.stage.operator, person("second", OPERATOR)):
        office.run(operator, reverse_payment, fee, payment, "银行退回。")
    office.drain()
    assert (office.stage.deal(deal).state, office.fee(deal).paid) == ("notified", PART)
    office.run(office.stage.buyer, walk_away, deal, "price")
    assert office.owed_back(deal) == [("return", PART)]


def test_who_has_just_paid_in_full_does_not_lose_it_by_leaving(office):
    office.announced()
    deal = office.take()
    office.confirm(deal, office.claim(deal), FEE)
    with pytest.raises(FeeOnItsWay):
        office.run(office.stage.buyer, walk_away, deal, "price")
    office.drain()
    assert office.stage.deal(deal).state == "licensed"


def test_leaving_against_the_confirmation_of_the_rest(office, clock):
    """The licence with all of it paid, or no licence and all of it owed back."""
    office.announced()
    claims = {}
    for deal in [office.take() for _ in range(max(1, ROUNDS // 10))]:
        office.pay(deal, amount=PART)
        claims[deal] = office.claim(deal, amount=FEE - PART)
    clock.move(timedelta(days=31))
    office.drain()
    for deal, payment in claims.items():
        fee = office.fee(deal).id
        office.run(office.stage.officer, confirm_payment, fee, payment, FEE - PART)
        ends = race(
            partial(office.run, office.stage.buyer, walk_away, deal, "price"),
            partial(office.run, office.stage.second, confirm_payment, fee, payment, FEE - PART),
        )
        office.drain()
        assert ends[1] == "done"
        assert ends[0] in {"done", "fee_on_its_way", "obligation_moved_on", "wrong_state"}
        left = [row.amount for row in office.rows(Payout, Payout.obligation == fee)]
        state = office.stage.deal(deal).state
        assert (state, sum(left)) in {("licensed", 0), ("withdrawn", FEE)}
        assert (ends[0] == "done") == (state == "withdrawn")
        with office.stage.executor.database.read() as session:
            assert verify(session).faults == []


def test_a_fee_called_off_is_not_a_fee_paid(office, clock):
    office.announced()
    deal = office.take()
    office.run(office.stage.officer, cancel_obligation, office.fee(deal).id)
    office.drain()
    assert office.stage.deal(deal).state == "notified"
    clock.move(timedelta(days=31))
    office.drain()
    assert office.stage.deal(deal).state == "lapsed"


def test_withdrawal_needs_its_announcement_and_spares_what_came_before(office):
    posting = office.announced()
    licensed, noticed = office.take(), office.take(office.stage.stranger, "rival")
    office.pay(licensed)
    with pytest.raises(LicenceAnnounced):
        office.run(office.stage.officer, withdraw_terms, posting)
    office.end()
    (row,) = office.rows(Posting)
    assert (row.state, office.rows(OpenLicence)[0].withdrawn_no) == ("withdrawn", "2026-49-0007")
    assert ("open_licence", None, None, f"posting:{posting}", TODAY, TODAY) in entered(office)
    assert ("grant", "ordinary", "firm", f"deal:{licensed}", TODAY, UNTIL) in entered(office)
    with pytest.raises(TermsWithdrawn):
        office.take()
    office.pay(noticed, office.stage.stranger)
    assert office.stage.deal(noticed).state == "licensed"
    for act in (office.announce, office.end):
        with pytest.raises(StatementMovedOn):
            act()


def test_a_standing_offer_is_taken_back_without_the_office(office):
    posting = office.state()
    with pytest.raises(StatementMovedOn):
        office.end()
    office.run(office.stage.officer, withdraw_terms, posting)
    with pytest.raises(StatementMovedOn):
        office.announce()


def test_what_the_register_says_keeps_it_from_being_stated(office):
    run = office.stage.executor.run
    for make, patent, code in (
        (None, {"legal_status": "pending"}, "not_granted"),
        (None, {"annuity_paid_until": date(2026, 3, 1)}, "annuity_unpaid"),
        (partial(Right, kind=RightKind.PLEDGE, starts=TODAY), {}, "pledged"),
        (partial(CoOwner, name="合作单位"), {}, "co_owners"),
        (partial(PatentFacts, office="CN", kind="design"), {}, "one_patent"),
    ):
        run(SYSTEM, change_asset, make, **patent)
        with pytest.raises(Invalid) as refused:
            office.state()
        assert code in [one.code for found in refused.value.problems.values() for one in found]
    assert office.rows(Posting) == []


def test_an_exclusive_licence_keeps_it_away(office):
    def give(uow: UnitOfWork) -> Done:
        grant(uow, "asset", Grant("sole", "firm", "deal:" + "7" * 32, TODAY, field="手机"))
        return Done()

    posting = office.state()
    office.stage.executor.run(SYSTEM, give)
    with pytest.raises(Invalid) as refused:
        office.announce()
    assert [one.code for one in refused.value.problems[""]] == ["exclusive_or_sole"]
    with pytest.raises(WayTaken):
        office.state()
    assert [row.id for row in office.rows(Posting)] == [posting]


def test_who_may_and_by_which_page(office):
    posting = office.state()
    for actor in (office.stage.buyer, office.stage.scholar):
        with pytest.raises(Forbidden):
            office.run(actor, state_licence, LISTING, statement())
    from deals.open_licence.actions.announce_licence import announce_licence

    with pytest.raises(Forbidden):
        office.run(office.stage.buyer, announce_licence, posting, "1", TODAY)
    with pytest.raises(NotFound):
        office.run(office.stage.officer, announce_licence, "0" * 32, "1", TODAY)
    with pytest.raises(Invalid):
        office.run(office.stage.officer, post_terms, LISTING, statement().posted)


def test_races_of_a_notice_with_the_withdrawal_and_of_the_announcement(office, clock):
    """A notice is wholly before the withdrawal or refused; one announcement is recorded."""
    run, stage = office.stage.executor.run, office.stage
    for _ in range(max(1, ROUNDS // 4)):
        clock.move(timedelta(minutes=61))
        office.state()
        ends = race(office.announce, partial(office.announce, "2026-47-0032"))
        assert sorted(ends) == ["done", "statement_moved_on"]
        before = count(stage, DealStep)
        ends = race(
            partial(office.take, stage.stranger, "rival"),
            office.end,
        )
        assert ends[1] == "done"
        assert ends[0] in {"done", "terms_withdrawn"}
        assert count(stage, DealStep) - before == (ends[0] == "done")
        held = office.rows(AssetClaim)
        assert len(held) == (ends[0] == "done")
        for claim in held:
            run(stage.stranger, walk_away, claim.deal, "price")
        today = legal_date(clock.now, stage.executor.ports.zone)  # many rounds pass midnight
        standing = [r for r in office.rows(Right) if r.ends and r.ends > today]
        assert standing == []


def test_a_number_with_blanks_is_no_fault(office):
    """The chain keeps its digest: a body of the chain holds no text."""
    office.state()
    office.announce("第 2026-1 号 [a TO z]")
    office.end("第 2026-2 号")
    (row,) = office.rows(OpenLicence)
    assert (row.announced_no, row.withdrawn_no) == ("第 2026-1 号 [a TO z]", "第 2026-2 号")
