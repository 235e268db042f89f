"""What strangers can see: documents, pages by level, registering, constant queries."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.actor import ANONYMOUS
from core.errors import Forbidden, NotFound
from core.money import Money
from core.results import Done
from listings import rights
from listings.actions.add_file import add_file
from listings.actions.draft_need import draft_need
from listings.actions.edit_listing import edit_listing
from listings.actions.make_share_link import make_share_link
from listings.actions.moderate_need import moderate_need
from listings.actions.publish_need import publish_need
from listings.actions.record_share_visit import record_share_visit
from listings.actions.save_item import save_item
from listings.actions.withdraw_listing import withdraw_listing
from listings.availability import Standing
from listings.documents import load_listing_documents, load_need_documents
from listings.errors import RightTaken
from listings.importing.record import ImportedContributor, ImportedRecord
from listings.inputs import EvidenceInput, ListingChange, NeedInput
from listings.kinds import Level, Way
from listings.models import Listing, Need, ShareVisit
from listings.queries import (
    listing_page,
    need_page,
    needs_of,
    offer_facts,
    queue,
    saved_items,
    shared_by,
    workbench,
)
from listings.registering import Registered, register_record
from tests.listings.conftest import FIRM, IDS, INSTITUTE, OTHER

TODAY = datetime(2026, 11, 23, 1, tzinfo=UTC).date()
ZONE = ZoneInfo("Asia/Shanghai")


def page(database, actor, listing, **more):
    with database.read() as session:
        return listing_page(session, actor, listing, TODAY, **more)


def documents(database, *ids):
    with database.read() as session:
        return load_listing_documents(session, list(ids), TODAY)


def test_only_what_is_published_has_a_document(market, database, executor, people):
    draft, listing = market.draft(registration="3302026Y0001"), market.published()
    found = documents(database, draft, listing)
    assert set(found) == {listing}
    executor.run(people.officer, withdraw_listing, listing, "not_now")
    assert documents(database, listing) == {}


def test_a_document_can_be_found_by_all_that_matters(market, database):
    listing = market.published()
    document = documents(database, listing)[listing]
    assert document.facets["ipc_section"] == ("H", "C")
    assert document.facets["ipc_class"] == ("H05", "C01")
    assert document.facets["way"] == ("exclusive", "ordinary")
    assert document.facets["price_band"] == ("to_5000000", "to_500000")
    assert document.numbers["price_minor"] == 240_000_000
    *others, ours = document.identifiers
    assert others == ["CN202310482617.0", "3302026Y0417"]
    assert ours.endswith(f"-{listing[:8].upper()}")
    assert document.texts["en"].title.startswith("Low-temperature")
    assert document.organisation == {"zh": "institute 1"}
    assert document.stored["ways"][0]["royalty_bp"] == 300


def test_a_member_listing_shows_strangers_its_teaser_only(market, database, executor, people):
    change = ListingChange(level=Level.MEMBER)
    listing = market.published()
    executor.run(people.officer, edit_listing, listing, change)
    text = documents(database, listing)[listing].texts["zh"]
    assert (text.body, text.keywords) == ("", ())
    stranger = page(database, ANONYMOUS, listing)
    assert (stranger.teaser, stranger.text.abstract, stranger.text.receives) == (True, "", ())
    member = page(database, people.buyer, listing)
    assert (member.teaser, member.text.abstract) == (
        False,
        "用于平板电脑和车载控制器的散热膜，在卷对卷设备上连续制备。",
    )


def test_evidence_and_files_keep_their_levels(market, database, executor, people):
    listing = market.published(
        evidence=(
            EvidenceInput("zh", 7, "第三方检测报告"),
            EvidenceInput("zh", 6, "中试线运行记录", level=Level.NDA),
        )
    )
    for n, level in enumerate(Level):
        executor.run(
            people.officer,
            add_file,
            listing,
            f"{n}" * 64,
            f"{level}.pdf",
            "application/pdf",
            9,
            level,
        )
    seen = {
        name: page(database, actor, listing, nda=nda)
        for name, actor, nda in (
            ("anonymous", ANONYMOUS, False),
            ("buyer", people.buyer, False),
            ("under nda", people.buyer, True),
        )
    }
    opened = {name: [f.sha256 is not None for f in found.files] for name, found in seen.items()}
    assert opened == {
        "anonymous": [True, False, False],
        "buyer": [True, True, False],
        "under nda": [True, True, True],
    }
    texts = {name: [e.text for e in found.evidence] for name, found in seen.items()}
    assert texts["buyer"] == ["第三方检测报告", None]
    assert texts["under nda"] == ["第三方检测报告", "中试线运行记录"]


def test_shares_and_history_stay_inside(market, database, people):
    listing = market.published()
    outside, inside = page(database, people.buyer, listing), page(database, people.officer, listing)
    assert (outside.history, outside.findings) == ((), {})
    assert [person.share_bp for person in outside.contributors] == [None]
    assert [person.share_bp for person in inside.contributors] == [10_000]
    assert len(inside.history) == 5


def test_the_reader_gets_their_language(market, database, people):
    listing = market.published()
    assert page(database, people.buyer, listing, language="en").text.language == "en"
    assert page(database, people.buyer, listing).text.language == "zh"


def test_a_draft_has_no_page_for_strangers(market, database, people):
    listing = market.draft()
    assert page(database, ANONYMOUS, listing) is None
    assert page(database, people.colleague, listing) is None
    assert page(database, people.author, listing).state == "draft"


def _grant(uow, asset, grant):
    rights.grant(uow, asset, grant)
    return Done(asset)


def granting(way, source, **more):
    return rights.Grant(way, FIRM, source, TODAY, TODAY + timedelta(days=700), **more)


def test_a_second_ordinary_licence_is_possible_a_second_exclusive_is_not(
    market, database, executor, people, drain
):
    listing = market.published()
    asset = page(database, ANONYMOUS, listing).asset
    from core.actor import SYSTEM

    executor.run(SYSTEM, _grant, asset, granting(Way.ORDINARY, "deal:1"))
    executor.run(SYSTEM, _grant, asset, granting(Way.ORDINARY, "deal:2"))
    with pytest.raises(RightTaken):
        executor.run(SYSTEM, _grant, asset, granting(Way.EXCLUSIVE, "deal:3"))
    executor.run(SYSTEM, _grant, asset, granting(Way.ORDINARY, "deal:1"))  # again: once
    drain()
    found = page(database, ANONYMOUS, listing)
    assert len(found.rights) == 2
    assert [right.holder for right in found.rights] == [None, None]
    assert [way.standing.standing for way in found.ways] == [Standing.TAKEN, Standing.AVAILABLE]
    assert documents(database, listing)[listing].facets["way"] == ("ordinary",)
    with database.read() as session:
        assert session.get(Listing, listing).refreshed_at is not None


def _register(uow, record, author, publish):
    found = register_record(uow, INSTITUTE, record, author, "import:1", publish=publish)
    seen.append(found)
    return Done(found.listing)


seen: list[Registered] = []
RECORD = ImportedRecord(
    kind="patent",
    title="Self-sealing valve",
    language="en",
    abstract="A valve that seals itself. It has no spring.",
    grant_number="US8926509B2",
    application_number="US13033085",
    ipc=("F16K15/14",),
    contributors=(ImportedContributor("A. Berg", 1), ImportedContributor("C. Dorn", 2)),
    ways=("open_licence", "exclusive"),
    legal_status="granted",
)


def test_the_same_record_is_registered_once(executor, people, database):
    seen.clear()
    for _ in range(2):
        executor.run(people.officer, _register, RECORD, IDS["officer"], False)
    assert [found.fresh for found in seen] == [True, False]
    assert seen[0].listing == seen[1].listing
    found = page(database, people.officer, seen[0].listing)
    assert found.text.value_line == "A valve that seals itself."
    assert [way.way for way in found.ways] == [Way.ORDINARY, Way.EXCLUSIVE]
    assert found.patents[0].grant_number == "US8926509B2"
    assert [person.name for person in found.contributors] == ["A. Berg", "C. Dorn"]


def test_an_officer_imports_straight_to_the_market_a_researcher_does_not(
    executor, people, database
):
    seen.clear()
    with pytest.raises(Forbidden):
        executor.run(people.author, _register, RECORD, IDS["author"], True)
    executor.run(people.officer, _register, RECORD, IDS["officer"], True)
    found = page(database, people.officer, seen[-1].listing)
    assert (found.state, found.author) == ("published", None)
    assert {step.reason for step in found.history} == {"imported"}


NEED = NeedInput(
    "zh", "找散热膜", "要比石墨膜薄的散热膜", budget_high=Money.of(800_000, "CNY"), fields=("H05",)
)


def test_a_need_is_drafted_published_and_ends(executor, people, database, clock, drain):
    need = executor.run(people.buyer, draft_need, FIRM, NEED).ref
    executor.run(people.buyer, publish_need, need)
    with database.read() as session:
        assert load_need_documents(session, [need])[need].facets["kind"] == ("need",)
        assert need_page(session, ANONYMOUS, need).title == "找散热膜"
        assert [row.id for row in needs_of(session, people.buyer)] == [need]
        clock.set(session.get(Need, need).expires_at)
    drain()
    with database.read() as session:
        assert session.get(Need, need).state == "expired"
        assert load_need_documents(session, [need]) == {}


def test_a_confidential_need_never_becomes_a_document(executor, people, database):
    hidden = NeedInput(**(vars(NEED) | {"confidential": True}))
    need = executor.run(people.buyer, draft_need, FIRM, hidden).ref
    executor.run(people.buyer, publish_need, need)
    with database.read() as session:
        assert load_need_documents(session, [need]) == {}
        assert need_page(session, ANONYMOUS, need) is None
        assert need_page(session, people.operator, need) is None
        assert need_page(session, people.buyer, need).confidential
    with pytest.raises(NotFound):
        executor.run(people.operator, moderate_need, need, "spam")


def test_an_anonymous_need_hides_who_asks(executor, people, database):
    quiet = NeedInput(**(vars(NEED) | {"anonymous": True, "contact_name": "周"}))
    need = executor.run(people.buyer, draft_need, FIRM, quiet).ref
    executor.run(people.buyer, publish_need, need)
    with database.read() as session:
        found = need_page(session, ANONYMOUS, need)
        assert (found.owner_org, found.owner_name, found.contact_name) == (None, None, None)
        document = load_need_documents(session, [need])[need]
    assert FIRM not in document.to_json()


def test_saving_and_letting_go(market, executor, people, database):
    listing = market.published()
    for _ in range(2):
        executor.run(people.buyer, save_item, f"listing:{listing}")
    with pytest.raises(Forbidden):
        executor.run(ANONYMOUS, save_item, f"listing:{listing}")
    with database.read() as session:
        assert [row.title for row in saved_items(session, people.buyer, "en")] == [
            "Low-temperature roll-to-roll graphene-copper heat spreader"
        ]
    executor.run(people.officer, withdraw_listing, listing, "sold")
    with database.read() as session:
        assert [row.title for row in saved_items(session, people.buyer, "en")] == [None]
    executor.run(people.buyer, save_item, f"listing:{listing}", keep=False)
    with database.read() as session:
        assert saved_items(session, people.buyer, "en") == ()


def test_visits_through_a_share_link_are_written_down(market, executor, people, database):
    listing = market.published()
    link = executor.run(people.buyer, make_share_link, f"listing:{listing}").ref
    assert executor.run(people.buyer, make_share_link, f"listing:{listing}").ref == link
    for visitor in ("a", "a", "b"):
        assert (
            executor.run(ANONYMOUS, record_share_visit, link, visitor).ref == f"listing:{listing}"
        )
    with pytest.raises(NotFound):
        executor.run(ANONYMOUS, record_share_visit, "nothing")
    with database.read() as session:
        assert len(session.scalars(select(ShareVisit)).all()) == 2
        assert [row.visits for row in shared_by(session, people.buyer)] == [2]


def test_a_deal_gets_what_it_needs(market, database):
    listing = market.published()
    with database.read() as session:
        facts = offer_facts(session, listing)
        assert offer_facts(session, "0" * 32) is None
    assert (facts.owner_org, facts.answer_days, facts.ways) == (
        INSTITUTE, 3, ("exclusive", "ordinary"),
    )  # fmt: skip
    assert facts.assets == (facts.asset,)
    assert facts.title("en").startswith("Low-temperature")


def test_the_queue_says_what_each_listing_waits_for(market, people, database, clock):
    drafts = {
        "draft": market.draft(registration="3302026Y0001"),
        "review": market.submitted(registration="3302026Y0002"),
        "shares": market.approved(registration="3302026Y0003"),
        "published": market.published(registration="3302026Y0004"),
    }
    with database.read() as session:
        found = queue(session, people.officer, clock.now, ZONE)
        assert {row.status: row.id for row in found.rows} == drafts
        assert found.counts == {"all": 4, "drafts": 1, "review": 1, "others": 1, "published": 1}
        assert queue(session, people.author, clock.now, ZONE).total == 0
        assert queue(session, people.stranger, clock.now, ZONE).total == 0
        only = queue(session, people.officer, clock.now, ZONE, tab="review")
        assert [row.id for row in only.rows] == [drafts["review"]]
        assert queue(session, people.officer, clock.now, ZONE, words="Y0003").total == 1


def test_the_workbench_says_what_waits_for_me(market, people, database, clock, executor):
    listing = market.submitted()
    from listings.actions.return_listing import return_listing

    executor.run(people.officer, return_listing, listing, "price")
    soon = clock.now + timedelta(days=14)
    with database.read() as session:
        mine = workbench(session, people.author, clock.now, soon)
        theirs = workbench(session, people.contributor, clock.now, soon)
    assert [row.returned_code for row in mine.returned] == ["price"]
    assert [share.share_bp for share in theirs.shares] == [4000]
    assert theirs.waiting == 1


def test_pages_ask_a_constant_number_of_questions(market, people, count_queries, executor, clock):
    def counts(listing):
        return (
            count_queries(lambda s: listing_page(s, people.buyer, listing, TODAY)),
            count_queries(lambda s: queue(s, people.officer, clock.now, ZONE)),
            count_queries(lambda s: workbench(s, people.author, clock.now, clock.now)),
            count_queries(lambda s: saved_items(s, people.buyer, "zh")),
            count_queries(lambda s: load_listing_documents(s, list(every), TODAY)),
        )

    first = market.published(registration="3302026Y0001")
    every = [first]
    executor.run(people.buyer, save_item, f"listing:{first}")
    before = counts(first)
    for n in range(2, 6):
        listing = market.published(
            registration=f"3302026Y000{n}",
            ipc=tuple(f"H05K{i}/00" for i in range(9)),
            evidence=tuple(EvidenceInput("zh", 7, f"第{i}份") for i in range(9)),
        )
        every.append(listing)
        executor.run(people.buyer, save_item, f"listing:{listing}")
    assert counts(every[-1]) == before
    assert max(before) <= 24


def test_another_institutes_officer_sees_nothing_of_ours(market, people, database):
    listing = market.submitted()
    assert page(database, people.stranger, listing) is None
    assert OTHER in people.stranger.organisations
