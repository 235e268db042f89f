"""Two at one form of a result: whoever sends second is told, and hides nothing of the first."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from core.errors import Outdated
from core.versions import version_of
from listings.actions.edit_listing import edit_listing
from listings.actions.note_consent import note_consent
from listings.actions.state_export import state_export
from listings.errors import StaleEdit
from listings.exporting import statement_version
from listings.inputs import CoOwnerInput, ListingChange
from listings.models import CoOwner, ExportStatement, ListingText
from tests.listings.conftest import INSTITUTE, market, people
from tests.listings.test_beside_pages import place
from tests.listings.test_pages import rows, visit

__all__ = ["market", "people", "visit"]
SEEN = re.compile(r'name="version" value="(\d+)"')
STEP = {"language": "zh", "title": "改过的题目", "value_line": "一句话。", "abstract": "摘要。"}


def test_a_statement_of_a_colleague_is_not_written_over(market, people, executor, database):
    listing = market.checked(co_owners=(CoOwnerInput("临川大学"),))
    owner, day = rows(database, CoOwner)[0].n, date(2026, 11, 2)
    run, officer = executor.run, people.officer
    before = statement_version(None)
    run(officer, state_export, listing, "restricted", "目录第 1 项", before)
    with pytest.raises(StaleEdit):
        run(officer, state_export, listing, "free", "", before)
    assert rows(database, ExportStatement)[0].kind == "restricted"
    now = statement_version(rows(database, ExportStatement)[0])
    run(officer, state_export, listing, "free", "", now)
    run(officer, note_consent, listing, owner, day, version_of(None))
    with pytest.raises(Outdated):
        run(officer, note_consent, listing, owner, None, version_of(None))
    assert rows(database, CoOwner)[0].consented_on == day


def test_the_page_carries_what_was_seen(visit, market, people, executor, database):
    listing = market.checked(co_owners=(CoOwnerInput("临川大学"),))
    officer, base = visit("zhou", INSTITUTE, "tto_officer"), place(listing, "/rights")
    page, n = officer.get(base).text, rows(database, CoOwner)[0].n
    forms = f"{base}/owners/{n}/consent", f"{base}/export"
    consent, export = (SEEN.search(page, page.index(form))[1] for form in forms)
    executor.run(people.officer, state_export, listing, "prohibited", "目录第 1 项")
    executor.run(people.officer, note_consent, listing, n, date(2026, 11, 2))
    mine = {"kind": "free", "basis": "", "version": export}
    assert "有人改动了" in officer.post(f"{base}/export", data=mine).text
    mine = {"consented_on": "", "version": consent}
    assert "已有人改动" in officer.post(f"{base}/owners/{n}/consent", data=mine).text
    assert rows(database, ExportStatement)[0].kind == "prohibited"
    assert rows(database, CoOwner)[0].consented_on == date(2026, 11, 2)


def test_a_slip_hides_no_change_of_a_colleague(visit, market, people, executor, database):
    listing, author = market.draft(), visit("lu", INSTITUTE, "tto_officer")
    base = place(listing, "/1")
    seen = SEEN.search(author.get(base).text)[1]
    executor.run(
        people.officer, edit_listing, listing, ListingChange(source_url="https://a.example/b")
    )
    slip = author.post(base, data={**STEP, "title": "", "version": seen})
    assert slip.status_code == 422
    assert SEEN.search(slip.text)[1] == seen
    told = author.post(base, data={**STEP, "version": seen})
    assert told.status_code == 422
    now = SEEN.search(told.text)[1]
    assert now != seen
    assert author.post(base, data={**STEP, "version": now}).status_code == 302
    with database.read() as session:
        zh = ListingText.language == "zh"
        assert session.scalars(select(ListingText.title).where(zh)).one() == STEP["title"]
