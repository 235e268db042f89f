"""Rounds from announcement to deal, on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

import pytest

from core.actor import SYSTEM
from core.errors import Forbidden, Invalid, NotFound
from deals.actions.accept_offer import accept_offer
from deals.actions.post_terms import post_terms
from deals.actions.take_terms import take_terms
from deals.actions.withdraw_terms import withdraw_terms
from deals.errors import BuyerNotVetted, DomesticOnly, OwnTerms, WayTaken, WrongDealState
from deals.models import AssetClaim, Deal, DealStep, Offer, Posting
from deals.posting import Posted
from deals.rounds.actions.announce_round import announce_round
from deals.rounds.actions.give_key import give_key
from deals.rounds.actions.leave_key import leave_key
from deals.rounds.actions.leave_quote import leave_quote
from deals.rounds.actions.leave_round import leave_round
from deals.rounds.actions.qualify_party import qualify_party
from deals.rounds.actions.register_interest import register_interest
from deals.rounds.actions.reject_party import reject_party
from deals.rounds.actions.withdraw_round import withdraw_round
from deals.rounds.errors import (
    KeeperBids,
    KeyKept,
    NotRegistered,
    QuoteRepeated,
    QuotesNotOpen,
    RegisteredBefore,
    RegistrationMovedOn,
    RoundBegun,
    RoundDecides,
    RoundMovedOn,
    UnreadableBox,
    WrongKey,
)
from deals.rounds.models import Quote, Registration
from listings.actions.withdraw_listing import withdraw_listing
from tests.deals.conftest import LISTING, terms
from tests.deals.rounds.conftest import FLOOR, KEYS, announced
from tests.deals.test_fixed_price import change


def test_the_period_has_the_announced_working_days(scene):
    scene.announce()
    row = scene.row()
    assert (row.state, row.days, row.floor_minor) == ("disclosed", 10, FLOOR)
    today = row.law_on
    calendar = scene.stage.executor.law.profile("cn-zhejiang", today).calendar
    assert calendar.working_days_between(today, row.ends_on) == 10
    assert row.due_at == row.ends_at


def test_one_qualified_party_gets_it_at_the_list_price(scene):
    scene.announce()
    (party,) = scene.parties(rivals=0)
    scene.pass_deadline()
    row, deal = scene.row(), scene.deal()
    assert (row.state, row.price_minor) == ("awarded", FLOOR)
    assert (deal.mode, deal.state, deal.buyer_org, deal.posting) == (
        "open_listing", "confirmed", "firm", row.posting,
    )  # fmt: skip
    (offer,) = scene.rows(Offer, Offer.deal == deal.id)
    assert (offer.side, offer.state, offer.terms["lump_sum"]) == ("buyer", "accepted", FLOOR)
    assert [claim.deal for claim in scene.rows(AssetClaim)] == [deal.id]
    steps = scene.rows(DealStep, DealStep.deal == deal.id)
    assert [(one.act, one.target) for one in steps] == [
        ("award", "agreed"),
        ("settle", "confirmed"),
    ]
    assert steps[0].evidence["registration"] == party
    assert [rule["rule"] for rule in steps[0].rules] == [
        "price.ways", "price.benchmark_required", "listing.min_working_days", "notice.price.modes",
    ]  # fmt: skip
    assert [one.state for one in scene.rows(Posting)] == ["withdrawn"]


def test_nobody_extends_as_announced_and_then_fails(scene):
    scene.announce(extension_days=5, extensions=2)
    ends = [scene.row().ends_on]
    for number in (1, 2):
        scene.pass_deadline()
        row = scene.row()
        assert (row.state, row.extended) == ("disclosed", number)
        ends.append(row.ends_on)
    scene.pass_deadline()
    assert (scene.row().state, scene.row().reason) == ("failed", "nobody")
    calendar = scene.stage.executor.law.profile("cn-zhejiang", ends[0]).calendar
    gaps = [calendar.working_days_between(a, b) for a, b in pairwise(ends)]
    assert gaps == [5, 5]


def test_without_an_announced_extension_it_fails_and_is_listed_lower_within_the_cut(scene):
    first = scene.announce()
    scene.pass_deadline()
    assert scene.row().state == "failed"
    with pytest.raises(Invalid) as refused:
        scene.announce(floor=FLOOR * 8 // 10 - 1)
    assert [one.code for one in refused.value.problems["lump_sum"]] == ["cut_deep"]
    scene.announce(floor=FLOOR * 8 // 10)
    assert scene.row().before == first


def test_the_highest_of_two_quotes_wins(scene):
    scene.announce()
    firm, rival = scene.parties()
    scene.pass_deadline()
    assert scene.row().state == "keys"
    scene.keys()
    assert scene.row().state == "quoting"
    scene.quote(scene.stage.buyer, firm, FLOOR + 500)
    scene.quote(scene.stage.buyer, firm, FLOOR + 100)  # the last one counts
    scene.quote(scene.stage.stranger, rival, FLOOR + 300)
    scene.pass_deadline()
    assert scene.row().state == "opening"
    scene.give("second")
    assert scene.row().state == "opening"
    assert {one.minor for one in scene.rows(Quote)} == {None}
    scene.give("office")
    assert (scene.row().state, scene.row().price_minor) == ("awarded", FLOOR + 300)
    assert scene.deal().buyer_org == "rival"
    assert scene.verdicts() == [
        ("replaced", FLOOR + 500), ("counts", FLOOR + 100), ("counts", FLOOR + 300),
    ]  # fmt: skip


def test_the_same_sealed_quote_twice_is_one_and_never_comes_back(scene):
    """A form that is sent twice finds its receipt; what was replaced cannot count again."""
    scene.announce()
    firm, _ = scene.parties()
    scene.keys()
    first, second = scene.sealed(firm, FLOOR), scene.sealed(firm, FLOOR + 1)
    leave = partial(scene.run, scene.stage.buyer, leave_quote, firm)
    receipts = [leave(*first).ref, leave(*first).ref, leave(*second).ref]
    assert receipts == [first[0], first[0], second[0]]
    with pytest.raises(QuoteRepeated):
        leave(*first)
    kept = scene.rows(Quote, Quote.registration == firm)
    assert sorted(one.n for one in kept) == [one.n for one in kept]
    assert {one.commitment for one in kept} == {first[0], second[0]}
    assert len(kept) == 2


def test_equal_quotes_go_to_the_earliest(scene):
    scene.announce()
    firm, rival = scene.parties()
    scene.keys()
    scene.pass_deadline()
    assert scene.row().state == "quoting"
    scene.quote(scene.stage.stranger, rival, FLOOR)
    scene.quote(scene.stage.buyer, firm, FLOOR)
    scene.pass_deadline()
    scene.give("office")
    scene.give("second")
    assert scene.deal().buyer_org == "rival"


def test_below_the_list_price_nothing_is_sold(scene):
    scene.announce()
    firm, rival = scene.parties()
    scene.keys()
    scene.pass_deadline()
    scene.quote(scene.stage.buyer, firm, FLOOR - 1)
    scene.pass_deadline()
    scene.give("office")
    scene.give("second")
    assert (scene.row().state, scene.row().reason) == ("failed", "no_valid_quote")
    assert scene.verdicts() == [("below_list", FLOOR - 1)]
    assert scene.rows(Deal) == []
    assert scene.states() == ["active", "active"]
    assert rival


def test_a_lone_party_with_a_higher_quote_pays_it(scene):
    scene.announce()
    (firm,) = scene.parties(rivals=0)
    scene.keys()
    scene.quote(scene.stage.buyer, firm, FLOOR + 7)
    scene.pass_deadline()
    assert scene.row().state == "opening"
    scene.give("office")
    scene.give("second")
    assert (scene.row().state, scene.row().price_minor) == ("awarded", FLOOR + 7)


def test_a_box_that_does_not_open_is_void(scene):
    scene.announce()
    firm, rival = scene.parties()
    scene.keys()
    scene.pass_deadline()
    sealed, box = scene.sealed(firm, FLOOR + 9)
    scene.run(scene.stage.buyer, leave_quote, firm, sealed, "00" * (len(box) // 2))
    scene.quote(scene.stage.stranger, rival, FLOOR + 1)
    scene.pass_deadline()
    scene.give("office")
    scene.give("second")
    assert scene.verdicts() == [("unreadable", None), ("counts", FLOOR + 1)]
    assert scene.deal().buyer_org == "rival"


@pytest.mark.parametrize("step", ["no_keys", "no_quote", "not_opened"])
def test_a_round_that_stands_still_fails(scene, step):
    scene.announce()
    firm, _ = scene.parties()
    scene.pass_deadline()
    if step != "no_keys":
        scene.keys()
    if step == "not_opened":
        scene.quote(scene.stage.buyer, firm, FLOOR)
        scene.pass_deadline()
        scene.give("office")
    scene.pass_deadline()
    assert (scene.row().state, scene.row().reason) == ("failed", step)
    assert scene.rows(Deal) == []


def test_undecided_registrations_lapse_after_the_office_had_its_days(scene):
    scene.announce()
    scene.register()
    scene.pass_deadline()
    assert scene.row().state == "deciding"
    scene.pass_deadline()
    assert (scene.row().state, scene.row().reason) == ("failed", "nobody")
    (row,) = scene.rows(Registration)
    assert (row.state, row.reason) == ("rejected", "undecided")


def test_the_last_decision_ends_the_waiting(scene):
    scene.announce()
    first, second = scene.register(), scene.register(scene.stage.stranger, "rival")
    scene.pass_deadline()
    scene.qualify(first)
    assert scene.row().state == "deciding"
    scene.run(scene.stage.officer, reject_party, second, "papers", "缺营业执照。")
    assert scene.row().state == "awarded"
    assert scene.deal().buyer_org == "firm"
    with pytest.raises(RoundMovedOn):
        scene.qualify(second)


def test_who_may_register(scene):
    stage = scene.stage
    scene.announce(domestic_only=True)
    with pytest.raises(Invalid):
        scene.register(confirmed=False)
    for actor, organisation in ((stage.buyer, "rival"), (stage.scholar, "institute")):
        with pytest.raises(Forbidden):
            scene.register(actor, organisation)
    with pytest.raises(OwnTerms):
        scene.register(stage.second, "institute")
    scene.run(SYSTEM, change, "firm", country="DE")
    with pytest.raises(DomesticOnly):
        scene.register()
    scene.run(SYSTEM, change, "firm", country="CN", state="applied")
    with pytest.raises(BuyerNotVetted):
        scene.register()
    scene.run(SYSTEM, change, "firm", state="vetted")
    scene.register()
    with pytest.raises(RegisteredBefore):
        scene.register()
    scene.register(stage.stranger, "rival")
    scene.pass_deadline()
    with pytest.raises(RoundMovedOn):
        scene.register(scene.other, "other")


def test_a_party_that_lost_its_vetting_cannot_win(scene):
    scene.announce()
    scene.parties()
    scene.run(SYSTEM, change, "firm", state="suspended")
    scene.pass_deadline()
    assert scene.deal().buyer_org == "rival"


def test_related_parties_are_marked_to_the_end(scene):
    scene.announce()
    scene.qualify(scene.register(related=True))
    scene.pass_deadline()
    assert scene.deal().related


def test_only_the_office_decides_and_only_about_others(scene):
    scene.announce()
    registration = scene.register()
    for actor in (scene.stage.buyer, scene.stage.stranger, scene.stage.scholar):
        with pytest.raises(NotFound):
            scene.run(actor, qualify_party, registration)
    both = replace(scene.stage.officer, seats=scene.stage.officer.seats + scene.stage.buyer.seats)
    with pytest.raises(KeeperBids):
        scene.run(both, qualify_party, registration)
    with pytest.raises(Invalid):
        scene.run(scene.stage.officer, reject_party, registration, "nothing", "")
    scene.qualify(registration)
    with pytest.raises(RegistrationMovedOn):
        scene.qualify(registration)


def test_leaving_is_possible_before_a_quote_and_within_the_period(scene):
    scene.announce()
    firm, rival = scene.parties()
    scene.keys()
    scene.quote(scene.stage.buyer, firm, FLOOR)
    with pytest.raises(RegistrationMovedOn):
        scene.run(scene.stage.buyer, leave_round, firm)
    with pytest.raises(NotFound):
        scene.run(scene.stage.buyer, leave_round, rival)
    scene.run(scene.stage.stranger, leave_round, rival)
    assert scene.states() == ["active", "withdrawn"]
    scene.pass_deadline()
    with pytest.raises(RoundMovedOn):
        scene.run(scene.stage.buyer, leave_round, firm)


def test_the_owner_withdraws_only_before_anybody_is_qualified(scene):
    scene.announce()
    with pytest.raises(Forbidden):
        scene.run(scene.stage.buyer, withdraw_round, scene.round)
    registration = scene.register()
    scene.run(scene.stage.officer, withdraw_round, scene.round)
    assert scene.row().state == "withdrawn"
    scene.announce()
    scene.parties(rivals=0)
    with pytest.raises(RoundBegun):
        scene.run(scene.stage.officer, withdraw_round, scene.round)
    assert registration


def test_two_different_people_keep_the_keys(scene):
    scene.announce()
    stage = scene.stage
    run, public = scene.run, "33" * 32
    with pytest.raises(Forbidden):
        run(stage.buyer, leave_key, scene.round, "office", public)
    with pytest.raises(Forbidden):  # the profile wants the second key kept by the market
        run(stage.second, leave_key, scene.round, "second", public)
    with pytest.raises(UnreadableBox):
        run(stage.officer, leave_key, scene.round, "office", "no key")
    scene.keys()
    with pytest.raises(KeyKept):
        run(stage.second, leave_key, scene.round, "office", public)
    keeper = replace(stage.operator, seats=stage.operator.seats + stage.buyer.seats)
    with pytest.raises(KeeperBids):
        scene.register(keeper)


def test_quotes_need_keys_qualification_and_time(scene):
    scene.announce()
    registration = scene.register()
    buyer, sealed = scene.stage.buyer, scene.sealed(registration, FLOOR)
    with pytest.raises(NotRegistered):
        scene.run(buyer, leave_quote, registration, *sealed)
    scene.qualify(registration)
    with pytest.raises(QuotesNotOpen):
        scene.run(buyer, leave_quote, registration, *sealed)
    scene.keys()
    with pytest.raises(UnreadableBox):
        scene.run(buyer, leave_quote, registration, sealed[0], sealed[1][:-2])
    with pytest.raises(NotFound):
        scene.run(scene.stage.stranger, leave_quote, registration, *sealed)
    scene.clock.set(scene.row().ends_at)
    with pytest.raises(RoundMovedOn):
        scene.run(buyer, leave_quote, registration, *sealed)


def test_keys_are_given_after_the_deadline_by_their_keepers(scene):
    scene.announce()
    firm, _ = scene.parties()
    scene.keys()
    with pytest.raises(RoundMovedOn):
        scene.give("office")
    scene.pass_deadline()
    scene.quote(scene.stage.buyer, firm, FLOOR)
    with pytest.raises(RoundMovedOn):
        scene.give("office")
    scene.pass_deadline()
    with pytest.raises(WrongKey):
        scene.run(scene.stage.officer, give_key, scene.round, KEYS["second"])
    with pytest.raises(Forbidden):
        scene.run(scene.stage.second, give_key, scene.round, KEYS["office"])
    scene.give("office")
    scene.give("second")
    with pytest.raises(RoundMovedOn):
        scene.give("second")


def test_a_running_round_keeps_its_way_for_the_winner(scene):
    stage = scene.stage
    deal = stage.open()
    version = stage.offer(deal, stage.buyer, valid_until=None)
    scene.announce()
    with pytest.raises(WayTaken):
        scene.run(stage.officer, accept_offer, deal, version)
    with pytest.raises(WayTaken):
        scene.announce()
    scene.pass_deadline()
    scene.run(stage.officer, accept_offer, deal, version)
    assert len(scene.rows(AssetClaim)) == 1


def test_the_terms_of_a_round_are_taken_and_withdrawn_by_nobody(scene):
    scene.announce()
    posting, stage = scene.row().posting, scene.stage
    with pytest.raises((WrongDealState, WayTaken)):
        scene.run(stage.buyer, take_terms, posting, "firm", confirmed=True)
    with pytest.raises(RoundDecides):
        scene.run(stage.officer, withdraw_terms, posting)
    price = terms(lump_sum=1, entry_fee=None, royalty=None, royalty_base="", way="ordinary")
    with pytest.raises(Invalid):
        scene.run(stage.officer, post_terms, LISTING, Posted("open_listing", price))


def test_a_listing_that_is_gone_ends_the_round_without_a_deal(scene):
    scene.announce()
    scene.parties(rivals=0)
    scene.run(scene.stage.officer, withdraw_listing, LISTING, "not_now")
    scene.pass_deadline()
    assert (scene.row().state, scene.row().reason) == ("failed", "gone")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"days": 9}, "days"),
        ({"days": 251}, "days"),
        ({"days": 19, "floor": 1_000_000_001, "state_assets": True}, "days"),
        ({"extensions": 1, "extension_days": 4}, "extension_days"),
        ({"extensions": 13, "extension_days": 5}, "extensions"),
        ({"floor": None}, "lump_sum"),
    ],
)
def test_what_an_announcement_must_say(scene, wrong, field):
    with pytest.raises(Invalid) as refused:
        scene.announce(**wrong)
    assert set(refused.value.problems) == {field}


def test_only_the_office_announces(scene):
    for actor in (scene.stage.buyer, scene.stage.scholar):
        with pytest.raises(Forbidden):
            scene.run(actor, announce_round, LISTING, announced())


def test_a_deadline_reached_by_a_command_is_settled_first(scene):
    """No worker runs: the command finds the period over, has it settled, and is refused."""
    scene.announce()
    scene.clock.set(scene.row().ends_at)
    with pytest.raises(RoundMovedOn):
        scene.run(scene.stage.buyer, register_interest, scene.round, "firm", confirmed=True)
    assert scene.row().state == "failed"
    assert scene.row().ended_at - scene.row().ends_at < timedelta(minutes=1)
    assert scene.row().law_on <= date(2027, 1, 1)
