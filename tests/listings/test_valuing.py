"""Valuations: what a report must say, who files it, and prices that stray from it."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Forbidden, Invalid, NotFound
from core.ids import show
from core.law import LawBook
from core.verify import canonical
from deals.actions.accept_offer import accept_offer
from deals.actions.make_offer import make_offer
from deals.actions.post_terms import post_terms
from deals.actions.take_terms import take_terms
from deals.actions.walk_away import walk_away
from deals.deciding.actions.set_step import set_step
from deals.deciding.queries import decision_page
from deals.deciding.sheet import told
from deals.errors import OfferSuperseded
from deals.models import Offer, Posting
from deals.posting import Posted
from deals.rounds.actions.announce_round import announce_round
from listings.actions.file_valuation import file_valuation
from listings.models import Valuation
from listings.valuing import Valued, strays, valuation_on, valuation_problems, valuations_of
from reporting.diligence.course import course
from reporting.diligence.paper import Paper
from tests.deals.conftest import LISTING, OWN_RULES, WHEN, terms
from tests.deals.conftest import stage as stage
from tests.deals.deciding.conftest import MEETING
from tests.deals.rounds.conftest import announced
from tests.deals.test_fixed_price import PRICE
from tests.deals.test_pages import app as app
from tests.deals.test_pages import browser as browser
from tests.deals.test_pages import text_of

ROOT = Path(__file__).parents[2]
LAW = LawBook.load(ROOT / "policies").profile("cn-zhejiang", WHEN.date())
TODAY = date(2026, 11, 23)
VALUE = 100_000_000
REPORT = ("e" * 64, "report.pdf", 2000)
PLACE = f"/workbench/results/lst_{LISTING}/rights"


def valued(**more: object) -> Valued:
    base = {
        "methods": ("income_approach", "market_approach"),
        "minor": VALUE,
        "currency": "CNY",
        "valued_on": TODAY - timedelta(days=30),
        "valid_until": TODAY + timedelta(days=335),
        "provider": "临评资产评估有限公司",
        "number": "临评字2026第18号",
        "appraisers": ("甲", "乙"),
        "document": REPORT,
    }
    return Valued(**(base | more))


OWN = {"provider": "", "number": "", "appraisers": (), "document": None}


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({}, []),
        (OWN, []),
        ({"methods": ("income_approach",), "one_method": "无可比交易"}, []),
        ({"methods": ("income_approach",)}, ["one_method"]),
        ({"methods": ("income_approach", "income_approach")}, ["one_method"]),
        ({"methods": ()}, ["methods"]),
        ({"methods": ("guess", "cost_approach")}, ["methods"]),
        ({"minor": 0}, ["value"]),
        ({"valued_on": TODAY + timedelta(days=1)}, ["valued_on"]),
        ({"valid_until": TODAY - timedelta(days=1)}, ["valid_until"]),
        ({"appraisers": ("甲",)}, ["appraisers"]),
        ({"appraisers": ("甲", "甲", " ")}, ["appraisers"]),
        ({"appraisers": ("甲\r", "甲")}, ["appraisers"]),
        ({"document": None}, ["report"]),
        ({"provider": "某" * 121}, ["provider"]),
        (OWN | {"number": "9" * 121, "one_method": "无" * 501}, ["number", "one_method"]),
    ],
)
def test_what_a_valuation_must_say(more, fields):
    assert sorted(valuation_problems(valued(**more), LAW, TODAY)) == fields


@given(st.integers(1, 10**12), st.integers(0, 10**12), st.integers(0, 100))
def test_a_price_strays_exactly_below_the_share(value, price, percent):
    least = Decimal(percent) / 100
    row = Valuation(minor=value, currency="CNY")
    bound = strays(row, price, "CNY", least)
    assert (bound is not None) == (price < value * least)
    assert bound is None or bound >= value * least


def test_what_cannot_be_compared_does_not_stray():
    row = Valuation(minor=VALUE, currency="CNY")
    found = [strays(None, 1, "CNY", Decimal(1)), strays(row, None, "CNY", Decimal(1)),
             strays(row, 1, "USD", Decimal(1))]  # fmt: skip
    assert found == [None, None, None]


def file(stage, actor=None, **more: object) -> str:
    return stage.executor.run(actor or stage.officer, file_valuation, LISTING, valued(**more)).ref


def test_the_office_files_it_and_the_newest_valid_one_counts(stage):
    first, second = file(stage), file(stage, minor=2 * VALUE)
    for who, refusal in ((stage.scholar, Forbidden), (stage.stranger, NotFound)):
        with pytest.raises((refusal, Forbidden)):
            file(stage, who)
    with pytest.raises(Invalid):
        file(stage, document=None)
    with stage.executor.database.read() as session:
        assert str(valuation_on(session, "asset", TODAY).n) == second != first
        assert valuation_on(session, "asset", TODAY + timedelta(days=336)) is None


def posted(price: int, reason: str = "", way: str = "assignment") -> Posted:
    return Posted(
        "fixed_price", terms(**(PRICE | {"lump_sum": price, "way": way})), price_reason=reason,
        mode_reason=OWN_RULES,
    )  # fmt: skip


def test_a_price_far_below_the_valuation_asks_for_a_reason(stage):
    filed, run = file(stage), stage.executor.run
    with pytest.raises(Invalid) as wrong:
        run(stage.officer, post_terms, LISTING, posted(69_999_999))
    assert list(wrong.value.problems) == ["price_reason"]
    kept = run(stage.officer, post_terms, LISTING, posted(69_999_999, "买方承担中试。")).ref
    with stage.executor.database.read() as session:
        row = session.get_one(Posting, kept)
        assert (row.price_reason, str(row.valuation)) == ("买方承担中试。", filed)


@pytest.mark.parametrize("price", [70_000_000, 150_000_000])
def test_a_price_at_the_share_or_above_needs_none(stage, price):
    file(stage)
    assert stage.executor.run(stage.officer, post_terms, LISTING, posted(price)).ref


def test_the_price_of_a_licence_is_no_price_of_the_right(stage):
    file(stage)
    assert stage.executor.run(stage.officer, post_terms, LISTING, posted(1, way="exclusive")).ref


def test_a_list_price_is_asked_about_too(stage):
    file(stage)
    with pytest.raises(Invalid) as wrong:
        stage.executor.run(
            stage.officer, announce_round, LISTING, announced(floor=50_000_000, way="assignment")
        )
    assert list(wrong.value.problems) == ["price_reason"]


def test_it_stands_in_the_approval_sheet_and_the_diligence_file(stage):
    run, zone = stage.executor.run, stage.executor.ports.zone
    file(stage)
    run(stage.officer, set_step, "institute", MEETING)
    posting = run(stage.officer, post_terms, LISTING, posted(60_000_000, "买方承担中试。")).ref
    deal = run(stage.buyer, take_terms, posting, "firm", confirmed=True).ref
    with stage.executor.database.read() as session:
        page = decision_page(session, stage.officer, deal, "zh")
        made = course(session, deal, "zh")
    said = dict(told(page, "zh", zone, WHEN)["facts"])
    assert "1,000,000" in said["评估"]
    assert "收益法" in said["评估"]
    assert said["价格占评估价值的比例"] == "60 %"
    assert said["价格低于评估价值的理由"] == "买方承担中试。"
    assert said["采用本定价方式的理由"] == OWN_RULES
    (one,) = made["result"]["valuations"]
    assert (one["minor"], one["appraisers"], one["sha256"]) == (VALUE, ["甲", "乙"], REPORT[0])
    assert made["posted"]["price_reason"] == "买方承担中试。"
    assert canonical(made)
    paper = Paper(made, "en", zone).sheet(WHEN)
    assert dict(paper["facts"])["Why the price is found in this way"] == OWN_RULES
    rows = next(part["rows"] for part in paper["sections"] if part["heading"] == "Valuations")
    assert rows[0][2] == "临评资产评估有限公司 · 甲 · 乙"


SALE = {"way": "assignment", "entry_fee": None, "royalty": None, "royalty_base": "",
        "valid_until": None}  # fmt: skip
WHY = "买方承担中试。"


def offer_of(stage, deal: str, version: int) -> Offer:
    with stage.executor.database.read() as session:
        return session.get_one(Offer, (deal, version))


def offers(stage, actor, deal: str, price: int, answering: int | None = None, reason: str = ""):
    said = terms(**(SALE | {"lump_sum": price}))
    return int(stage.executor.run(actor, make_offer, deal, said, answering, reason).ref)


def test_the_owner_says_why_it_offers_so_little(stage):
    filed, deal = file(stage), stage.open(way="assignment")
    with pytest.raises(Invalid) as wrong:
        offers(stage, stage.officer, deal, 69_999_999)
    assert list(wrong.value.problems) == ["price_reason"]
    with pytest.raises(Invalid) as wrong:
        offers(stage, stage.officer, deal, 69_999_999, None, "长" * 3001)
    assert list(wrong.value.problems) == ["price_reason"]
    version = offers(stage, stage.officer, deal, 69_999_999, None, WHY)
    stage.executor.run(stage.buyer, accept_offer, deal, version)
    kept = offer_of(stage, deal, version)
    assert (kept.state, str(kept.valuation), kept.price_reason) == ("accepted", filed, WHY)


def test_the_owner_says_why_it_accepts_so_little(stage):
    filed, run = file(stage), stage.executor.run
    deal = stage.open(way="assignment")
    version = offers(stage, stage.buyer, deal, 50_000_000, None, "买方的话")
    assert offer_of(stage, deal, version).price_reason == ""
    with pytest.raises(Invalid) as wrong:
        run(stage.officer, accept_offer, deal, version)
    assert list(wrong.value.problems) == ["price_reason"]
    with pytest.raises(OfferSuperseded):
        run(stage.officer, accept_offer, deal, version + 1)
    run(stage.officer, accept_offer, deal, version, WHY)
    kept = offer_of(stage, deal, version)
    assert (kept.state, str(kept.valuation), kept.price_reason) == ("accepted", filed, WHY)


@pytest.mark.parametrize("price", [70_000_000, 150_000_000])
def test_talks_at_the_share_or_above_need_none(stage, price):
    file(stage)
    deal = stage.open(way="assignment")
    version = offers(stage, stage.officer, deal, price)
    counter = offers(stage, stage.buyer, deal, price, version)
    stage.executor.run(stage.officer, accept_offer, deal, counter)
    assert offer_of(stage, deal, counter).price_reason == ""


def test_the_buyer_learns_nothing_of_a_valuation(stage):
    """With a valuation that the price lies far below, and without: the same answers."""
    run, said = stage.executor.run, []
    for filed in (False, True):
        if filed:
            file(stage)
        deal = stage.open(way="assignment")
        version = offers(stage, stage.officer, deal, 90_000_000)
        counter = offers(stage, stage.buyer, deal, 1, version)
        said.append((version, counter, stage.deal(deal).state))
        run(stage.buyer, walk_away, deal, "price")
    assert said[0] == said[1]
    deal = stage.open(way="assignment")
    version = offers(stage, stage.officer, deal, 90_000_000)
    file(stage, minor=10 * VALUE)  # what the owner offered stays as it was weighed
    run(stage.buyer, accept_offer, deal, version)


def test_a_trial_that_becomes_the_transfer_is_asked_about_too(stage):
    file(stage)
    deal = stage.open(way="trial_licence")
    trial = SALE | {"way": "trial_licence", "converts_to": "assignment", "metrics": "良率",
                    "conversion_price": 60_000_000, "until": date(2027, 6, 30)}  # fmt: skip
    with pytest.raises(Invalid) as wrong:
        stage.executor.run(stage.officer, make_offer, deal, terms(**trial))
    assert list(wrong.value.problems) == ["price_reason"]
    plain = trial | {"converts_to": "ordinary"}
    assert stage.executor.run(stage.officer, make_offer, deal, terms(**plain)).ref


def test_talks_stand_in_the_approval_sheet_and_the_diligence_file(stage):
    run, zone = stage.executor.run, stage.executor.ports.zone
    file(stage)
    run(stage.officer, set_step, "institute", MEETING)
    deal = stage.open(way="assignment")
    version = offers(stage, stage.buyer, deal, 60_000_000)
    run(stage.officer, accept_offer, deal, version, WHY)
    with stage.executor.database.read() as session:
        page = decision_page(session, stage.officer, deal, "zh")
        made = course(session, deal, "zh")
    said = dict(told(page, "zh", zone, WHEN)["facts"])
    assert (said["价格占评估价值的比例"], said["价格低于评估价值的理由"]) == ("60 %", WHY)
    assert [one["price_reason"] for one in made["offers"]] == [WHY]
    assert canonical(made)
    sections = Paper(made, "zh", zone).sheet(WHEN)["sections"]
    assert any(f"价格低于评估价值的理由: {WHY}" in repr(part["rows"]) for part in sections)


def test_the_page_that_accepts_says_why_it_asks(browser, stage):
    file(stage)
    deal = stage.open(way="assignment")
    version = offers(stage, stage.buyer, deal, 60_000_000)
    shown = f"/deals/{show('deal', deal)}/accept/{version}"
    officer = browser("officer")
    assert "价格低于评估价值的理由" in text_of(officer.get(shown))
    assert "价格低于其百分之 70 的，须说明理由" in text_of(officer.post(shown))
    assert officer.post(shown, data={"price_reason": WHY}).status_code == 303
    room = text_of(browser("buyer").get(f"/deals/{show('deal', deal)}"))
    assert "1,000,000" not in room
    assert "价格低于" not in room
    assert WHY not in room


SENT = {"methods": ["income_approach", "cost_approach"], "value": "100万",
        "valued_on": "2026-10-20", "valid_until": "2027-10-19"}  # fmt: skip


def test_on_its_page_with_and_without_a_valuer(browser, stage):
    officer = browser("officer")
    assert "尚无存档的评估" in text_of(officer.get(PLACE))
    assert officer.post(f"{PLACE}/valuations", data=SENT).status_code == 302
    page = text_of(officer.get(PLACE))
    assert "权利人自行评估" in page
    made = {**SENT, "provider": "临评资产评估有限公司", "appraisers": "甲"}
    wrong = text_of(officer.post(f"{PLACE}/valuations", data=made))
    assert "至少 2 名评估专业人员签名" in wrong
    assert "请附上已签名的报告" in wrong
    sent = {**made, "appraisers": "甲\n乙", "report": (io.BytesIO(b"%PDF-1.7 r"), "r.pdf")}
    assert officer.post(f"{PLACE}/valuations", data=sent).status_code == 302
    with stage.executor.database.read() as session:
        report, own = [
            f"{PLACE}/valuations/{one.n}/report" for one in valuations_of(session, "asset")
        ]
    with officer.get(report) as sent:
        assert sent.data == b"%PDF-1.7 r"
    assert officer.get(own).status_code == 404
    assert "Appraised value" in text_of(officer.get(f"/en{PLACE}"))
    assert browser("stranger").get(report).status_code == 404


def test_the_form_of_a_price_says_why_it_asks(browser, stage):
    file(stage)
    shown = f"/results/lst_{LISTING}/postings/new?mode=fixed_price"
    price = {"way": "assignment", "lump_sum": "60万", "tax_basis": "included", "royalty_base": "",
             "mode_reason": OWN_RULES}  # fmt: skip
    said = text_of(browser("officer").post(shown, data=price))
    assert "价格低于其百分之 70 的，须说明理由" in said
    done = browser("officer").post(shown, data=price | {"price_reason": "买方承担中试。"})
    assert done.status_code == 303
