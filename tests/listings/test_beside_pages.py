"""The small pages beside the five steps: co-owners, rights, pictures, packages, evidence."""

from __future__ import annotations

import io
from datetime import date

import pytest
from sqlalchemy import select

from core.actor import SYSTEM
from core.errors import Forbidden, Invalid
from core.ids import show
from core.results import Done
from listings.actions.draft_result import draft_result
from listings.actions.edit_listing import edit_listing
from listings.actions.note_consent import note_consent
from listings.inputs import AssetChange, CoOwnerInput, EvidenceInput, ListingChange, RightInput
from listings.kinds import AssetKind, Level, Way
from listings.models import AssetMember, Contributor, CoOwner, Listing, Picture, Right, TrlEvidence
from listings.queries import listing_page
from listings.queries.register import rights_register
from listings.rights import Grant, grant
from tests.listings.conftest import INSTITUTE, OTHER, TEXT, market, people
from tests.listings.test_pages import rows, visit
from tests.pictures import PNG
from webapp.views.workbench import pictures


def place(listing: str, part: str = "") -> str:
    return f"/workbench/results/{show('listing', listing)}{part}"


def asset_of(database, listing: str) -> str:
    with database.read() as session:
        return session.scalars(select(Listing.asset).where(Listing.id == listing)).one()


@pytest.fixture
def officer(visit):
    return visit("zhou", INSTITUTE, "tto_officer")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_co_owner_is_added_agrees_and_goes(officer, market, database, prefix):
    listing = market.draft()
    base = prefix + place(listing, "/rights")
    sent = {"name": "临川大学", "share": "30"}
    assert officer.post(f"{base}/owners", data=sent).status_code == 302
    page = officer.get(base).text
    assert "临川大学" in page
    assert "30%" in page
    owner = rows(database, CoOwner)[0]
    assert owner.consented_on is None
    sent = {"consented_on": "2026-11-02"}
    assert officer.post(f"{base}/owners/{owner.n}/consent", data=sent).status_code == 302
    assert rows(database, CoOwner)[0].consented_on == date(2026, 11, 2)
    assert officer.post(f"{base}/owners/{owner.n}/remove").status_code == 302
    assert rows(database, CoOwner) == []


def test_consent_is_noted_while_the_title_is_checked(market, people, executor, database):
    listing = market.checked(co_owners=(CoOwnerInput("临川大学"),))
    owner = rows(database, CoOwner)[0].n
    executor.run(people.officer, note_consent, listing, owner, date(2026, 11, 20))
    assert rows(database, CoOwner)[0].consented_on == date(2026, 11, 20)
    with pytest.raises(Invalid):
        executor.run(people.officer, note_consent, listing, owner, date(2026, 11, 24))
    with pytest.raises(Forbidden):
        executor.run(people.author, note_consent, listing, owner, None)


def test_an_earlier_licence_is_entered_and_read_as_taken(officer, market, database, people):
    listing = market.published()
    base = place(listing, "/rights")
    sent = {"kind": "grant", "way": "exclusive", "holder_name": "甲公司", "starts": "2026-01-01"}
    assert officer.post(f"{base}/entries", data=sent).status_code == 302
    with database.read() as session:
        page = listing_page(session, people.buyer, listing, date(2026, 11, 23), language="zh")
    assert {str(way.standing.standing) for way in page.ways} == {"taken"}
    assert page.rights[0].holder is None
    assert "甲公司" in officer.get(base).text
    assert officer.post(f"{base}/entries/{rows(database, Right)[0].n}/remove").status_code == 302
    assert rows(database, Right) == []


def test_a_pledge_without_a_licence_way_and_a_grant_with_none(officer, market, database):
    base = place(market.draft(), "/rights")
    wrong = officer.post(f"{base}/entries", data={"kind": "grant", "starts": "2026-01-01"})
    assert wrong.status_code == 422
    backwards = {"kind": "pledge", "starts": "2026-02-01", "ends": "2026-01-01"}
    assert officer.post(f"{base}/entries", data=backwards).status_code == 422
    pledged = {"kind": "pledge", "way": "exclusive", "starts": "2026-01-01", "consent": "y"}
    assert officer.post(f"{base}/entries", data=pledged).status_code == 302
    right = rows(database, Right)[0]
    assert (right.kind, right.way, right.consent) == ("pledge", None, True)


def test_what_a_deal_granted_no_form_takes_away(officer, market, database, executor, people):
    listing = market.published()
    asset = asset_of(database, listing)
    given = Grant(Way.ORDINARY, "3" * 32, "deal:x", date(2026, 11, 1))

    def by_deal(uow):
        grant(uow, asset, given)
        return Done()

    executor.run(SYSTEM, by_deal)
    granted = rows(database, Right)[0].n
    base = place(listing, "/rights")
    officer.post(f"{base}/entries/{granted}/remove")
    assert [row.n for row in rows(database, Right)] == [granted]


def test_strangers_do_not_see_the_register(visit, market):
    base = place(market.published(), "/rights")
    stranger = visit("stranger2", OTHER, "tto_officer")
    assert stranger.get(base).status_code == 404
    assert stranger.post(f"{base}/entries", data={"kind": "pledge"}).status_code == 404


def test_a_picture_is_looked_at_before_it_is_kept(officer, market, database, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_PICTURE", 1000)
    listing = market.published()
    base = place(listing, "/pictures")
    bad = {"picture": (io.BytesIO(b"<svg onload=alert(1)>"), "x.png")}
    assert officer.post(base, data=bad).status_code == 422
    assert officer.post(base, data={}).status_code == 422
    large = {"picture": (io.BytesIO(PNG + b"\0" * 1000), "x.png")}
    assert officer.post(base, data=large).status_code == 422
    assert rows(database, Picture) == []
    good = {"picture": (io.BytesIO(PNG), "x.exe"), "caption_zh": "样膜", "caption_en": "Film"}
    assert officer.post(base, data=good).status_code == 302
    picture = rows(database, Picture)[0]
    assert (picture.media_type, picture.captions) == ("image/png", {"zh": "样膜", "en": "Film"})
    assert officer.get(base).status_code == 200
    shown = f"/results/{show('listing', listing)}"
    assert f"{shown}/pictures/{picture.sha256}" in officer.get(shown).text
    with officer.get(f"/en{shown}/pictures/{picture.sha256}") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert officer.post(f"{base}/{picture.sha256}/remove").status_code == 302
    assert rows(database, Picture) == []


def package(market, people, **asset) -> str:
    run = market.executor.run
    change = ListingChange(asset=AssetChange(**asset)) if asset else None
    return run(people.author, draft_result, INSTITUTE, AssetKind.PACKAGE, TEXT, change).ref


def test_a_package_is_put_together_by_ticks(officer, market, people, database):
    first, second = market.draft(), market.draft(registration=None)
    listing = package(market, people)
    base = place(listing, "/members")
    page = officer.get(base).text
    assert page.count('type="checkbox"') == 2
    chosen = [asset_of(database, one) for one in (second, first)]
    assert officer.post(base, data={"members": chosen}).status_code == 302
    members = {row.member for row in rows(database, AssetMember)}
    assert members == set(chosen)
    assert officer.get(base).text.count("checked") == 2
    assert officer.get(place(first, "/members")).status_code == 404


def test_a_package_holds_nothing_of_others_and_no_package(market, people, executor, database):
    listing = package(market, people)
    for member in (asset_of(database, listing), "9" * 32):
        change = ListingChange(asset=AssetChange(members=(member,)))
        with pytest.raises(Invalid):
            executor.run(people.officer, edit_listing, listing, change)
    mine = asset_of(database, market.draft())
    with pytest.raises(Invalid):
        executor.run(
            people.officer,
            edit_listing,
            market.draft(registration=None),
            ListingChange(asset=AssetChange(members=(mine,))),
        )


@pytest.mark.parametrize(("prefix", "word"), [("", "签署保密协议后"), ("/en", "after NDA")])
def test_evidence_says_who_may_read_it(officer, market, database, prefix, word):
    base = prefix + place(market.draft(), "/3?text=zh")
    sent = {"trl": "7", "secrecy": "open", "evidence": f"2026-08-14 检测报告\n内部数据 | {word}"}
    assert officer.post(base, data=sent).status_code == 302
    pieces = sorted(rows(database, TrlEvidence), key=lambda row: row.position)
    assert [(p.text, p.level, p.shown_on) for p in pieces] == [
        ("检测报告", "public", date(2026, 8, 14)),
        ("内部数据", "nda", None),
    ]
    assert f"内部数据 | {word}" in officer.get(base).text


@pytest.mark.parametrize("line", ["内部数据 | 谁都不给", "2026-13-41 检测报告"])
def test_evidence_of_no_known_level_or_day_is_not_taken(officer, market, database, line):
    base = place(market.draft(), "/3")
    sent = {"trl": "7", "secrecy": "open", "evidence": line}
    assert officer.post(base, data=sent).status_code == 422
    assert rows(database, TrlEvidence) == []


def test_evidence_in_another_language_stays(market, people, executor, database):
    both = (EvidenceInput("zh", 7, "检测报告"), EvidenceInput("en", 7, "Test report"))
    listing = market.draft(evidence=both)
    change = AssetChange(evidence=(EvidenceInput("zh", 7, "新的报告", level=Level.NDA),))
    executor.run(people.author, edit_listing, listing, ListingChange(asset=change))
    assert {row.text for row in rows(database, TrlEvidence)} == {"新的报告", "Test report"}


def test_a_contributors_latin_name_is_written_and_read_in_english(officer, market, database):
    listing = market.published()
    sent = {"contributors": "陆闻笛 | 100 | 设计 | Lu Wendi", "contact_name": "周砚秋",
            "answer_days": "3", "file_level": "member"}  # fmt: skip
    assert officer.post(place(listing, "/5"), data=sent).status_code == 302
    assert [row.latin_name for row in rows(database, Contributor)] == ["Lu Wendi"]
    shown = f"/results/{show('listing', listing)}"
    assert "Lu Wendi" in officer.get(f"/en{shown}").text
    assert "Lu Wendi" not in officer.get(shown).text
    assert "Lu Wendi" in officer.get(place(listing, "/5")).text


def test_the_register_reads_in_order(market, database):
    rights = (RightInput(date(2026, 2, 1), "pledge"), RightInput(date(2026, 1, 1), "pledge"))
    listing = market.draft(rights=rights)
    with database.read() as session:
        found = rights_register(session, asset_of(database, listing))
    assert [row.right.starts.month for row in found.rights] == [1, 2]
    assert found.declared == (rights[1], rights[0])


__all__ = ["market", "people", "visit"]
