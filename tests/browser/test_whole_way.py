"""From a published result to a registered contract in each mode and language, and what it costs the
people: docs/effort.md has the figures, and this test keeps them true."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import whole_way
from tests.browser.staged import scene, seats
from tests.browser.test_pages import check_page
from tests.browser.whole_way import Way
from tests.deals.conftest import stage

__all__ = ["scene", "seats", "stage"]
MODES = {
    "negotiated": whole_way.by_agreement,
    "fixed_price": whole_way.at_a_fixed_price,
    "open_listing": whole_way.on_open_listing,
    "open_licence": whole_way.under_open_licence,
    "joint_development": whole_way.in_joint_development,
    "equity_contribution": whole_way.for_shares,
}


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
@pytest.mark.parametrize("mode", MODES)
def test_from_a_published_result_to_a_registered_contract(
    seats, scene, drain, tmp_path, mode, prefix
):
    seller = seats("officer", 1440, "light", prefix)
    buyer = seats("buyer", 390, "light", prefix)
    way = Way(seller, buyer, scene, drain, "en" if prefix else "zh")
    if mode == "open_licence":
        way.colleague = seats("second", 1440, "dark", prefix)
        way.colleague.effort = seller.effort
    MODES[mode](way)
    whole_way.to_ready(way)
    assert way.effort() == whole_way.written_down(mode)
    whole_way.to_signed(way, tmp_path)
    page = whole_way.to_registered(way)
    expect(page.locator("main header")).to_contain_text(buyer.say("Contract registered"))
    way.seen(buyer, "end")
    assert check_page(page, f"{mode} at its end") == []
    assert seller.complaints == []
    assert buyer.complaints == []
