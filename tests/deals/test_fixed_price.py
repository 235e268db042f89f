"""Published terms: posted, accepted as they stand, withdrawn; and who may."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.actor import SYSTEM, Seat
from core.errors import Forbidden, Invalid
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.actions.accept_offer import accept_offer
from deals.actions.answer_objection import answer_objection
from deals.actions.object_to_notice import object_to_notice
from deals.actions.post_terms import post_terms
from deals.actions.take_terms import take_terms
from deals.actions.walk_away import walk_away
from deals.actions.withdraw_terms import withdraw_terms
from deals.eligibility import Candidate, Conditions, obstacle
from deals.errors import BuyerNotVetted, DomesticOnly, TermsWithdrawn, WayTaken
from deals.models import AssetClaim, Deal, DealStep, Offer, Posting
from deals.posting import Posted
from listings.actions.withdraw_listing import withdraw_listing
from tests.deals.conftest import LISTING, OWN_RULES, pass_notice, person, terms
from tests.deals.test_races import count
from tests.racing import ROUNDS, race

PRICE = {"way": "exclusive", "entry_fee": None, "royalty": None, "royalty_base": "",
         "lump_sum": 80_000_000}  # fmt: skip


def posted(**more: object) -> Posted:
    return Posted("fixed_price", terms(**(PRICE | more)), "具备量产能力。", mode_reason=OWN_RULES)


def post(stage, **more: object) -> str:
    return stage.executor.run(stage.officer, post_terms, LISTING, posted(**more)).ref


def take(stage, posting: str, actor=None, organisation="firm", **more: object) -> str:
    who = actor or stage.buyer
    return stage.executor.run(
        who, take_terms, posting, organisation, **({"confirmed": True} | more)
    ).ref


def rows(stage, model, *where) -> list:
    with stage.executor.database.read() as session:
        return list(session.scalars(select(model).where(*where)))


def test_acceptance_agrees_claims_and_goes_on_notice(stage, clock, drain):
    posting = post(stage)
    deal = take(stage, posting)
    row, notice = stage.deal(deal), stage.notice(deal)
    assert (row.mode, row.state, row.way, row.posting) == (
        "fixed_price", "notice", "exclusive", posting,
    )  # fmt: skip
    assert (row.buyer_org, row.buyer_firm) == ("firm", "firm甲")
    assert (notice.mode, notice.terms["lump_sum"], notice.related) == (
        "fixed_price", 80_000_000, False,
    )  # fmt: skip
    (offer,) = rows(stage, Offer, Offer.deal == deal)
    assert (offer.side, offer.state) == ("seller", "accepted")
    assert [claim.way for claim in rows(stage, AssetClaim)] == ["exclusive"]
    step = rows(stage, DealStep, DealStep.act == "take")[0]
    assert [rule["rule"] for rule in step.rules] == ["notice.price.modes"]
    pass_notice(stage, deal, clock, drain)
    assert stage.deal(deal).state == "confirmed"


def test_an_upheld_objection_ends_it_and_frees_the_way(stage):
    posting = post(stage)
    deal = take(stage, posting)
    args = (
        stage.notice(deal).id,
        "沈若川",
        "shen@else.example",
        "价格明显低于同类许可，理由在此。",
    )
    objection = stage.executor.run(stage.stranger, object_to_notice, *args).ref
    stage.executor.run(stage.officer, answer_objection, objection, "upheld", "应重新定价。")
    assert stage.deal(deal).state == "refused"
    assert rows(stage, AssetClaim) == []
    take(stage, posting, stage.stranger, "rival")  # the terms still stand for others


def test_a_related_buyer_is_marked(stage):
    assert stage.notice(take(stage, post(stage), related=True)).related


def test_an_exclusive_right_is_taken_once_and_an_ordinary_one_often(stage):
    posting, ordinary = post(stage), post(stage, way="ordinary")
    take(stage, ordinary)
    take(stage, ordinary, stage.stranger, "rival")
    with pytest.raises(WayTaken):
        take(stage, posting)
    assert len(rows(stage, Deal)) == 2
    with pytest.raises(WayTaken):
        post(stage)


def test_who_may_accept_and_publish(stage):
    posting = post(stage)
    for actor, organisation in ((stage.buyer, "rival"), (stage.scholar, "institute")):
        with pytest.raises(Forbidden):
            take(stage, posting, actor, organisation)
    with pytest.raises(Invalid):
        take(stage, posting, confirmed=False)
    for actor in (stage.buyer, stage.scholar):
        with pytest.raises(Forbidden):
            stage.executor.run(actor, post_terms, LISTING, posted())
        with pytest.raises(Forbidden):
            stage.executor.run(actor, withdraw_terms, posting)
    both = person("second", Seat("institute", "institute", frozenset({"tto_officer"})))
    with pytest.raises(Exception, match="own_terms"):
        take(stage, posting, both, "institute")
    assert rows(stage, Deal) == []


def test_terms_must_be_a_price(stage):
    with pytest.raises(Invalid) as refused:
        post(stage, lump_sum=None)
    assert set(refused.value.problems) == {"lump_sum"}


def change(uow: UnitOfWork, organisation: str, **values: object) -> Done:
    from accounts.models import Organisation

    at = uow.lock(Organisation, organisation)
    for name, value in values.items():
        setattr(at.row, name, value)
    at.record("changed")
    return Done()


def test_only_vetted_and_where_asked_only_domestic_organisations(stage):
    run = stage.executor.run
    only = Posted("fixed_price", terms(**PRICE), domestic_only=True, mode_reason=OWN_RULES)
    posting = run(stage.officer, post_terms, LISTING, only).ref
    run(SYSTEM, change, "firm", country="DE")
    with pytest.raises(DomesticOnly):
        take(stage, posting)
    run(SYSTEM, change, "firm", country="CN", state="applied")
    with pytest.raises(BuyerNotVetted):
        take(stage, posting)
    assert rows(stage, Deal) == []


def test_what_ended_cannot_be_accepted(stage, clock):
    run = stage.executor.run
    withdrawn, lapsed = post(stage, way="ordinary"), post(stage, valid_until=date(2026, 11, 25))
    run(stage.officer, withdraw_terms, withdrawn)
    clock.move(timedelta(days=3))
    for posting in (withdrawn, lapsed):
        with pytest.raises(TermsWithdrawn):
            take(stage, posting)
    with pytest.raises(TermsWithdrawn):
        run(stage.officer, withdraw_terms, withdrawn)
    open_ = post(stage, way="ordinary")
    run(stage.officer, withdraw_listing, LISTING, "not_now")
    with pytest.raises(TermsWithdrawn):
        take(stage, open_)


ids, countries = st.sampled_from(["owner", "firm"]), st.sampled_from(["CN", "DE"])


@given(ids, countries, st.booleans(), st.booleans())
def test_eligibility_is_every_condition(organisation, country, vetted, domestic):
    found = obstacle(Candidate(organisation, country, vetted), Conditions("owner", "CN", domestic))
    fits = organisation != "owner" and vetted and (country == "CN" or not domestic)
    assert (found == "") == fits


def test_races_across_modes_and_with_the_last_moment_withdrawal(stage, clock):
    run = stage.executor.run
    for _ in range(max(1, ROUNDS // 4)):
        clock.move(timedelta(minutes=61))
        posting = post(stage, valid_until=None)
        deal = stage.open()
        version = stage.offer(deal, stage.buyer, valid_until=None)
        ends = race(
            partial(run, stage.stranger, take_terms, posting, "rival", confirmed=True),
            partial(run, stage.officer, accept_offer, deal, version),
            partial(run, stage.second, withdraw_terms, posting),
        )
        assert ends[2] == "done"
        assert ends[0] in {"done", "way_taken", "terms_withdrawn"}
        assert ends[1] in {"done", "way_taken"}
        assert ends[:2].count("done") == count(stage, AssetClaim) == 1
        for row in rows(stage, Deal, Deal.state.in_(("notice", "talking"))):
            run(stage.officer, walk_away, row.id, "price")
        assert count(stage, AssetClaim) == 0
        assert {row.state for row in rows(stage, Posting)} == {"withdrawn"}
