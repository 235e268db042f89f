"""The pages of published terms, as a browser without scripts meets them."""

from __future__ import annotations

import re

import pytest

from core.ids import show
from deals.models import Deal, Posting
from tests.deals.conftest import LISTING, OWN_RULES
from tests.deals.test_fixed_price import post, rows
from tests.deals.test_pages import app, browser, text_of

__all__ = ["app", "browser"]
PRICE = {"way": "exclusive", "lump_sum": "80万", "tax_basis": "included", "royalty_base": "",
         "conditions": "具备量产能力。", "mode_reason": OWN_RULES}  # fmt: skip


def test_published_read_accepted(browser, stage):
    officer, buyer, listing = browser("officer"), browser("buyer"), show("listing", LISTING)
    path = f"/results/{listing}/postings/new"
    assert "散热膜" in text_of(officer.get(path))
    assert officer.post(path, data={**PRICE, "lump_sum": ""}).status_code == 422
    sent = officer.post(path, data=PRICE)
    assert sent.status_code == 303
    (row,) = rows(stage, Posting)
    here = f"/postings/{show('posting', row.id)}"
    assert sent.headers["Location"].endswith(here)
    for prefix in ("", "/en"):
        for client in (browser(), officer, buyer):
            assert "800,000" in text_of(client.get(prefix + here))
        assert here in browser().get(f"{prefix}/results/{listing}").text
    assert browser().get(f"{here}/take").status_code == 302
    assert "具备量产能力" in text_of(buyer.get(f"{here}/take"))
    data = {"organisation": "firm"}
    assert buyer.post(f"{here}/take", data=data).status_code == 422
    done = buyer.post(f"{here}/take", data={**data, "confirmed": "y"})
    assert done.status_code == 303
    (deal,) = rows(stage, Deal)
    assert deal.state == "notice"
    room = text_of(buyer.get(done.headers["Location"]))
    assert "一口价" in room
    assert "接受公布的条件" in room


def test_withdrawn_terms_say_so(browser, stage):
    here = f"/postings/{show('posting', post(stage))}"
    assert browser("buyer").post(f"{here}/withdraw").status_code == 403
    assert browser("officer").post(f"{here}/withdraw").status_code == 303
    page = browser("buyer").get(here)
    assert f"{here}/take" not in page.text
    assert re.search("不能接受", text_of(page))


@pytest.mark.parametrize("page", ["postings/new", "rounds/new", "open-licence"])
def test_where_a_royalty_can_be_named_the_right_to_audit_can(browser, stage, page):
    """The reader of contracts warns where a royalty has none."""
    form = browser("officer").get(f"/results/{show('listing', LISTING)}/{page}").text
    assert [f'name="{name}"' in form for name in ("royalty", "audit")] == [True, True]


def test_an_open_listing_keeps_the_right_to_audit(browser, stage):
    sent = {"way": "exclusive", "lump_sum": "80万", "tax_basis": "included", "royalty": "3",
            "royalty_base": "net_sales", "audit": "每年一次，查销售台账", "days": "10",
            "extensions": "0"}  # fmt: skip
    done = browser("officer").post(f"/results/{show('listing', LISTING)}/rounds/new", data=sent)
    assert done.status_code == 303
    (row,) = rows(stage, Posting)
    assert row.terms["audit"] == "每年一次，查销售台账"
    assert "每年一次，查销售台账" in text_of(browser().get(done.headers["Location"]))
