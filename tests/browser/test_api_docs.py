"""The API's pages: every operation is listed, and opens with what it takes and gives."""

from __future__ import annotations

import pytest

from tests.browser.test_pages import check_page
from webapp.api.declaring import TABLE
from webapp.api.operations import ALL


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(390, "dark", "/en"), (1440, "light", "")])
def test_every_operation_is_there_to_read(visit, width, scheme, prefix):
    visitor = visit(width=width, scheme=scheme)
    page = visitor.go(f"{prefix}/api/docs")
    faults = check_page(page, f"{prefix}/api/docs")
    names = page.locator("table code:text-matches('^[a-z][A-Za-z]+$')").all_inner_texts()
    assert sorted(names) == sorted(TABLE.by_name)
    assert len(names) >= 50 * bool(ALL)
    page.locator(f"a[href='{prefix}/api/docs/draftListing']").click()
    page.get_by_role("heading", level=1).wait_for()
    assert "Idempotency-Key" in page.locator("pre").inner_text()
    for member in ("more.texts[].title", "comparisons[].verdict"):  # what is sent, what comes back
        assert page.get_by_text(member, exact=True).count() == 1
    faults += check_page(page, "draftListing")
    page.locator("a", has_text="submitListing").click()
    faults += check_page(page, "submitListing")
    assert faults + visitor.complaints == []


def test_tokens_are_readable_by_everybody(visit):
    visitor = visit("researcher", width=390, scheme="dark")
    page = visitor.go("/en/account/tokens")
    assert check_page(page, "/en/account/tokens") + visitor.complaints == []
