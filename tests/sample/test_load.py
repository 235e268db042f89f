"""The sample market, told through the real use cases on a real database."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.actions.sign_in import sign_in
from accounts.codes import hash_token, new_session_token
from accounts.seeding import Registrar
from billing.models import Obligation
from contracts.models import Contract
from contracts.registration.models import ContractRegistration
from core.actor import ANONYMOUS
from core.audit import verify_streams
from core.models import Audit, Base, Outbox, Stream, Timer
from core.times import legal_date
from deals.models import Deal, Inquiry, Objection, Offer
from deals.open_licence.models import OpenLicence
from deals.rounds.models import Registration, Round
from listings.models import Comparison, Contributor, Listing, ListingText, Need, PatentFacts, Right
from sample import content, load
from sample.load import ROLES
from tests import databases
from tests.conftest import START


@pytest.fixture(scope="module")
def market(_market):
    """Loaded once for the whole file: nothing here changes a row of it."""
    runtime, clock = _market
    databases.empty(runtime.database, Base.metadata)
    clock.set(START)
    return runtime, load.load(runtime)


@pytest.fixture
def runtime(market):
    return market[0]


@pytest.fixture
def summary(market):
    return market[1]


@pytest.fixture
def session(runtime, summary):
    with runtime.database.read() as session:
        yield session


def titled(session, key):
    words = content.read().results[key]
    title = words[words["original"]]["title"]
    found = select(Listing).join(ListingText, ListingText.listing == Listing.id)
    return session.scalars(found.where(ListingText.title == title)).one()


def test_the_whole_market_is_there(summary):
    wanted = Counter(one["state"] for one in content.read().results.values())
    members = sum(len(one.get("members", ())) for one in content.read().results.values())
    wanted["archived"] += members
    assert summary.listings == wanted
    assert (summary.organisations, summary.needs) == (22, 15)
    assert (summary.inquiries, summary.deals) == (13, 7)


def test_an_open_listing_runs_and_a_contract_waits_to_be_signed(session):
    row = session.scalars(select(Round)).one()
    assert (row.state, row.ends_on > START.date()) == ("disclosed", True)
    parties = select(Registration.state).where(Registration.round == row.id)
    assert sorted(session.scalars(parties)) == ["active", "applied"]
    asked = session.scalars(select(Obligation).where(Obligation.about == f"round:{row.id}")).one()
    assert (asked.kind, asked.amount) == ("deposit", row.deposit_minor)
    assert asked.account is not None
    contract = session.scalars(select(Contract).where(Contract.state == "ready")).one()
    assert contract.versions == 2
    assert session.get_one(Deal, contract.deal).state == "confirmed"


def test_an_open_licence_was_announced(session):
    row = session.scalars(select(OpenLicence)).one()
    assert (row.patent, row.announced_no) == ("ZL202219066920.5", "2026-45-0117")
    assert row.withdrawn_on is None
    right = select(Right.kind).where(Right.source == f"posting:{row.posting}")
    assert session.scalars(right).one() == "open_licence"


def test_one_contract_is_signed_and_one_registered(session):
    signed = session.scalars(select(Contract).where(Contract.state == "signed")).all()
    deals = {session.get_one(Deal, one.deal).state: one for one in signed}
    assert sorted(deals) == ["contracted", "registered"]
    row = session.scalars(
        select(ContractRegistration).where(ContractRegistration.contract == deals["registered"].id)
    ).one()
    assert (row.state, len(row.number)) == ("registered", 16)
    owed = session.scalars(select(Obligation).where(Obligation.kind != "deposit")).all()
    assert {one.state for one in owed} == {"open"}
    assert all(one.overdue_at is None for one in owed)


def test_a_trial_runs_and_can_be_taken_up(runtime, session):
    today = legal_date(runtime.database.now(session), runtime.settings.zone)
    deal = session.scalars(select(Deal).where(Deal.state == "trial")).one()
    (price,) = session.scalars(select(Offer).where(Offer.deal == deal.id))
    assert session.get_one(Deal, deal.follows).state == "contracted"
    assert (price.terms["way"], price.terms["lump_sum"]) == ("ordinary", 15_000_000)
    assert price.valid_until > today + timedelta(days=300)
    right = select(Right.ends).where(Right.way == "trial_licence")
    assert session.scalars(right).one() == price.valid_until


def test_a_second_load_changes_nothing(runtime, summary):
    def rows():
        with runtime.database.read() as session:
            return {
                table.name: session.scalar(select(func.count()).select_from(table))
                for table in Base.metadata.sorted_tables
            }

    before = rows()
    assert not load.unfinished(runtime)
    assert load.load(runtime) == summary
    assert rows() == before


def test_the_deals_stand_in_seven_states(session):
    states = Counter(session.scalars(select(Deal.state)))
    assert states == {"notice": 1, "talking": 1, "confirmed": 1, "withdrawn": 1,
                      "contracted": 1, "registered": 1, "trial": 1}  # fmt: skip
    assert session.scalar(select(Objection.state)) == "open"


def test_notices_and_deadlines_are_alive(runtime, session):
    today = legal_date(runtime.database.now(session), runtime.settings.zone)
    running = session.scalars(select(Deal).where(Deal.state == "notice")).one()
    assert today < legal_date(running.due_at, runtime.settings.zone) < today + timedelta(days=12)
    open_needs = session.scalars(select(Need).where(Need.state == "published")).all()
    assert len(open_needs) == 15
    assert all(need.deadline > today for need in open_needs)
    annuities = session.scalars(select(PatentFacts.annuity_due_on)).all()
    assert all(due > today for due in annuities if due is not None)


def test_one_answer_is_overdue_and_one_listing_has_faded(runtime, session):
    now = runtime.database.now(session)
    late = select(Inquiry).where(Inquiry.state == "open", Inquiry.escalated_at.is_not(None))
    assert [inquiry.sender_firm for inquiry in session.scalars(late)] == ["澄溪纸制品有限公司"]
    faded = session.scalars(select(Listing).where(Listing.faded_at.is_not(None)))
    assert titled(session, "solar-salt") in [one for one in faded if one.state == "published"]
    assert all(at <= now for at in session.scalars(select(Audit.at)))


def test_a_result_carries_all_that_its_page_shows(session):
    film = titled(session, "graphene-copper-film")
    languages = session.scalars(select(ListingText.language).where(ListingText.listing == film.id))
    assert set(languages) == {"zh", "en"}
    rows = session.scalar(select(func.count()).where(Comparison.listing == film.id))
    assert rows == 8
    people = session.scalars(select(Contributor).where(Contributor.asset == film.asset)).all()
    assert sum(one.share_bp for one in people) == 10_000
    assert all(one.confirmed_at for one in people if one.person)
    assert film.approved_by not in (None, film.author)


def test_nothing_waits_and_every_chain_verifies(runtime, session):
    now = runtime.database.now(session)
    assert session.scalar(select(func.count()).where(Timer.due_at <= now)) == 0
    assert session.scalar(select(func.count()).select_from(Outbox)) == 0
    assert session.scalar(select(func.count()).select_from(Stream)) > 150
    checked = verify_streams(session)
    assert checked.faults == []
    assert checked.entries > 900


def test_every_printed_sign_in_opens_the_seat_it_names(runtime, summary):
    registrar = Registrar(runtime.executor)
    lines = [line.split() for line in load.sign_ins()]
    assert [role for role, _, _ in lines] == list(ROLES)
    for role, mail, password in lines:
        answer = runtime.executor.run(
            ANONYMOUS, sign_in, mail, password, hash_token(new_session_token())
        )
        assert registrar.actor(answer.person).has(role)
