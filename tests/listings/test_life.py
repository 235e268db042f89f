"""A listing's life on a real database: from the draft to the archive."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from core.errors import Forbidden, Invalid, NotFound
from core.models import Approval, Audit, Change, IndexState
from listings.actions.approve_listing import approve_listing
from listings.actions.archive_listing import archive_listing
from listings.actions.check_title import Finding, check_title
from listings.actions.confirm_listing import confirm_listing
from listings.actions.confirm_share import confirm_share
from listings.actions.draft_result import draft_result
from listings.actions.edit_listing import edit_listing
from listings.actions.moderate_listing import moderate_listing
from listings.actions.publish_listing import publish_listing
from listings.actions.reopen_listing import reopen_listing
from listings.actions.return_listing import return_listing
from listings.actions.submit_listing import submit_listing
from listings.actions.withdraw_listing import withdraw_listing
from listings.errors import (
    Classified,
    Incomplete,
    NothingToConfirm,
    NotPublishable,
    OwnWork,
    ReasonNeeded,
    SharesOpen,
    SharesWrong,
    StaleEdit,
    TitleOpen,
    WrongState,
)
from listings.inputs import (
    AssetChange,
    ContactInput,
    ContributorInput,
    ListingChange,
    TextInput,
)
from listings.kinds import AssetKind, CheckItem, CheckOutcome
from listings.models import Contributor, Listing, ListingStep, ListingText
from tests.listings.conftest import CHANGE, IDS, INSTITUTE, TEXT


def get(database, listing):
    with database.read() as session:
        return session.get(Listing, listing)


def test_title_owner_and_one_sentence_make_a_draft(executor, people, database):
    text = TextInput("zh", "一种散热膜", "比石墨膜薄40%。")
    listing = executor.run(people.author, draft_result, INSTITUTE, AssetKind.RESULT, text).ref
    row = get(database, listing)
    assert (row.state, row.author, row.language) == ("draft", IDS["author"], "zh")


def promised(days: int) -> ListingChange:
    return ListingChange(contact=ContactInput(name="周砚秋", answer_days=days))


def test_no_answer_is_promised_later_than_the_profile_lets(executor, people, database):
    new = people.author, draft_result, INSTITUTE, AssetKind.RESULT, TEXT
    with pytest.raises(Invalid) as refused:
        executor.run(*new, promised(16))
    assert [one.code for one in refused.value.problems["answer_days"]] == ["promise_long"]
    listing = executor.run(*new, promised(15)).ref
    with pytest.raises(Invalid):
        executor.run(people.author, edit_listing, listing, promised(60))
    assert get(database, listing).answer_days == 15


def test_a_longer_promise_from_before_the_rule_keeps_until_the_contact_is_changed(
    executor, people, database
):
    listing = executor.run(people.author, draft_result, INSTITUTE, AssetKind.RESULT, TEXT).ref
    with database.writer.begin() as connection:
        connection.execute(update(Listing).where(Listing.id == listing).values(answer_days=40))
    executor.run(people.author, edit_listing, listing, ListingChange(level="member"))
    assert get(database, listing).answer_days == 40
    executor.run(people.author, edit_listing, listing, promised(10))
    assert get(database, listing).answer_days == 10


def test_a_draft_without_its_sentence_is_refused(executor, people):
    with pytest.raises(Incomplete):
        executor.run(
            people.author, draft_result, INSTITUTE, AssetKind.RESULT, TextInput("zh", "膜")
        )


def test_nobody_drafts_for_another_institute(executor, people):
    with pytest.raises(Forbidden):
        executor.run(people.stranger, draft_result, INSTITUTE, AssetKind.RESULT, TEXT)


def test_classified_results_are_not_even_drafts(market):
    with pytest.raises(Classified):
        market.draft(secrecy="secret")


def test_only_levels_that_the_rules_open_are_published(market, executor, people, database):
    kept = market.draft(secrecy="internal")
    with pytest.raises(NotPublishable):
        executor.run(people.author, submit_listing, kept)
    assert get(database, kept).state == "draft"


def test_what_is_published_stays_at_a_level_that_the_rules_open(market, executor, people):
    listing = market.published()
    change = ListingChange(asset=AssetChange(secrecy="internal"))
    with pytest.raises(NotPublishable):
        executor.run(people.officer, edit_listing, listing, change)


def test_from_draft_to_published(market, database):
    listing = market.published()
    row = get(database, listing)
    assert row.state == "published"
    assert row.approved_by == IDS["officer"]
    assert row.fades_at > row.published_at
    with database.read() as session:
        steps = session.scalars(select(ListingStep).order_by(ListingStep.n)).all()
        assert [step.action for step in steps] == [
            "edit", "submit", "check_title", "approve", "publish",
        ]  # fmt: skip
        assert steps[-1].profile.startswith("cn-zhejiang@")
        assert steps[-1].rules[0]["rule"] == "listing.heartbeat.days"
        assert steps[1].rules[0]["citation"]
        approval = session.scalars(select(Approval)).one()
        assert (approval.ref, approval.person) == (f"listing:{listing}", IDS["officer"])


def test_publishing_feeds_the_public_change_feed_and_the_index(market, database, drain):
    listing = market.published()
    drain()
    with database.read() as session:
        change = session.scalars(select(Change)).one()
        assert (change.ref, change.op) == (f"listing:{listing}", "listing.published")
        assert session.get(IndexState, ("listing", listing)).wanted == 1  # a draft left no mark


def test_the_audit_chain_holds_no_prose(market, database):
    market.published()
    with database.read() as session:
        bodies = " ".join(session.scalars(select(Audit.body)))
    assert "散热" not in bodies
    assert "陆闻笛" not in bodies


def test_review_asks_for_the_required_fields(executor, people):
    text = TextInput("zh", "一种散热膜", "比石墨膜薄40%。")
    listing = executor.run(people.author, draft_result, INSTITUTE, AssetKind.RESULT, text).ref
    with pytest.raises(Incomplete) as refusal:
        executor.run(people.author, submit_listing, listing)
    assert refusal.value.params["fields"] == "abstract, contact, contributors, trl, ways"


def test_the_author_cannot_approve(market, executor, people):
    both = people.officer
    run = executor.run
    listing = run(both, draft_result, INSTITUTE, AssetKind.RESULT, TEXT, CHANGE).ref
    run(both, submit_listing, listing)
    run(both, check_title, listing, dict.fromkeys(CheckItem, Finding(CheckOutcome.OK)))
    with pytest.raises(OwnWork):
        run(both, approve_listing, listing)


def test_the_database_knows_the_second_person_too(market, database):
    listing = market.draft()
    with database.write() as session, pytest.raises(IntegrityError):
        session.execute(
            update(Listing).where(Listing.id == listing).values(approved_by=IDS["author"])
        )


def test_the_database_publishes_nothing_unapproved(market, database):
    listing = market.draft()
    with database.write() as session, pytest.raises(IntegrityError):
        session.execute(update(Listing).where(Listing.id == listing).values(state="approved"))


def test_an_open_item_stops_the_approval(market, executor, people):
    listing = market.checked()
    executor.run(
        people.officer, check_title, listing, {CheckItem.PLEDGE: Finding(CheckOutcome.MISSING)}
    )
    with pytest.raises(TitleOpen) as refusal:
        executor.run(people.officer, approve_listing, listing)
    assert refusal.value.params == {"count": 1}


def test_a_returned_draft_keeps_its_reason_until_it_comes_back(market, executor, people, database):
    listing = market.submitted()
    with pytest.raises(ReasonNeeded):
        executor.run(people.officer, return_listing, listing, "because")
    executor.run(people.officer, return_listing, listing, "unclear_value", "写清比什么好")
    assert get(database, listing).returned_code == "unclear_value"
    executor.run(people.author, submit_listing, listing)
    assert get(database, listing).returned_code is None


def test_shares_that_do_not_add_up_are_refused(market, executor, people):
    listing = market.draft()
    change = ListingChange(asset=AssetChange(contributors=(ContributorInput("甲", share_bp=9000),)))
    with pytest.raises(SharesWrong):
        executor.run(people.author, edit_listing, listing, change)


def test_contributors_confirm_before_publication(market, executor, people, database):
    listing = market.approved()
    with pytest.raises(SharesOpen):
        executor.run(people.officer, publish_listing, listing)
    asset = get(database, listing).asset
    with pytest.raises(NothingToConfirm):
        executor.run(people.contributor, confirm_share, asset, 4001)
    with pytest.raises(NotFound):
        executor.run(people.buyer, confirm_share, asset, 4000)
    executor.run(people.contributor, confirm_share, asset, 4000)
    executor.run(people.officer, publish_listing, listing)
    assert get(database, listing).state == "published"


def test_a_changed_share_is_confirmed_anew(market, executor, people, database):
    listing = market.draft()
    asset = get(database, listing).asset
    executor.run(people.contributor, confirm_share, asset, 4000)
    changed = (
        ContributorInput("陆闻笛", person=IDS["author"], share_bp=7000),
        ContributorInput("何其蓁", person=IDS["contributor"], share_bp=3000),
    )
    change = ListingChange(asset=AssetChange(contributors=changed))
    executor.run(people.author, edit_listing, listing, change)
    with database.read() as session:
        rows = session.scalars(select(Contributor).order_by(Contributor.position)).all()
        assert [row.confirmed_at is None for row in rows] == [False, True]


def test_two_writers_do_not_overwrite_each_other(market, executor, people, database):
    listing = market.draft()
    seen = get(database, listing).version
    change = ListingChange(texts=(TextInput("zh", "新题名", "一句话"),))
    executor.run(people.author, edit_listing, listing, change, seen)
    with pytest.raises(StaleEdit):
        executor.run(people.author, edit_listing, listing, change, seen)


def test_an_edit_leaves_the_other_language_alone(market, executor, people, database):
    listing = market.draft()
    change = ListingChange(texts=(TextInput("zh", "新题名", "一句话"),))
    executor.run(people.author, edit_listing, listing, change)
    with database.read() as session:
        texts = session.scalars(select(ListingText).order_by(ListingText.language)).all()
        assert [(text.language, text.original) for text in texts] == [("en", False), ("zh", True)]
        assert texts[1].title == "新题名"
        assert texts[0].title.startswith("Low-temperature")


def test_what_is_in_review_is_not_rewritten(market, executor, people):
    listing = market.submitted()
    with pytest.raises(WrongState):
        executor.run(people.author, edit_listing, listing, ListingChange(texts=(TEXT,)))


def test_a_published_text_is_changed_by_the_office_only(market, executor, people, database):
    listing = market.published()
    change = ListingChange(texts=(TextInput("zh", "新题名", "一句话"),))
    with pytest.raises(Forbidden):
        executor.run(people.author, edit_listing, listing, change)
    executor.run(people.officer, edit_listing, listing, change)
    assert get(database, listing).state == "published"


def test_bad_input_changes_nothing(market, executor, people, database):
    listing = market.draft()
    before = get(database, listing).version
    with pytest.raises(Invalid):
        executor.run(people.author, edit_listing, listing, ListingChange(asset=AssetChange(trl=12)))
    assert get(database, listing).version == before


def test_it_fades_and_goes_without_a_heartbeat(market, executor, database, clock, drain):
    listing = market.published()
    row = get(database, listing)
    clock.set(row.fades_at)
    drain()
    assert get(database, listing).faded_at is not None
    assert get(database, listing).state == "published"
    clock.set(row.expires_at)
    drain()
    assert get(database, listing).state == "expired"
    with database.read() as session:
        ops = session.scalars(select(Change.op).order_by(Change.seq)).all()
    assert ops == ["listing.published", "listing.expired"]


def test_a_heartbeat_takes_the_mark_away(market, executor, people, database, clock, drain):
    listing = market.published()
    clock.set(get(database, listing).fades_at + timedelta(days=1))
    drain()
    executor.run(people.author, confirm_listing, listing)
    row = get(database, listing)
    assert row.faded_at is None
    assert row.fades_at > clock.now


def test_a_late_command_settles_first(market, executor, people, database, clock):
    """Past its last day it has expired, whether or not a worker ran; then an officer is needed."""
    listing = market.published()
    clock.set(get(database, listing).expires_at)
    with pytest.raises(Forbidden):
        executor.run(people.author, confirm_listing, listing)
    assert get(database, listing).state == "expired"
    executor.run(people.officer, confirm_listing, listing)
    assert get(database, listing).state == "published"


def test_withdrawn_reopened_and_archived(market, executor, people, database):
    listing = market.published()
    with pytest.raises(ReasonNeeded):
        executor.run(people.officer, withdraw_listing, listing, "")
    executor.run(people.officer, withdraw_listing, listing, "not_now")
    executor.run(people.author, reopen_listing, listing)
    row = get(database, listing)
    assert (row.state, row.approved_by) == ("draft", None)
    executor.run(people.author, archive_listing, listing)
    assert get(database, listing).state == "archived"


def test_withdrawal_stops_the_clock(market, executor, people, database, clock, drain):
    listing = market.published()
    end = get(database, listing).expires_at
    executor.run(people.officer, withdraw_listing, listing, "sold")
    clock.set(end + timedelta(days=1))
    drain()
    assert get(database, listing).state == "withdrawn"


def test_the_operator_takes_down_and_nobody_else(market, executor, people, database):
    listing = market.published()
    with pytest.raises(Forbidden):
        executor.run(people.buyer, moderate_listing, listing, "misleading")
    executor.run(people.operator, moderate_listing, listing, "misleading", "见投诉")
    row = get(database, listing)
    assert (row.state, row.returned_code) == ("withdrawn", "misleading")


def test_strangers_do_not_learn_of_a_draft(market, executor, people):
    listing = market.draft()
    for actor in (people.stranger, people.buyer, people.colleague):
        with pytest.raises(NotFound):
            executor.run(actor, submit_listing, listing)
