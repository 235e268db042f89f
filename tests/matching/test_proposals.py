"""A published need is answered: proposed, taken up as an inquiry, declined, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.actor import Actor
from core.errors import Forbidden, Invalid, NotFound
from core.holdings import Keeps
from deals.errors import ListingNotOpen
from deals.models import Inquiry
from deals.rules import Question
from listings.actions.draft_need import draft_need
from listings.actions.post_need import post_need
from listings.actions.withdraw_listing import withdraw_listing
from listings.actions.withdraw_need import withdraw_need
from listings.inputs import NeedInput
from listings.models import Need
from matching.holdings import HOLDINGS
from matching.proposals import errors
from matching.proposals.actions.decline_proposal import decline_proposal
from matching.proposals.actions.propose_result import propose_result
from matching.proposals.actions.take_proposal import take_proposal
from matching.proposals.actions.withdraw_proposal import withdraw_proposal
from matching.proposals.models import Proposal
from matching.proposals.permissions import Do, may, readable
from matching.proposals.queries import (
    count_proposals,
    proposal_page,
    proposals,
    waiting_by_need,
)
from matching.proposals.rules import A_DAY, REASONS, WAITING_PER_NEED, Act, Proposed, State, after
from notifications.models import Dispatch, Message
from tests.listings.conftest import FIRM, INSTITUTE, OTHER

NEED = NeedInput("zh", "车载控制器的低热阻散热方案", "热阻减半。", anonymous=True)
WORDS = Proposed(
    "我们的散热膜已在两种车型上试用，热阻约为现有方案的四成。", "周砚秋", "z@lab.example"
)
ASKED = Question(
    listing="", way="exclusive", purpose="车载控制器", timetable="quarter", name="冉时雨",
    firm="澄岚热管理有限公司", mail="ran@firm.example",
)  # fmt: skip


@pytest.fixture
def need(executor, people) -> str:
    return executor.run(people.buyer, post_need, FIRM, NEED).ref


@pytest.fixture
def propose(executor, people, need):
    def send(who: Actor | None = None, organisation: str = INSTITUTE, **change: object) -> str:
        said = replace(WORDS, **change)
        return executor.run(who or people.author, propose_result, need, organisation, said).ref

    return send


def row(database, id: str) -> Proposal:
    with database.read() as session:
        return session.get_one(Proposal, id)


def must_refuse(executor, error, who, action, *args) -> None:
    with pytest.raises(error):
        executor.run(who, action, *args)


def test_taking_up_a_result_sends_an_inquiry_that_goes_its_own_way(
    executor, database, people, market, propose, drain
):
    listing = market.published()
    made = propose(listing=listing)
    done = executor.run(people.buyer, take_proposal, made, ASKED, "somewhere")
    with database.read() as session:
        asked = session.get_one(Inquiry, done.ref)
        assert (asked.listing, asked.owner_org, asked.sender_org) == (listing, INSTITUTE, FIRM)
        assert asked.purpose == "车载控制器"
    found = row(database, made)
    assert (found.state, found.inquiry, found.ended_by) == ("taken", done.ref, people.buyer.person)
    drain()
    with database.read() as session:
        told = select(Message.person, Message.topic).where(Message.topic.startswith("proposal."))
        assert set(session.execute(told).all()) == {
            (people.buyer.person, "proposal.sent"),
            (people.author.person, "proposal.taken"),
        }


def test_a_contact_who_could_not_answer_is_not_told(
    executor, database, people, need, propose, drain
):
    executor.run(people.buyer, name_contact, need, people.stranger.person)
    propose()
    drain()
    with database.read() as session:
        heard = session.scalars(select(Message.person).where(Message.topic == "proposal.sent"))
        assert list(heard) == [people.buyer.person]


def name_contact(uow, need: str, person: str) -> None:
    at = uow.lock(Need, need)
    at.row.contact_person = person
    at.record("contact_named")


def test_words_are_taken_up_without_an_inquiry(executor, database, people, propose):
    made = propose()
    executor.run(people.buyer, take_proposal, made)
    assert (row(database, made).state, row(database, made).inquiry) == ("taken", None)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Inquiry)) == 0


def test_declined_with_a_reason_that_the_proposer_reads(executor, database, people, propose):
    made = propose()
    for reason in ("", "whatever"):
        must_refuse(executor, Invalid, people.buyer, decline_proposal, made, reason)
    executor.run(people.buyer, decline_proposal, made, "too_early", "明年再谈。")
    with database.read() as session:
        line = proposal_page(session, people.author, made).line
    assert (line.row.reason, line.row.reply, line.mine) == ("too_early", "明年再谈。", True)


def test_what_was_answered_is_answered_once(executor, people, propose):
    made = propose()
    executor.run(people.author, withdraw_proposal, made)
    for action, more in ((take_proposal, ()), (decline_proposal, ("other",))):
        must_refuse(executor, errors.ProposalEnded, people.buyer, action, made, *more)
    must_refuse(executor, errors.ProposalEnded, people.author, withdraw_proposal, made)


@pytest.mark.parametrize("state", ["taken", "declined", "withdrawn"])
@pytest.mark.parametrize("act", list(Act))
def test_no_end_leads_on(state, act):
    with pytest.raises(errors.ProposalEnded):
        after(State(state), act)


def test_a_result_is_the_proposers_own_and_published(executor, people, market, propose):
    for listing in (market.draft(registration=None), market.approved(registration=None)):
        with pytest.raises(errors.NotYourResult):
            propose(listing=listing)
    with pytest.raises(errors.NotYourResult):
        propose(people.stranger, OTHER, listing=market.published())


def test_a_result_that_is_gone_cannot_be_asked_for_and_the_proposal_waits(
    executor, database, people, market, propose
):
    listing = market.published()
    made = propose(listing=listing)
    executor.run(people.officer, withdraw_listing, listing, "sold")
    must_refuse(executor, ListingNotOpen, people.buyer, take_proposal, made, ASKED)
    assert row(database, made).state == "waits"
    executor.run(people.buyer, decline_proposal, made, "have_one")


def test_a_result_is_not_taken_up_without_saying_what_is_wanted(executor, people, market, propose):
    made = propose(listing=market.published())
    must_refuse(executor, Invalid, people.buyer, take_proposal, made)


def test_who_sees_and_who_answers(executor, database, people, propose):
    made = propose()
    for action, more in ((take_proposal, ()), (decline_proposal, ("other",))):
        must_refuse(executor, Forbidden, people.author, action, made, *more)
        must_refuse(executor, NotFound, people.stranger, action, made, *more)
    must_refuse(executor, Forbidden, people.buyer, withdraw_proposal, made)
    with database.read() as session:
        with pytest.raises(NotFound):
            proposal_page(session, people.stranger, made)
        seen = {who: bool(proposals(session, getattr(people, who))) for who in (
            "author", "officer", "buyer", "stranger",
        )}  # fmt: skip
    assert seen == {"author": True, "officer": True, "buyer": True, "stranger": False}


def test_the_list_and_the_rule_agree(executor, database, people, propose):
    propose()
    with database.read() as session:
        both = select(Proposal, Need).join(Need, Need.id == Proposal.need)
        found, need = session.execute(both).one()
        for name in ("author", "officer", "buyer", "stranger", "operator"):
            actor = getattr(people, name)
            listed = session.execute(both.where(readable(actor))).first() is not None
            assert listed == may(actor, Do.READ, found, need), name


def test_an_anonymous_need_stays_anonymous_to_who_proposes(executor, database, people, propose):
    made = propose()
    with database.read() as session:
        assert proposal_page(session, people.author, made).line.asked_by == ""
        assert proposal_page(session, people.buyer, made).line.asked_by


def test_what_the_need_says_later_is_not_told(executor, database, people, need, propose, drain):
    """A need can be made confidential; its proposers know it as it was published."""
    made = propose()
    with database.read() as session:
        secret = session.get_one(Need, need)
    executor.run(people.buyer, hide, secret.id)
    executor.run(people.buyer, decline_proposal, made, "need_gone")
    drain()
    with database.read() as session:
        told = session.scalars(select(Message.params).where(Message.topic == "proposal.declined"))
        assert [one["title"] for one in told] == [NEED.title]
        assert proposal_page(session, people.author, made).line.row.need_title == NEED.title
        mails = session.scalars(select(Dispatch.params)).all()
        assert "绝密" not in str(mails)
    assert may_oversee(database, people, made) is False


def hide(uow, need: str) -> None:
    at = uow.lock(Need, need)
    at.row.confidential = True
    at.record("hidden")


def may_oversee(database, people, made: str) -> bool:
    with database.read() as session:
        found = session.get_one(Proposal, made)
        return may(people.operator, Do.READ, found, session.get_one(Need, found.need))


@pytest.mark.parametrize("wrong", [
    {"text": "短"}, {"text": "长" * 2001}, {"contact_name": " "}, {"contact": ""},
    {"contact": "随便"}, {"contact": "x" * 200},
])  # fmt: skip
def test_what_must_be_corrected_is_said_beside_its_field(propose, wrong):
    with pytest.raises(Invalid) as said:
        propose(**wrong)
    assert set(said.value.problems) == set(wrong)


@pytest.mark.parametrize("contact", ["z@lab.example", "0571-0000 0217", "+86 139 0000 0000"])
def test_either_way_to_reach_somebody_will_do(database, propose, contact):
    assert row(database, propose(contact=contact)).contact == contact


def test_nobody_answers_their_own_need_nor_a_closed_or_secret_one(executor, people, need, propose):
    with pytest.raises(errors.OwnNeed):
        propose(people.buyer, FIRM)
    executor.run(people.buyer, withdraw_need, need)
    with pytest.raises(NotFound):  # a stranger does not see it any more
        propose()
    hidden = executor.run(people.buyer, draft_need, FIRM, NEED).ref
    must_refuse(executor, NotFound, people.author, propose_result, hidden, INSTITUTE, WORDS)


def test_nobody_speaks_for_another_organisation(propose):
    with pytest.raises(Forbidden):
        propose(organisation=OTHER)


def test_one_organisation_sends_a_few_and_each_result_once(executor, people, market, propose):
    listing = market.published()
    made = propose(listing=listing)
    with pytest.raises(errors.ProposedAlready):
        propose(people.officer, listing=listing)
    for _ in range(WAITING_PER_NEED - 1):
        propose()
    with pytest.raises(errors.TooManyProposals):
        propose()
    executor.run(people.author, withdraw_proposal, made)
    propose(listing=listing)


def test_a_day_has_its_limit(executor, people, clock):
    for number in range(A_DAY // WAITING_PER_NEED + 1):
        need = executor.run(people.buyer, post_need, FIRM, replace(NEED, title=f"需求{number}")).ref
        for _ in range(min(WAITING_PER_NEED, A_DAY - number * WAITING_PER_NEED)):
            executor.run(people.author, propose_result, need, INSTITUTE, WORDS)
    more = executor.run(people.buyer, post_need, FIRM, NEED).ref
    must_refuse(
        executor, errors.TooManyProposals, people.author, propose_result, more, INSTITUTE, WORDS
    )
    clock.move(timedelta(days=1, minutes=1))
    executor.run(people.author, propose_result, more, INSTITUTE, WORDS)


def test_the_owner_sees_how_many_wait(executor, database, people, need, propose):
    propose()
    executor.run(people.buyer, decline_proposal, propose(), "other")
    executor.run(people.author, withdraw_proposal, propose())
    with database.read() as session:
        assert waiting_by_need(session, [need, "nothing"]) == {need: (1, 2), "nothing": (0, 0)}
        assert count_proposals(session, people.buyer, need=need) == 3
        assert count_proposals(session, people.buyer, need="nothing") == 0
        assert count_proposals(session, people.stranger) == 0


def test_every_reason_has_a_name():
    from webapp.forms.proposal_forms import REASON_NAMES

    assert set(REASON_NAMES) == set(REASONS)


def test_words_and_contact_of_who_is_forgotten_go():
    (duty,) = [one for one in HOLDINGS if one.model is Proposal and one.keeps is Keeps.DUTY]
    assert {column.key for column in duty.clears} == {"text", "contact_name", "contact"}
