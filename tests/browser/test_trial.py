"""Use first, pay later: from the offer of a trial to the registered contract of what it became."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import whole_way
from tests.browser.staged import scene, seats
from tests.browser.test_pages import check_page
from tests.browser.whole_way import Way
from tests.contracts.test_trial import TRIAL
from tests.deals.conftest import stage

__all__ = ["scene", "seats", "stage"]


def offered(way: Way) -> None:
    """The firm asks for a trial, the office opens a deal, the firm puts the terms on the table."""
    buyer = way.buyer
    whole_way.asked(way, "手机散热，先试后买")
    buyer.follows("Make an offer")
    buyer.chooses("way", "trial_licence")
    buyer.types("until", TRIAL["until"].isoformat())
    buyer.chooses("converts_to", "ordinary")
    buyer.types("conversion_price", "300,000")
    buyer.types("metrics", TRIAL["metrics"])
    way.seen(buyer, "trial-offer")
    assert check_page(buyer.page, "the offer of a trial") == []
    whole_way.offered_and_accepted(way, "300,000")


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_a_trial_is_taken_up_and_registered(seats, scene, drain, tmp_path, prefix):
    seller = seats("officer", 1440, "light", prefix)
    buyer = seats("buyer", 390, "light", prefix)
    way = Way(seller, buyer, scene, drain, "en" if prefix else "zh")
    offered(way)
    whole_way.to_ready(way)
    assert way.effort() == whole_way.written_down("trial_licence")
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
