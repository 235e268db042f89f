"""What is typed into a form that is not sent yet: kept in this browser until its writer leaves."""

from __future__ import annotations

KEPT = "Object.keys(localStorage).filter(key => key.startsWith('draft:'))"
LEAVE = "document.querySelector('form[action$=\"/sign-out\"]').requestSubmit()"


def test_signing_out_takes_drafts_along(visit):
    visitor = visit("firm_admin")
    page = visitor.go("/workbench/needs/new")
    page.locator("main form[data-draft] [name=title]").fill("没有发出的话")
    assert page.evaluate(KEPT), "it is kept while its writer is here"
    assert page.evaluate("Object.values(localStorage).some(text => text.includes('没有发出的话'))")
    with page.expect_navigation():
        page.evaluate(LEAVE)
    assert page.evaluate(KEPT) == []
    assert not page.evaluate("JSON.stringify({...localStorage}).includes('没有发出的话')")
    assert visitor.complaints == []
