"""A price that a state owner finds in a way that the law does not name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts.models import Organisation
from bootstrap import ROOT
from core.actor import SYSTEM
from core.errors import Invalid
from core.law.book import LawBook
from core.results import Done
from core.times import legal_date
from deals.actions.open_deal import open_deal
from deals.actions.post_terms import post_terms
from deals.lawful import PRICE_WAYS, is_outside
from deals.models import Posting
from deals.modes import DEFAULT, MODES
from deals.open_licence.actions.state_licence import state_licence
from deals.outside import ask_why
from deals.posting import Posted
from deals.queries import deal_page
from deals.queries.postings import posting_page
from deals.rounds.actions.announce_round import announce_round
from governance.actions.approve_amendment import approve_amendment
from governance.actions.propose_amendment import propose_amendment
from governance.amending import Proposed
from tests.contracts.test_fees import HEAD, RULE
from tests.deals.conftest import LISTING, OPERATOR, OWN_RULES, person
from tests.deals.conftest import terms as plain_terms
from tests.deals.open_licence.conftest import plant_patent, statement
from tests.deals.rounds.conftest import announced

LAW = LawBook.load(ROOT / "policies").profile("cn-national", date(2026, 11, 30))
PRICE = {"way": "ordinary", "entry_fee": None, "royalty": None, "royalty_base": "",
         "lump_sum": 80_000_000, "valid_until": None}  # fmt: skip


def enforced(how: str):
    values = dict(LAW.values)
    values[PRICE_WAYS] = replace(LAW.value(PRICE_WAYS), enforce=how)
    return replace(LAW, values=values)


@pytest.mark.parametrize(
    ("mode", "enforce", "reason", "code"),
    [
        ("negotiated", "warn", "", None),
        ("open_listing", "block", "", None),
        ("fixed_price", "warn", "", "mode_outside"),
        ("fixed_price", "warn", " 小额 ", "mode_outside"),
        ("fixed_price", "warn", OWN_RULES, None),
        ("open_licence", "warn", "", "mode_outside"),
        ("trial_conversion", "warn", OWN_RULES, None),
        ("fixed_price", "block", OWN_RULES, "mode_barred"),
    ],
)
def test_each_mode_by_each_rule(mode, enforce, reason, code):
    profile = enforced(enforce)
    assert is_outside(profile, mode) == (mode not in {"negotiated", "open_listing"})
    if code is None:
        ask_why(profile, mode, reason, "zh")
        return
    with pytest.raises(Invalid) as refused:
        ask_why(profile, mode, reason, "zh")
    ((problem,),) = refused.value.problems.values()
    assert problem.code == code
    assert "第18条" in problem.params["citation"]


def test_a_silent_profile_asks_nothing():
    silent = {id: value for id, value in LAW.values.items() if id != PRICE_WAYS}
    law = replace(LAW, values=silent)
    assert not is_outside(law, "fixed_price")
    ask_why(law, "fixed_price", "", "zh")


def posted(reason: str) -> Posted:
    return Posted("fixed_price", plain_terms(**PRICE), mode_reason=reason)


def test_the_reason_is_kept_and_read_behind_the_desk(stage):
    run = stage.executor.run
    for reason in ("", "长" * 1001):
        with pytest.raises(Invalid) as refused:
            run(stage.officer, post_terms, LISTING, posted(reason))
        assert set(refused.value.problems) == {"mode_reason"}
    made = run(stage.officer, post_terms, LISTING, posted(OWN_RULES)).ref
    with stage.executor.database.read() as session:
        assert session.get_one(Posting, made).mode_reason == OWN_RULES
        readers = (stage.officer, stage.operator, stage.buyer, stage.stranger)
        pages = [posting_page(session, who, made, date(2026, 11, 24), "zh") for who in readers]
        assert [page.desk for page in pages] == [True, True, False, False]


def abroad(uow):
    at = uow.lock(Organisation, "institute")
    at.row.country = "DE"
    at.record("changed")
    return Done()


def test_an_owner_abroad_is_not_asked(stage):
    stage.executor.run(stage.operator, abroad)
    assert stage.executor.run(stage.officer, post_terms, LISTING, posted("")).ref


def name_auctions_alone(stage, clock, enforce: str) -> None:
    """The operators take every way but the auction out of the list."""
    with stage.executor.database.read() as session:
        today = legal_date(stage.executor.database.now(session), stage.executor.ports.zone)
    day = today + timedelta(days=8)
    rule = RULE.format(rule=PRICE_WAYS, value='["auction"]', unit="codes", day=day)
    text = f'{HEAD}{rule}enforce = "{enforce}"\n'
    proposed = Proposed("profile", "cn-national", text, day, "本地只认可拍卖。")
    amendment = stage.executor.run(stage.operator, propose_amendment, proposed).ref
    stage.executor.run(person("second-operator", OPERATOR), approve_amendment, amendment)
    stage.executor.forget_law()
    clock.move(timedelta(days=9))


@pytest.fixture
def only_auctions(stage, clock):
    name_auctions_alone(stage, clock, "warn")
    return stage


def publishes(mode: str):
    """Makes a posting of a mode, as its own use case does."""
    price = plain_terms(**PRICE)
    if mode == "open_listing":
        said = announced(way="ordinary")
        return announce_round, lambda why: replace(
            said, posted=replace(said.posted, mode_reason=why)
        )
    return post_terms, lambda why: Posted(mode, price, mode_reason=why)


@pytest.mark.parametrize("mode", ["fixed_price", "open_listing"])
def test_terms_in_every_mode_are_published_with_a_reason(only_auctions, mode):
    run, officer = only_auctions.executor.run, only_auctions.officer
    action, said = publishes(mode)
    with pytest.raises(Invalid) as refused:
        run(officer, action, LISTING, said(" 小额 "))
    assert [one.code for one in refused.value.problems["mode_reason"]] == ["mode_outside"]
    run(officer, action, LISTING, said(OWN_RULES))
    with only_auctions.executor.database.read() as session:
        row = session.scalars(select(Posting)).one()
        assert (row.mode, row.mode_reason) == (mode, OWN_RULES)


def test_an_open_licence_is_stated_with_a_reason(only_auctions):
    run, officer = only_auctions.executor.run, only_auctions.officer
    run(SYSTEM, plant_patent)
    bare = statement()
    with pytest.raises(Invalid) as refused:
        run(officer, state_licence, LISTING, replace(
            bare, posted=replace(bare.posted, mode_reason="")
        ))  # fmt: skip
    assert [one.code for one in refused.value.problems["mode_reason"]] == ["mode_outside"]
    assert run(officer, state_licence, LISTING, bare).ref


def test_talks_about_a_price_are_opened_with_a_reason(only_auctions):
    stage = only_auctions
    inquiry = stage.ask(stage.buyer)
    for reason, code in (("", "mode_outside"), ("长" * 1001, "too_long")):
        with pytest.raises(Invalid) as refused:
            stage.executor.run(stage.officer, open_deal, inquiry, mode_reason=reason)
        assert [one.code for one in refused.value.problems["mode_reason"]] == [code]
    assert stage.inquiry(inquiry).deal is None
    deal = stage.executor.run(stage.officer, open_deal, inquiry, mode_reason=f" {OWN_RULES} ").ref
    assert stage.deal(deal).mode_reason == OWN_RULES
    with stage.executor.database.read() as session:
        now = stage.executor.database.now(session)
        readers = (stage.officer, stage.operator, stage.buyer)
        pages = [deal_page(session, who, deal, now) for who in readers]
        assert [page.mode_reason for page in pages] == [OWN_RULES, OWN_RULES, ""]


def test_a_rule_that_blocks_opens_no_talks(stage, clock):
    name_auctions_alone(stage, clock, "block")
    with pytest.raises(Invalid) as refused:
        stage.executor.run(stage.officer, open_deal, stage.ask(stage.buyer), mode_reason=OWN_RULES)
    assert [one.code for one in refused.value.problems["mode"]] == ["mode_barred"]


def test_talks_are_opened_without_a_word_where_the_law_names_agreement(stage):
    assert stage.deal(stage.open()).mode_reason == ""


def test_an_owner_abroad_opens_talks_without_a_word(only_auctions):
    only_auctions.executor.run(only_auctions.operator, abroad)
    assert only_auctions.deal(only_auctions.open()).mode_reason == ""


def test_every_mode_is_asked_somewhere():
    """Published terms by `publish`, an agreed price by `open_deal`; what follows another deal was
    asked about there. A mode that is none of these would be asked nowhere."""
    published = {code for code, mode in MODES.items() if mode.posts or mode.statement}
    assert set(MODES) == published | {DEFAULT} | {"trial_conversion"}
