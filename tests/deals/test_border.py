"""Technology that would leave the country: stated first, then talked about, then signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from accounts.models import Organisation
from core.actor import Seat
from core.errors import Forbidden, Invalid, NotFound
from core.models import Audit
from core.results import Done
from deals.actions.accept_offer import accept_offer
from deals.actions.conclude_deal import conclude_deal
from deals.actions.open_deal import open_deal
from deals.actions.record_export_paper import record_export_paper
from deals.actions.state_country import state_country
from deals.actions.walk_away import walk_away
from deals.border import RULES, Border, Paper, border_before
from deals.errors import STOPS, CountryStated, NothingLeaves, OtherSideActs, WrongDealState, stop
from deals.models import DealStep, ExportPaper, Inquiry
from deals.queries.rooms import deal_page
from listings.actions.state_export import state_export
from listings.exporting import statement_problems, strictest
from listings.kinds import ExportClass
from tests.deals.conftest import LISTING, pass_notice

FREE, RESTRICTED, PROHIBITED = ExportClass.FREE, ExportClass.RESTRICTED, ExportClass.PROHIBITED
NONE, INTENT, BOTH = frozenset(), frozenset({"intent"}), frozenset({"intent", "licence"})
ISSUED = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("stated", "papers", "opening", "talks", "signing", "taking"),
    [
        (None, NONE, "export_unstated", "export_unstated", "export_unstated", "export_unstated"),
        (None, BOTH, "export_unstated", "export_unstated", "export_unstated", "export_unstated"),
        (FREE, NONE, "", "", "", ""),
        (RESTRICTED, NONE, "", "export_intent_missing", "export_intent_missing",
         "export_restricted"),
        (RESTRICTED, {"licence"}, "", "export_intent_missing", "export_intent_missing",
         "export_restricted"),
        (RESTRICTED, INTENT, "", "", "export_licence_missing", "export_restricted"),
        (RESTRICTED, BOTH, "", "", "", "export_restricted"),
        (PROHIBITED, NONE, *["export_prohibited"] * 4),
        (PROHIBITED, BOTH, *["export_prohibited"] * 4),
    ],
)  # fmt: skip
def test_every_class_with_every_paper(stated, papers, opening, talks, signing, taking):
    found = Border(stated, frozenset(papers))
    assert found.against_opening == opening
    assert found.against_talks == talks
    assert found.against_signing == signing
    assert found.against_taking == taking


def test_a_profile_that_asks_nothing_lets_the_unstated_pass_and_the_prohibited_not():
    assert Border(None, asked=False).against_signing == ""
    assert Border(PROHIBITED, asked=False).against_talks == "export_prohibited"


@given(st.lists(st.sampled_from([None, *ExportClass]), max_size=6))
def test_a_package_is_as_strict_as_its_strictest_part(stated):
    found = strictest(stated)
    if PROHIBITED in stated:
        assert found is PROHIBITED
    elif not stated or None in stated:
        assert found is None
    else:
        assert found is (RESTRICTED if RESTRICTED in stated else FREE)


@pytest.mark.parametrize(
    ("kind", "basis", "wrong"),
    [
        ("free", "", set()),
        ("restricted", "", {"basis"}),
        ("restricted", "  ", {"basis"}),
        ("restricted", "053701X", set()),
        ("prohibited", "", {"basis"}),
        ("unheard", "", {"kind"}),
        ("", "", {"kind"}),
        ("free", "x" * 301, {"basis"}),
    ],
)
def test_what_a_statement_must_say(kind, basis, wrong):
    assert set(statement_problems(kind, basis)) == wrong


@pytest.mark.parametrize(
    ("stated", "talks", "signing", "rule"),
    [
        (None, "", "export_country_unstated", ""),
        (FREE, "", "", RULES[FREE]),
        (RESTRICTED, "export_country_unstated", "export_country_unstated", ""),
        (PROHIBITED, "export_country_unstated", "export_country_unstated", ""),
    ],
)
def test_of_a_buyer_who_may_sit_anywhere(stated, talks, signing, rule):
    for papers in (NONE, BOTH):
        found = Border(stated, papers, known=False)
        assert (found.against_talks, found.against_signing) == (talks, signing)
        assert (found.against_opening, found.rule) == ("", rule)
        assert found.recordable(ended=False, signed=False) == ()
    assert Border(None, asked=False, known=False).against_signing == ""


@pytest.mark.parametrize(
    ("stated", "ended", "signed", "kinds"),
    [
        (None, False, False, ()),
        (PROHIBITED, False, False, ()),
        (RESTRICTED, False, False, ("intent", "licence")),
        (RESTRICTED, True, True, ()),
        (FREE, False, False, ()),
        (FREE, True, False, ()),
        (FREE, True, True, ("registration",)),
    ],
)
def test_which_papers_a_deal_may_need(stated, ended, signed, kinds):
    assert Border(stated).recordable(ended=ended, signed=signed) == kinds


def test_every_code_is_a_refusal_with_its_own_words():
    codes = {Border(s, p).against_signing for s in (None, *ExportClass) for p in (NONE, INTENT)}
    codes |= {Border(s).against_taking for s in (None, *ExportClass)}
    codes |= {Border(RESTRICTED, known=False).against_talks}
    assert codes - {""} == {code for code in STOPS if code.startswith("export_")}
    assert all(stop(code).code == code for code in codes - {""})
    assert set(RULES) == {None, *ExportClass}


def _abroad(uow, country: str = "NO"):
    at = uow.lock(Organisation, "firm")
    at.row.country = country
    at.record("planted")
    return Done()


@pytest.fixture
def abroad(stage):
    stage.executor.run(stage.operator, _abroad)
    return stage


def state(stage, kind, basis="目录第 1 项", actor=None):
    stage.executor.run(actor or stage.officer, state_export, LISTING, kind, basis)


def paper(stage, deal, kind, number="技出意 2026-017", on=ISSUED, actor=None):
    stage.executor.run(actor or stage.officer, record_export_paper, deal, kind, number, on)


def conclude(stage, deal):
    done = {"contract": "con", "digest": "0" * 64}
    stage.executor.run(stage.officer, conclude_deal, deal, **done)


def refused(code, do, *args):
    with pytest.raises(STOPS[code]):
        do(*args)


def test_talks_with_a_buyer_abroad_wait_for_the_statement(abroad):
    asked = abroad.ask(abroad.buyer)
    refused("export_unstated", abroad.executor.run, abroad.officer, open_deal, asked)
    state(abroad, "prohibited")
    refused("export_prohibited", abroad.executor.run, abroad.officer, open_deal, asked)
    state(abroad, "free")
    assert abroad.deal(abroad.executor.run(abroad.officer, open_deal, asked).ref).state == "talking"


def passed_by(stage, deal, rule) -> set[str]:
    """The acts whose steps say that they passed the rule."""
    with stage.executor.database.read() as session:
        steps = session.scalars(
            select(DealStep).where(DealStep.deal == deal).order_by(DealStep.n)
        ).all()
        return {step.act for step in steps if rule in {one["rule"] for one in step.rules}}


def test_at_home_nothing_is_asked(stage):
    deal = stage.open()
    assert stage.offer(deal, stage.officer) == 1
    assert set().union(*(passed_by(stage, deal, rule) for rule in RULES.values())) == set()
    with pytest.raises(NothingLeaves):
        paper(stage, deal, "intent")


def test_an_owner_abroad_exports_nothing_from_here(abroad):
    def home(uow):
        at = uow.lock(Organisation, "institute")
        at.row.country = "SE"
        at.record("planted")
        return Done()

    abroad.executor.run(abroad.operator, home)
    assert abroad.offer(abroad.open(), abroad.officer) == 1


def test_restricted_technology_goes_step_by_step(abroad, clock, drain):
    state(abroad, "restricted")
    deal = abroad.open()
    refused("export_intent_missing", abroad.offer, deal, abroad.officer)
    refused("export_intent_missing", abroad.offer, deal, abroad.buyer)
    paper(abroad, deal, "intent")
    version = abroad.offer(deal, abroad.officer)
    abroad.executor.run(abroad.buyer, accept_offer, deal, version)
    pass_notice(abroad, deal, clock, drain)
    assert abroad.deal(deal).state == "confirmed"
    refused("export_licence_missing", conclude, abroad, deal)
    paper(abroad, deal, "licence", "技出许 2026-004")
    conclude(abroad, deal)
    assert abroad.deal(deal).state == "contracted"
    assert passed_by(abroad, deal, RULES[RESTRICTED]) == {"offer", "accept", "conclude"}


def test_a_statement_that_becomes_stricter_stops_what_was_begun(abroad):
    state(abroad, "free")
    deal = abroad.open()
    version = abroad.offer(deal, abroad.officer)
    state(abroad, "prohibited")
    refused("export_prohibited", abroad.executor.run, abroad.buyer, accept_offer, deal, version)
    assert abroad.deal(deal).state == "talking"


def test_only_the_owners_office_states_and_records(abroad):
    for actor in (abroad.buyer, abroad.scholar, abroad.stranger):
        with pytest.raises(Forbidden):
            state(abroad, "free", actor=actor)
    state(abroad, "restricted")
    deal = abroad.open()
    with pytest.raises(OtherSideActs):
        paper(abroad, deal, "intent", actor=abroad.buyer)


@pytest.mark.parametrize(
    ("kind", "number", "on", "field"),
    [
        ("intent", "", ISSUED, "number"),
        ("intent", "x" * 61, ISSUED, "number"),
        ("intent", "1", None, "issued_on"),
        ("intent", "1", date(2099, 1, 1), "issued_on"),
        ("passport", "1", ISSUED, "kind"),
    ],
)
def test_what_a_paper_must_say(abroad, kind, number, on, field):
    state(abroad, "restricted")
    deal = abroad.open()
    with pytest.raises(Invalid) as caught:
        paper(abroad, deal, kind, number, on)
    assert set(caught.value.problems) == {field}


def test_a_correction_replaces_the_paper_and_the_chain_keeps_both(abroad):
    state(abroad, "restricted")
    deal = abroad.open()
    paper(abroad, deal, "intent", "1")
    paper(abroad, deal, "intent", "2", ISSUED - timedelta(days=1))
    with abroad.executor.database.read() as session:
        row = session.get_one(ExportPaper, (deal, Paper.INTENT.value))
        assert (row.number, row.issued_on) == ("2", ISSUED - timedelta(days=1))
        chain = select(Audit.body).where(Audit.stream == f"deal:{deal}").order_by(Audit.n)
        bodies = session.scalars(chain).all()
    said = [f"1\n{ISSUED}", f"2\n{ISSUED - timedelta(days=1)}"]
    kept = [body for body in bodies if "export_paper" in body]
    digests = [sha256(one.encode()).hexdigest() for one in said]
    assert [digest in body for digest, body in zip(digests, kept, strict=True)] == [True, True]


def test_terms_that_are_taken_at_once_say_why_not(abroad):
    def found():
        with abroad.executor.database.read() as session:
            border = border_before(session, "institute", "firm", ["asset"])
            return border.against_taking if border else None

    assert found() == "export_unstated"
    state(abroad, "restricted")
    assert found() == "export_restricted"
    state(abroad, "free")
    assert found() == ""


@pytest.fixture
def alone(stage):
    """The buyer has no organisation in the deal, and speaks for two."""
    other = Seat("rival", "firm", frozenset({"firm_member"}))
    two = replace(stage.buyer, seats=(*stage.buyer.seats, other))
    return replace(stage, buyer=two)


def say(stage, deal, country, actor=None):
    stage.executor.run(actor or stage.buyer, state_country, deal, country)


def test_who_speaks_for_two_firms_is_a_buyer_of_no_known_country(alone, clock, drain):
    deal = alone.open()
    assert alone.deal(deal).buyer_org is None
    version = alone.offer(deal, alone.officer)
    state(alone, "prohibited")
    unstated = "export_country_unstated"
    refused(unstated, alone.executor.run, alone.buyer, accept_offer, deal, version)
    refused(unstated, alone.offer, deal, alone.buyer, version)
    say(alone, deal, "SE")
    refused("export_prohibited", alone.executor.run, alone.buyer, accept_offer, deal, version)
    with pytest.raises(CountryStated):
        say(alone, deal, "CN")
    say(alone, deal, "CN", alone.officer)
    alone.executor.run(alone.buyer, accept_offer, deal, version)
    assert alone.deal(deal).state == "notice"
    assert passed_by(alone, deal, RULES[PROHIBITED]) == set()
    chain = [body for body in _bodies(alone, deal) if "buyer_country" in body]
    assert ["SE" in one for one in chain] == [True, True]


def test_nothing_is_signed_while_class_and_country_are_unstated(alone, clock, drain):
    deal = alone.open()
    alone.executor.run(alone.buyer, accept_offer, deal, alone.offer(deal, alone.officer))
    pass_notice(alone, deal, clock, drain)
    refused("export_country_unstated", conclude, alone, deal)
    state(alone, "restricted")
    say(alone, deal, "US", alone.officer)
    refused("export_intent_missing", conclude, alone, deal)
    for kind in ("intent", "licence"):
        paper(alone, deal, kind)
    conclude(alone, deal)
    assert passed_by(alone, deal, RULES[RESTRICTED]) == {"conclude"}
    assert passed_by(alone, deal, RULES[None]) == set()


def test_free_technology_has_its_registration_recorded_once_signed(abroad, clock, drain):
    state(abroad, "free")
    deal = abroad.open()
    with pytest.raises(WrongDealState):
        paper(abroad, deal, "registration")
    with pytest.raises(NothingLeaves):
        paper(abroad, deal, "licence")
    abroad.executor.run(abroad.buyer, accept_offer, deal, abroad.offer(deal, abroad.officer))
    pass_notice(abroad, deal, clock, drain)
    conclude(abroad, deal)
    with abroad.executor.database.read() as session:
        page = deal_page(session, abroad.officer, deal, clock.now)
        theirs = deal_page(session, abroad.buyer, deal, clock.now)
    assert (page.border.kinds, theirs.border.kinds) == (("registration",), ())
    paper(abroad, deal, "registration", "技出登 2026-118")
    with abroad.executor.database.read() as session:
        assert session.get_one(ExportPaper, (deal, "registration")).number == "技出登 2026-118"


def test_only_of_a_buyer_without_an_organisation_and_only_while_it_matters(stage, alone):
    with pytest.raises(CountryStated):
        say(stage, stage.open(), "SE")
    deal = alone.open()
    with pytest.raises(Invalid) as caught:
        say(alone, deal, "Sweden")
    assert set(caught.value.problems) == {"country"}
    with pytest.raises(NotFound):
        say(alone, deal, "SE", alone.stranger)
    alone.executor.run(alone.buyer, walk_away, deal, "price")
    with pytest.raises(WrongDealState):
        say(alone, deal, "SE")


def _bodies(stage, deal) -> list[str]:
    with stage.executor.database.read() as session:
        chain = select(Audit.body).where(Audit.stream == f"deal:{deal}").order_by(Audit.n)
        return list(session.scalars(chain))


def test_the_country_that_an_inquiry_names_is_asked_about_before_the_deal_opens(stage):
    """Of somebody without an organisation; an inquiry that names none is asked in the room."""
    asked = stage.ask(country="DE")
    refused("export_unstated", stage.executor.run, stage.officer, open_deal, asked)
    for country in ("CN", ""):
        deal = stage.executor.run(stage.officer, open_deal, stage.ask(country=country)).ref
        assert stage.deal(deal).buyer_country == (country or None)


def test_an_organisation_sits_where_the_register_says(stage):
    asked = stage.ask(stage.buyer, country="DE")
    with stage.executor.database.read() as session:
        assert session.get_one(Inquiry, asked).sender_country == "CN"
    assert stage.deal(stage.executor.run(stage.officer, open_deal, asked).ref).buyer_country is None


def test_a_country_is_two_letters(stage):
    with pytest.raises(Invalid) as wrong:
        stage.ask(country="Deutschland")
    assert set(wrong.value.problems) == {"country"}
