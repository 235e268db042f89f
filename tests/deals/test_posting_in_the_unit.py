"""A notice in the owner's own unit: what counts as shown, by whom, and what the contract says."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.actions.freeze_contract import freeze_contract
from contracts.actions.open_contract import open_contract
from contracts.actions.save_draft import save_draft
from core.errors import Invalid, NotFound
from core.ids import show
from deals import lawful
from deals.actions.accept_offer import accept_offer
from deals.actions.show_posting import show_posting
from deals.errors import OwnerPosts
from deals.models import NoticePosting
from deals.rules import days_unshown, posting_problems
from tests.contracts.conftest import desk, draft
from tests.deals.conftest import picture, stage
from tests.deals.test_pages import app, browser, only, text_of

__all__ = ["app", "browser", "desk", "stage"]
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
LAST = date(2026, 12, 8)


@pytest.fixture
def noticed(stage):
    deal = stage.open()
    version = stage.offer(deal, stage.officer, valid_until=None)
    stage.executor.run(stage.buyer, accept_offer, deal, version)
    return deal


@pytest.mark.parametrize(
    ("more", "places", "state", "day", "wrong"),
    [
        ({}, ["unit"], "running", LAST, set()),
        ({}, ["unit"], "closed", LAST + timedelta(9), set()),
        ({"place": "board", "url": ""}, ["unit", "market"], "running", LAST, set()),
        ({}, ["market"], "running", LAST, {""}),
        ({}, ["unit"], "revoked", LAST, {""}),
        ({}, ["unit"], "running", LAST - timedelta(1), {"when"}),
        ({"url": ""}, ["unit"], "running", LAST, {"url"}),
        ({"url": "javascript:alert(1)"}, ["unit"], "running", LAST, {"url"}),
        ({"place": "board", "url": "ftp://x"}, ["unit"], "running", LAST, {"url"}),
        ({"place": "pub"}, ["unit"], "running", LAST, {"place"}),
    ],
)
def test_what_must_be_corrected(more, places, state, day, wrong):
    assert set(posting_problems(picture("last", **more), places, state, day, LAST)) == wrong


@given(
    st.lists(st.tuples(st.sampled_from(["first", "last"]), st.integers(0, 40)), max_size=8),
    st.integers(1, 30),
)
def test_days_are_covered_by_the_earliest_first_and_the_latest_last(pictures, days):
    seen = [(when, date(2026, 1, 1) + timedelta(n)) for when, n in pictures]
    left = days_unshown(seen, days)
    assert 0 <= left <= days
    longest = max(
        (
            b - a
            for one, a in pictures
            for other, b in pictures
            if (one, other) == ("first", "last")
        ),
        default=0,
    )
    assert left == max(0, days - max(0, longest))


def test_only_the_owner_shows_and_only_what_is_there(stage, noticed):
    notice = stage.notice(noticed).id
    run = stage.executor.run
    with pytest.raises(OwnerPosts):
        run(stage.buyer, show_posting, notice, picture("first"))
    with pytest.raises(NotFound):
        run(stage.stranger, show_posting, notice, picture("first"))
    with pytest.raises(NotFound):
        run(stage.officer, show_posting, "0" * 32, picture("first"))
    with pytest.raises(Invalid):
        run(stage.officer, show_posting, notice, picture("last"))


def test_a_notice_of_before_asks_the_contract_why_it_was_not_shown(desk, clock, drain, monkeypatch):
    """It began by itself, as notices did until their period counted by what is shown."""
    run, stage = desk.run, desk.stage
    monkeypatch.setattr(lawful, "asks_proof", lambda _profile: False)
    deal = stage.open()
    version = stage.offer(deal, stage.officer, valid_until=None)
    run(stage.buyer, accept_offer, deal, version)
    monkeypatch.undo()
    clock.set(stage.notice(deal).ends_at)
    drain()
    assert stage.deal(deal).state == "confirmed"
    contract = run(stage.officer, open_contract, deal)
    run(stage.officer, save_draft, contract, draft(), 1)
    with pytest.raises(Invalid):
        run(stage.officer, freeze_contract, contract, 2, {})
    reasons = {"posting_unshown": "公告栏照片随后补交"}
    run(stage.officer, freeze_contract, contract, 2, reasons)
    kept = desk.contract(contract).reasons["posting_unshown"]
    assert kept["rule"] == "notice.places"


def test_shown_for_every_day_nothing_is_asked(desk):
    assert desk.contract(desk.ready()).reasons == {}


def test_from_the_room_to_a_picture_that_both_sides_read(browser, executor, noticed):
    here = f"/deals/{show('deal', noticed)}"
    officer, buyer = browser("officer"), browser("buyer")
    assert f"{here}/posting" in officer.get(here).text
    assert "公示期尚未开始" in text_of(officer.get(f"{here}/posting"))
    assert f'<a href="{here}">散热膜</a>' in buyer.get(f"{here}/posting").text
    data = {"when": "first", "place": "site", "url": "https://institute.example/7"}
    bad = officer.post(f"{here}/posting", data={**data, "file": (io.BytesIO(b"x"), "a.txt")})
    assert bad.status_code == 422
    own = buyer.post(f"{here}/posting", data={**data, "file": (io.BytesIO(PNG), "a.png")})
    assert own.status_code == 403
    sent = officer.post(f"{here}/posting", data={**data, "file": (io.BytesIO(PNG), "a.png")})
    assert sent.status_code == 303
    row = only(executor, NoticePosting)
    for client in (officer, buyer):
        assert "https://institute.example/7" in text_of(client.get(f"{here}/posting"))
        with client.get(f"{here}/posting/{row.id}/picture") as given:
            assert given.data == PNG
    assert browser("stranger").get(f"{here}/posting").status_code == 404
    assert browser("stranger").get(f"{here}/posting/{row.id}/picture").status_code == 404
