"""Every page in Chromium: no sideways scroll, no complaint, nothing that axe finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text(encoding="utf-8")

PUBLIC = ["/", "/search", "/search?q=石墨烯", "/search?q=zzqqxx", "/needs", "/notices", "/about"]
PUBLIC += ["/terms", "/privacy", "/sign-in", "/sign-up", "/no-such-page"]
LINKED = {
    "/search": "main a[href*='/results/lst_']",
    "/needs": "main a[href*='/needs/ned_']",
    "/notices": "main a[href*='/notices/']",
}
"""A page of each kind, found as a visitor finds it."""
BY_ROLE = {
    "researcher": ["/workbench", "/messages", "/account"],
    "tto_officer": ["/queue", "/inquiries", "/deals", "/imports"],
    "firm_member": ["/workbench/needs", "/inquiries", "/deals", "/saved"],
    "broker": ["/deals", "/saved"],
    "operator": ["/operator", "/operator/audit"],
    "auditor": ["/operator/audit"],
}
LOOKS = [(390, "light", ""), (1440, "dark", "/en"), (820, "light", "/en"), (1440, "light", "")]


def check_page(page: Page, where: str) -> list[str]:
    """Faults of the page as it stands."""
    faults = []
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if width[0] > width[1]:
        faults.append(f"{where}: scrolls sideways, {width[0]} over {width[1]} px")
    page.evaluate(AXE)
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
        "v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')))"
    )
    faults += [f"{where}: {fault}" for fault in found]
    return faults


@pytest.mark.parametrize(("width", "scheme", "prefix"), LOOKS)
def test_public_pages(visit, width, scheme, prefix):
    visitor = visit(width=width, scheme=scheme)
    faults = []
    paths = [*PUBLIC]
    for listing, link in LINKED.items():
        page = visitor.go(prefix + listing)
        href = page.locator(link).first.get_attribute("href")
        assert href, f"{listing} lists nothing"
        paths.append(href.removeprefix(prefix) if prefix else href)
    for path in paths:
        page = visitor.go(prefix + path)
        faults += check_page(page, f"{prefix + path} at {width} {scheme}")
    assert faults == []
    assert visitor.complaints == []


@pytest.mark.parametrize("role", sorted(BY_ROLE))
def test_pages_of_each_role(visit, role):
    faults = []
    for width, scheme, prefix in LOOKS[:2]:
        visitor = visit(role, width=width, scheme=scheme)
        for path in BY_ROLE[role]:
            page = visitor.go(prefix + path)
            status = page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
            if status != 200:
                faults.append(f"{prefix + path} answers {status} to {role}")
            faults += check_page(page, f"{prefix + path} of {role} at {width} {scheme}")
        faults += visitor.complaints
    assert faults == []
