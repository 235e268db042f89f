"""Use first, pay later: from the offer of a trial to the registered contract of what it became."""

from __future__ import annotations

from playwright.sync_api import expect

from core.ids import show
from tests.browser import whole_way
from tests.browser.staged import scene, seats
from tests.browser.test_pages import check_page
from tests.browser.whole_way import Way
from tests.contracts.test_trial import TRIAL
from tests.deals.conftest import LISTING, stage

__all__ = ["scene", "seats", "stage"]


def offered(way: Way) -> None:
    """The firm asks for a trial, the office opens a deal, the firm puts the terms on the table."""
    seller, buyer = way.seller, way.buyer
    buyer.go(f"{buyer.prefix}/results/{show('listing', LISTING)}")
    buyer.follows("Ask about it")
    buyer.chooses("way", "assignment")
    buyer.types("purpose", "手机散热，先试后买")
    buyer.chooses("timetable", "quarter")
    for name, text in (("name", "冉时雨"), ("firm", "firm甲"), ("mail", "ran@firm.example")):
        buyer.types(name, text)
    buyer.presses("Send the inquiry")
    expect(buyer.page.locator("main")).to_contain_text("先试后买")
    seller.opens("/inquiries")
    seller.follows("散热膜")
    seller.presses("Open a deal")
    seller.page.wait_for_url("**/deals/dea_*")
    way.found()
    buyer.opens(way.here)
    buyer.follows("Make an offer")
    buyer.chooses("way", "trial_licence")
    buyer.types("until", TRIAL["until"].isoformat())
    buyer.page.locator("main summary").first.click()
    buyer.chooses("converts_to", "ordinary")
    buyer.types("conversion_price", "300,000")
    buyer.types("metrics", TRIAL["metrics"])
    way.seen(buyer, "trial-offer")
    assert check_page(buyer.page, "the offer of a trial") == []
    buyer.presses("Put it on the table")
    expect(buyer.page.locator("main")).to_contain_text("300,000")
    seller.opens(way.here)
    seller.follows("Accept version %(version)s", version=1)
    seller.presses("Accept version %(version)s", version=1)
    seller.page.wait_for_url(f"**{way.here}")
    way.after_notice()


def test_a_trial_is_taken_up_and_registered(seats, scene, drain, tmp_path):
    seller, buyer = seats("officer", 1440, "light", ""), seats("buyer", 390, "light", "")
    way = Way(seller, buyer, scene, drain, "zh")
    offered(way)
    whole_way.to_ready(way)
    whole_way.to_signed(way, tmp_path)
    trial = way.deal
    way.found(follows=trial)
    assert way.state() == "trial"
    buyer.opens(way.here)
    way.seen(buyer, "trial-room")
    assert check_page(buyer.page, "the room of a trial") == []
    buyer.follows("Accept version %(version)s", version=1)
    buyer.presses("Accept version %(version)s", version=1)
    buyer.page.wait_for_url(f"**{way.here}")
    assert way.state() == "confirmed"
    whole_way.to_ready(way)
    whole_way.to_signed(way, tmp_path)
    page = whole_way.to_registered(way)
    expect(page.locator("main header")).to_contain_text(buyer.say("Contract registered"))
    assert seller.complaints == buyer.complaints == []
