"""The API's page draws every operation, under the same policy as every other page."""

from __future__ import annotations

import pytest

from tests.browser.test_pages import check_page
from webapp.api.declaring import TABLE
from webapp.api.operations import ALL


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(390, "dark", "/en"), (1440, "light", "")])
def test_every_operation_is_there_to_read(visit, width, scheme, prefix):
    visitor = visit(width=width, scheme=scheme)
    page = visitor.go(f"{prefix}/api/docs")
    one = page.locator("#operations-listings-draftListing .opblock-summary-control")
    one.click(timeout=60_000)  # the drawing of all of them takes seconds on a busy machine
    page.locator("#operations-listings-draftListing .opblock-body").wait_for()
    assert page.locator(".opblock").count() == len(TABLE.by_name) >= 50 * bool(ALL)
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert (sideways, visitor.complaints) == (0, [])


def test_tokens_are_readable_by_everybody(visit):
    visitor = visit("researcher", width=390, scheme="dark")
    page = visitor.go("/en/account/tokens")
    assert check_page(page, "/en/account/tokens") + visitor.complaints == []
