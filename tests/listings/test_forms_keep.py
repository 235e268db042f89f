"""Forms change what was typed into them and nothing else, however it was stored before."""

from __future__ import annotations

import io
from datetime import date

import pytest

from core.actor import SYSTEM
from core.amendments import Amendment
from core.ids import show
from core.money import Money
from core.results import Done
from listings.actions.draft_need import draft_need
from listings.actions.draft_result import draft_result
from listings.inputs import (
    AssetChange,
    ComparisonInput,
    ContactInput,
    ContributorInput,
    EvidenceInput,
    FundingInput,
    ListingChange,
    NeedInput,
    NeedTranslation,
    PatentInput,
    TextInput,
    WayInput,
)
from listings.kinds import AssetKind, LegalStatus, Level, TaxBasis, Way
from listings.models import (
    Asset,
    Funding,
    Listing,
    ListingFile,
    Need,
    NeedText,
    OfferedWay,
    PatentFacts,
    TrlEvidence,
)
from tests.forms import sent_by_browser, stored_rows
from tests.listings.conftest import ENGLISH, FIRM, IDS, INSTITUTE, TEXT
from tests.listings.test_pages import rows, visit

__all__ = ["visit"]

PATENT = PatentInput(
    application_number="CN202310482617.0",
    grant_number="CN116500000B",
    kind_code="B",
    legal_status=LegalStatus.IN_FORCE,
    status_checked_on=date(2026, 10, 1),
    annuity_due_on=date(2027, 4, 1),
    family="fam-1",
)
CHINESE = TextInput(
    "zh",
    "石墨烯-铜复合散热膜",
    "比石墨膜薄40%。",
    "第一段。\n\n第二段。",
    ("散热膜", "石墨烯,铜"),
    ("工艺文件",),
    alternatives=("石墨膜（0.1、0.2 mm）", "铜箔"),
)
HARD = ListingChange(
    texts=(ENGLISH,),
    comparisons=(
        ComparisonInput("zh", "厚度", "24", ("40", ""), "μm", None),
        ComparisonInput("en", "Thickness", "24", ("40",), "μm", "better"),
    ),
    ways=(
        WayInput(Way.ORDINARY, Money.of("400000", "CNY"), tax_basis=TaxBasis.INCLUDED,
                 notes={"zh": "分三期付。", "en": "In three parts."}),
        WayInput(Way.EXCLUSIVE, Money.of("250000.50", "EUR"), royalty_bp=325,
                 royalty_base="profit", territory="DE", term_months=60),
        WayInput(Way.EXCLUSIVE, Money.of("90000", "SEK"), field="车载"),
        WayInput(Way.ASSIGNMENT, Money.of("3000000", "CNY"), valuation=True),
    ),
    contact=ContactInput(IDS["contributor"], phone="0571-0000 0217", answer_days=5),
    level=Level.MEMBER,
    asset=AssetChange(
        trl=7,
        region="330106",
        ipc=("H05K7/20", "C01B32/182"),
        industries=("C39", "C26", "C3911"),
        emerging=("3.4", "1.2"),
        funding=(FundingInput("省重点", "2024C0001"), FundingInput("企业自筹", None, False)),
        contributors=(
            ContributorInput("陆闻笛", "Lu Wendi", "临浦大学", "工艺", IDS["author"], 6_667),
            ContributorInput("何其蓁", share_bp=3_333),
        ),
        patents=(PATENT, PatentInput(office="US", publication_number="US8926509B2")),
        evidence=(
            EvidenceInput("zh", 5, "小试报告", date(2025, 1, 5), Level.NDA),
            EvidenceInput("zh", 7, "a | b"),
            EvidenceInput("en", 6, "Pilot report"),
        ),
    ),
)  # fmt: skip
STEPS = range(1, 6)


@pytest.fixture
def officer(visit):
    return visit("zhou", INSTITUTE, "tto_officer")


@pytest.fixture
def hard(executor, people):
    run = executor.run
    return run(people.author, draft_result, INSTITUTE, AssetKind.RESULT, CHINESE, HARD).ref


def place(listing: str, step: int, prefix: str = "", text: str = "") -> str:
    asked = f"?text={text}" if text else ""
    return f"{prefix}/workbench/results/{show('listing', listing)}/{step}{asked}"


def send_back(client, address: str, **typed) -> None:
    """The page's form as it stands, but for what is typed."""
    with client.get(address) as answer:
        assert answer.status_code == 200, address
        sent = sent_by_browser(answer.text)
    with client.post(address, data=sent | typed) as answer:
        assert answer.status_code == 302, (address, answer.text)


@pytest.mark.parametrize(("prefix", "text"), [("", ""), ("", "en"), ("/en", "")])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_nobody_touched_changes_nothing(officer, hard, database, prefix, step, text):
    before = stored_rows(database)
    send_back(officer, place(hard, step, prefix, text))
    assert stored_rows(database) == before


def test_what_is_typed_beside_keeps_the_rest(officer, hard, database):
    send_back(officer, place(hard, 1), title="改过的题目")
    send_back(officer, place(hard, 3), trl="8", funding="企业自筹\n国家重点")
    send_back(officer, place(hard, 4), ordinary_price="41万", ways=["ordinary", "exclusive"])
    send_back(officer, place(hard, 5), contact_phone="0571-1111")
    asset, listing = rows(database, Asset)[0], rows(database, Listing)[0]
    assert (asset.trl, asset.region) == (8, "330106")
    assert {(one.trl, one.language) for one in rows(database, TrlEvidence)} == {
        (5, "zh"), (7, "zh"), (6, "en")
    }  # fmt: skip
    paid = {one.programme: one.public_money for one in rows(database, Funding)}
    assert paid == {"企业自筹": False, "国家重点": True}
    offered = sorted(rows(database, OfferedWay), key=lambda way: way.position)
    assert [(way.way, way.price_minor, way.currency) for way in offered] == [
        ("ordinary", 41_000_000, "CNY"),
        ("exclusive", 25_000_050, "EUR"),
        ("exclusive", 9_000_000, "SEK"),
    ]
    assert offered[0].notes == {"zh": "分三期付。", "en": "In three parts."}
    assert (listing.contact_person, listing.contact_phone) == (IDS["contributor"], "0571-1111")


def test_a_piece_of_evidence_shows_the_level_of_its_day(officer, hard, database):
    typed = "2025-01-05 小试报告 | 签保密协议后\n中试 | public\n2026-09-01 新的报告"
    with officer.get(place(hard, 3)) as answer:
        said = sent_by_browser(answer.text)["evidence"][0].splitlines()[0]
    send_back(officer, place(hard, 3), trl="8", evidence=typed.replace(typed.splitlines()[0], said))
    found = {one.text: one.trl for one in rows(database, TrlEvidence) if one.language == "zh"}
    assert found == {"小试报告": 5, "中试": 8, "新的报告": 8}


def test_a_text_in_the_other_language_keeps_what_step_one_does_not_show(officer, hard, database):
    send_back(officer, place(hard, 1, "", "en"), language="zh", title="换了语言")
    stored = stored_rows(database)["listing_text"]
    assert any("换了语言" in row and "工艺文件" in row for row in stored)


def test_a_package_does_not_take_its_members_patents(officer, hard, executor, people, database):
    with database.read() as session:
        member = session.get_one(Listing, hard).asset
    made = executor.run(
        people.officer, draft_result, INSTITUTE, AssetKind.PACKAGE, TEXT,
        ListingChange(asset=AssetChange(members=(member,))),
    )  # fmt: skip
    send_back(officer, place(made.ref, 3), stage="pilot")
    assert {row.asset for row in rows(database, PatentFacts)} == {member}


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("ZL202310482617.0", ("CN", None, None, "CN202310482617.0")),
        ("202310482617.0", ("CN", "CN202310482617.0", None, None)),
        ("CN118524411A", ("CN", None, "CN118524411A", None)),
        ("US 8,926,509 B2", ("US", None, None, "US8926509B2")),
    ],
)
def test_a_number_is_stored_as_what_it_numbers(officer, market, database, line, held):
    listing = market.draft(patents=())
    send_back(officer, place(listing, 3), patents=line)
    row = rows(database, PatentFacts)[0]
    numbers = (row.application_number, row.publication_number, row.grant_number)
    assert (row.office, *numbers) == held


def test_a_number_that_is_none_is_said_beside_its_field(officer, market, database):
    listing = market.draft(patents=())
    with officer.get(place(listing, 3)) as answer:
        sent = sent_by_browser(answer.text)
    with officer.post(place(listing, 3), data=sent | {"patents": "202310482617.3"}) as answer:
        assert answer.status_code == 422
        assert 'id="patents-error"' in answer.text
    assert rows(database, PatentFacts) == []


def test_a_refused_file_leaves_a_form_that_can_be_sent_again(officer, hard, database):
    with officer.get(place(hard, 5)) as answer:
        sent = sent_by_browser(answer.text) | {"contact_phone": "0571-2222"}
    bad = {"file": (io.BytesIO(b"MZ"), "装置.exe")}
    with officer.post(place(hard, 5), data=sent | bad) as answer:
        assert answer.status_code == 422
        again = sent_by_browser(answer.text)
    assert rows(database, Listing)[0].contact_phone == "0571-2222"
    good = {"file": (io.BytesIO(b"%PDF-1.4"), "说明.pdf")}
    with officer.post(place(hard, 5), data=again | good) as answer:
        assert answer.status_code == 302
    assert [row.name for row in rows(database, ListingFile)] == ["说明.pdf"]


NEED = NeedInput(
    "zh",
    "找散热膜",
    "比石墨膜薄。",
    "第一段。\n\n第二段。",
    "试过铜箔。",
    ("散热膜", "石墨烯,铜"),
    budget_low=Money.of("10000", "EUR"),
    budget_high=Money.of("20000.50", "EUR"),
    fields=("C02F", "C01B", "H"),
    industries=("C39", "C26", "C3911"),
    region="330106",
    anonymous=True,
    contact_person=IDS["contributor"],
    contact_name="周砚秋",
    translation=NeedTranslation("en", "Heat spreader", "Thinner.", keywords=("film",)),
)


@pytest.fixture
def buyer(visit):
    return visit("ran", FIRM, "firm_admin")


@pytest.fixture
def need(executor, people):
    return executor.run(people.buyer, draft_need, FIRM, NEED).ref


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_need_that_nobody_touched_stays_as_it_is(buyer, need, database, prefix):
    before = stored_rows(database)
    send_back(buyer, f"{prefix}/workbench/needs/{show('need', need)}")
    assert stored_rows(database) == before


def test_editing_a_need_keeps_what_its_form_does_not_show(buyer, need, database):
    address = f"/workbench/needs/{show('need', need)}"
    send_back(buyer, address, title="找更薄的膜", keywords="膜、薄", ipc_sections=["C", "G"])
    row = rows(database, Need)[0]
    assert (row.fields, row.industries) == (["C02F", "C01B", "G"], ["C39", "C26", "C3911"])
    assert (row.contact_person, row.contact_name) == (IDS["contributor"], "周砚秋")
    assert (row.currency, row.region) == ("EUR", "330106")
    words = {text.language: text.keywords for text in rows(database, NeedText)}
    assert words == {"zh": ["膜", "薄"], "en": ["film"]}


STRICTER = """
name = "cn-national"
title = "全国"
title_en = "Mainland China"
holidays = "cn"

[[rule]]
id = "need.required.published"
value = ["title", "owner", "problem", "contact", "region", "keywords"]
unit = "codes"
valid_from = 2026-01-01
citation = "本市场规则"
citation_en = "This market's own rule"
confidence = "H"
checked_on = 2026-01-01
enforce = "block"
"""


@pytest.fixture
def stricter(executor):
    """The operator asks region and keywords of a need."""

    def plant(uow):
        now = uow.now(uow.open())
        row = Amendment(
            kind="profile", name="cn-national", text=STRICTER, takes_effect=date(2026, 1, 1),
            reason="理由", reason_en="", proposed_by="a", proposed_at=now, state="approved",
            decided_by="b", decided_at=now,
        )  # fmt: skip
        uow.create(row).record("amended")
        return Done()

    executor.run(SYSTEM, plant)
    executor.forget_law()


def test_a_need_that_cannot_be_posted_leaves_no_draft(buyer, stricter, database):
    address = "/workbench/needs/new"
    with buyer.get(address) as answer:
        sent = sent_by_browser(answer.text)
    typed = {"title": "找膜", "summary": "更薄。", "keywords": "膜"}
    with buyer.post(address, data=sent | typed) as answer:
        assert answer.status_code == 422
        assert 'id="region-error"' in answer.text
        assert 'id="keywords-error"' not in answer.text
        again = sent_by_browser(answer.text)
    assert rows(database, Need) == []
    assert buyer.post(address, data=again | {"region": "330100"}).status_code == 302
    assert [(row.state, row.region) for row in rows(database, Need)] == [("published", "330100")]


def test_a_draft_that_lacks_something_is_opened_to_complete(buyer, stricter, need, database):
    """The stored one has both; without its place it is led to its form, and stays a draft."""
    address = f"/workbench/needs/{show('need', need)}"
    send_back(buyer, address, region="")
    answer = buyer.post(f"{address}/publish")
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert rows(database, Need)[0].state == "draft"
    send_back(buyer, address, region="330100")
    assert buyer.post(f"{address}/publish").headers["Location"] == "/workbench/needs"
    assert rows(database, Need)[0].state == "published"
