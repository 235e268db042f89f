"""From an inquiry to a confirmed price, on a real database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.actor import ANONYMOUS, SYSTEM
from core.errors import Forbidden, Invalid, NotFound
from core.models import Audit
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.actions.accept_offer import accept_offer
from deals.actions.answer_objection import answer_objection
from deals.actions.make_offer import make_offer
from deals.actions.object_to_notice import object_to_notice
from deals.actions.open_deal import open_deal
from deals.actions.settle_deal import settle_deal
from deals.actions.walk_away import walk_away
from deals.actions.withdraw_offer import withdraw_offer
from deals.errors import (
    NoticeEnded,
    OfferLapsed,
    OfferSuperseded,
    OtherSideActs,
    OwnOffer,
    WayTaken,
    WrongDealState,
)
from deals.models import AssetClaim, DealStep, Offer
from deals.proving import reminds_at
from deals.queries.rooms import claims_on
from listings.kinds import Way
from listings.rights import Grant, grant
from tests.deals.conftest import Stage, pass_notice, plant_listing, terms

REASON = "净销售额的定义遗漏了海外子公司，价格因此偏低。"


def agreed(stage: Stage) -> str:
    deal = stage.open()
    first = stage.offer(deal, stage.buyer, entry_fee=150_000_000)
    second = stage.offer(deal, stage.officer, first)
    stage.executor.run(stage.buyer, accept_offer, deal, second)
    return deal


def object_(stage: Stage, deal: str) -> str:
    notice = stage.notice(deal).id
    run = stage.executor.run
    return run(ANONYMOUS, object_to_notice, notice, "沈若川", "shen@else.example", REASON).ref


def test_acceptance_puts_the_price_on_notice(stage):
    deal = agreed(stage)
    row, notice = stage.deal(deal), stage.notice(deal)
    assert (row.state, row.agreed, row.way) == ("notice", 2, "exclusive")
    assert notice.state == "running"
    assert (notice.first_day, notice.last_day, notice.ends_at) == (None, None, None)
    assert notice.places == ["unit", "market"]
    assert notice.terms["entry_fee"] == 240_000_000
    assert row.due_at == reminds_at(notice, stage.executor.ports.zone)
    with stage.executor.database.read() as session:
        assert session.scalars(select(AssetClaim.way)).all() == ["exclusive"]
        steps = session.scalars(select(DealStep).order_by(DealStep.n)).all()
    assert [step.act for step in steps] == ["offer", "offer", "accept", "settle"]
    rule = steps[-1].rules[0]
    assert rule["rule"] == "notice.price.min_days"
    assert rule["value"] == 15
    assert "17" in rule["citation"]
    assert rule["profile"] == row.profile


def test_the_notice_ends_in_a_confirmed_price(stage, clock, drain):
    deal = agreed(stage)
    clock.move(timedelta(days=40))
    drain()
    assert stage.deal(deal).state == "notice", "nobody's silence counts before it hangs"
    stage.hang(deal)
    row, notice = stage.deal(deal), stage.notice(deal)
    assert (notice.last_day - notice.first_day).days >= 15
    assert row.due_at == reminds_at(notice, stage.executor.ports.zone) < notice.ends_at
    clock.set(stage.last_morning(deal))
    stage.hang(deal, "last")
    assert stage.deal(deal).due_at == notice.ends_at
    clock.set(notice.ends_at - timedelta(microseconds=1))
    drain()
    assert stage.deal(deal).state == "notice"
    clock.move(timedelta(microseconds=1))
    drain()
    assert stage.deal(deal).state == "confirmed"
    assert stage.notice(deal).result == "confirmed"


def test_settling_early_writes_nothing(stage):
    deal = agreed(stage)
    before = stage.deal(deal).version
    stage.executor.settle(f"deal:{deal}")
    with stage.executor.database.read() as session:
        chain = select(Audit.body).where(Audit.stream == f"deal:{deal}").order_by(Audit.n)
        last = session.scalars(chain).all()[-1]
    assert stage.deal(deal).version == before
    assert "noticed" in last


def test_an_objection_blocks_until_answered(stage, clock, drain):
    deal = agreed(stage)
    objection = object_(stage, deal)
    pass_notice(stage, deal, clock, drain)
    assert stage.deal(deal).state == "objected"
    stage.executor.run(stage.officer, answer_objection, objection, "dismissed", "定义已含子公司。")
    assert stage.deal(deal).state == "confirmed"
    assert stage.notice(deal).state == "closed"


def test_an_upheld_objection_reopens_the_talks(stage, clock):
    deal = agreed(stage)
    objection = object_(stage, deal)
    stage.executor.run(stage.officer, answer_objection, objection, "upheld", "应重新商定。")
    row = stage.deal(deal)
    assert (row.state, row.agreed, row.offer, row.notice) == ("talking", None, None, None)
    assert stage.notice(deal).result == "objection_upheld"
    with stage.executor.database.read() as session:
        assert session.scalars(select(AssetClaim)).all() == []
    again = stage.offer(deal, stage.officer, entry_fee=250_000_000)
    stage.executor.run(stage.buyer, accept_offer, deal, again)
    assert stage.deal(deal).state == "notice"
    assert stage.notice(deal).state == "running"


def test_an_objection_after_the_deadline_is_refused_by_whoever_comes_first(stage, clock):
    deal = agreed(stage)
    notice = stage.notice(deal).id
    pass_notice(stage, deal, clock, lambda: None)
    with pytest.raises((NoticeEnded, WrongDealState)):
        stage.executor.run(ANONYMOUS, object_to_notice, notice, "某人", "someone", REASON)
    assert stage.deal(deal).state == "confirmed"  # the late command itself settled the deal


def test_only_the_current_version_and_only_the_other_side(stage):
    deal = stage.open()
    first = stage.offer(deal, stage.buyer)
    with pytest.raises(OwnOffer):
        stage.executor.run(stage.buyer, accept_offer, deal, first)
    second = stage.offer(deal, stage.officer, first, royalty=350)
    with pytest.raises(OfferSuperseded):
        stage.executor.run(stage.officer, accept_offer, deal, first)
    with pytest.raises(OfferSuperseded):
        stage.executor.run(stage.buyer, make_offer, deal, terms(), first)
    stage.executor.run(stage.buyer, accept_offer, deal, second)
    with pytest.raises(WrongDealState):
        stage.executor.run(stage.buyer, accept_offer, deal, second)


def test_an_offer_lapses_with_its_date(stage, clock):
    deal = stage.open()
    version = stage.offer(deal, stage.officer, valid_until=clock.now.date())
    clock.move(timedelta(days=1))
    with pytest.raises(OfferLapsed):
        stage.executor.run(stage.buyer, accept_offer, deal, version)


def test_an_offer_without_a_date_gets_the_profiles(stage, clock):
    deal = stage.open()
    stage.offer(deal, stage.officer, valid_until=None)
    with stage.executor.database.read() as session:
        until = session.scalar(select(Offer.valid_until))
    assert 30 <= (until - clock.now.date()).days <= 33


def test_a_withdrawn_offer_cannot_be_accepted(stage):
    deal = stage.open()
    version = stage.offer(deal, stage.buyer)
    stage.executor.run(stage.buyer, withdraw_offer, deal, version)
    from deals.errors import NoOffer

    with pytest.raises(NoOffer):
        stage.executor.run(stage.officer, accept_offer, deal, version)


def test_bad_terms_are_refused_field_by_field(stage):
    deal = stage.open()
    with pytest.raises(Invalid) as caught:
        stage.offer(deal, stage.buyer, entry_fee=None, royalty=None, royalty_base="")
    assert set(caught.value.problems) == {"lump_sum"}


def test_one_exclusive_way_goes_to_one_deal(stage):
    first, second = stage.open(), stage.open()
    one = stage.offer(first, stage.officer)
    other = stage.offer(second, stage.officer, way="ordinary")
    stage.executor.run(stage.buyer, accept_offer, first, one)
    with pytest.raises(WayTaken):
        stage.executor.run(stage.buyer, accept_offer, second, other)
    stage.executor.run(stage.buyer, walk_away, first, "price")
    assert stage.deal(first).state == "withdrawn"
    assert stage.notice(first).result == "ended"
    stage.executor.run(stage.buyer, accept_offer, second, other)
    assert stage.deal(second).state == "notice"


def test_two_ordinary_licences_live_together(stage):
    for _ in range(2):
        deal = stage.open(way="ordinary")
        version = stage.offer(deal, stage.officer, way="ordinary")
        stage.executor.run(stage.buyer, accept_offer, deal, version)
        assert stage.deal(deal).state == "notice"


def test_talks_lapse_after_the_idle_period(stage, clock, drain):
    deal = stage.open()
    stage.offer(deal, stage.officer)
    clock.move(timedelta(days=59))
    drain()
    assert stage.deal(deal).state == "talking"
    clock.move(timedelta(days=3))
    drain()
    assert stage.deal(deal).state == "lapsed"
    with pytest.raises(WrongDealState):
        stage.offer(deal, stage.officer, 1)


def test_a_buyer_who_contributed_is_marked_related(stage):
    from listings.models import Asset, Contributor

    def contribute(uow: UnitOfWork) -> Done:
        at = uow.lock(Asset, "asset")
        at.add(Contributor(asset="asset", position=1, name="Buyer", person="buyer"))
        at.record("contributed")
        return Done()

    stage.executor.run(SYSTEM, contribute)
    deal = agreed(stage)
    assert stage.deal(deal).related is True
    assert stage.notice(deal).related is True


def test_strangers_find_nothing_and_readers_cannot_act(stage):
    deal = stage.open()
    version = stage.offer(deal, stage.officer)
    for outsider in (stage.stranger, ANONYMOUS):
        with pytest.raises(NotFound):
            stage.executor.run(outsider, accept_offer, deal, version)
    for reader in (stage.scholar, stage.operator):
        with pytest.raises(Forbidden):
            stage.executor.run(reader, accept_offer, deal, version)
    with pytest.raises(NotFound):
        stage.executor.run(stage.stranger, open_deal, stage.ask())


def test_an_exclusive_licence_of_one_place_leaves_others_free(stage):
    def enter(uow: UnitOfWork) -> Done:
        right = Grant(Way.EXCLUSIVE, None, "paper:1", date(2026, 1, 1), None, None, "CN-33", "某厂")
        grant(uow, "asset", right)
        return Done()

    stage.executor.run(SYSTEM, enter)
    deal = stage.open()
    for place in ("", "CN", "CN-33", "DE, CN-33", "长三角"):
        with pytest.raises(WayTaken):
            stage.offer(deal, stage.officer, territory=place)
    one = stage.offer(deal, stage.officer, territory="DE, CN-31")
    stage.executor.run(stage.buyer, accept_offer, deal, one)
    assert stage.deal(deal).state == "notice"


def test_two_exclusive_licences_of_places_apart_are_agreed_side_by_side(stage):
    """From the offer on: what one deal has claimed leaves the other's places free."""
    first, second = stage.open(), stage.open()
    one = stage.offer(first, stage.officer, territory="CN-33, CN-31")
    other = stage.offer(second, stage.officer, territory="DE")
    stage.executor.run(stage.buyer, accept_offer, first, one)
    for place in ("", "CN", "CN-31", "FR, CN-33", "长三角"):
        with pytest.raises(WayTaken):
            stage.offer(second, stage.officer, other, territory=place)
    stage.executor.run(stage.buyer, accept_offer, second, other)
    with stage.executor.database.read() as session:
        claims = session.execute(select(AssetClaim.deal, AssetClaim.territory)).all()
        shown = {claim.territory for claim in claims_on(session, "asset")}
    assert {tuple(claim) for claim in claims} == {(first, "CN-33, CN-31"), (second, "DE")}
    assert shown == {"CN-33, CN-31", "DE"}
    third = stage.open()
    last = stage.offer(third, stage.officer, territory="FR")
    stage.executor.run(stage.buyer, accept_offer, third, last)
    assert stage.deal(third).state == "notice"


def test_a_package_claims_its_members_too(stage):
    from listings.models import Asset, AssetMember

    def pack(uow: UnitOfWork) -> Done:
        plant_listing(uow, "pack", "package")
        at = uow.lock(Asset, "package")
        at.add(AssetMember(package="package", member="asset"))
        at.record("packed")
        return Done()

    stage.executor.run(SYSTEM, pack)
    whole, part = stage.open(listing="pack"), stage.open()
    one, other = stage.offer(whole, stage.officer), stage.offer(part, stage.officer)
    stage.executor.run(stage.buyer, accept_offer, whole, one)
    with pytest.raises(WayTaken):
        stage.executor.run(stage.buyer, accept_offer, part, other)


def test_the_other_side_answers_objections_in_vain(stage):
    deal = agreed(stage)
    objection = object_(stage, deal)
    with pytest.raises(OtherSideActs):
        stage.executor.run(stage.buyer, answer_objection, objection, "dismissed", "不成立。")
    assert stage.deal(deal).state == "notice"
    assert settle_deal.__doc__
