"""An unused result: its maker sees the period and declares; agreed with, they open talks."""

from __future__ import annotations

import pytest

from core.actor import SYSTEM
from core.ids import show
from tests.browser.staged import scene, seats
from tests.browser.test_pages import check_page
from tests.deals.conftest import plant_listing, stage
from tests.deals.idle.conftest import GRANTED, plant_makers
from tests.deals.open_licence.conftest import plant_patent

__all__ = ["scene", "seats", "stage"]
USED = "5a" * 16


def plant(uow):
    plant_listing(uow, "5b" * 16, USED)
    return plant_makers(uow, USED)


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_a_maker_acts_on_an_unused_result(seats, scene, drain, prefix):
    scene.run(SYSTEM, plant)
    scene.run(SYSTEM, plant_patent, USED, granted_on=GRANTED)
    asked = scene.stage.ask(scene.stage.buyer, listing="5b" * 16)
    maker = seats("scholar", 390, "light", prefix)
    office = seats("officer", 1440, "light", prefix)
    language, here = "en" if prefix else "zh", f"/uses/{show('asset', USED)}"
    maker.opens("/workbench")
    maker.follows("Use of the results that I made")
    maker.picture(f"{language}-unused-1-list")
    assert check_page(maker.page, "the list of results made") == []
    maker.follows("散热膜")
    maker.presses("Declare that I act")
    assert maker.page.locator(".errors").count() == 1
    assert "422" in maker.complaints.pop()
    maker.picture(f"{language}-unused-2-refused")
    maker.chooses("sure")
    assert check_page(maker.page, "a period that is over") == []
    maker.presses("Declare that I act")
    maker.page.wait_for_url(f"**{here}")
    maker.picture(f"{language}-unused-3-declared")
    drain()
    office.opens(here)
    office.page.locator("main summary").first.click()
    office.picture(f"{language}-unused-4-office")
    assert check_page(office.page, "a declaration to answer") == []
    office.presses("Agree that the maker acts")
    office.page.wait_for_url(f"**{here}")
    office.page.locator("main summary").first.click()
    office.picture(f"{language}-unused-5-agreed")
    assert check_page(office.page, "a maker who acts") == []
    maker.opens(f"/inquiries/{show('inquiry', asked)}")
    maker.presses("Open a deal")
    maker.page.wait_for_url("**/deals/dea_*")
    maker.picture(f"{language}-unused-6-room")
    assert maker.complaints == office.complaints == []
