"""Every page in Chromium: no sideways scroll, no complaint, nothing that axe finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.trust.routes import CASES

AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text(encoding="utf-8")

PUBLIC = [
    "/announcements",
    "/rules",
    "/fees",
    "/verify",
    "/",
    "/search",
    "/search?q=石墨烯",
    "/search?q=zzqqxx",
    "/needs",
    "/notices",
    "/about",
]
PUBLIC += ["/terms", "/privacy", "/sign-in", "/sign-up", "/no-such-page", "/changes", "/forgotten"]
PUBLIC += [
    "/confirm/0123",
    "/reset/0123",
    "/dev/mail",
    "/dev/sms",
    "/dev/codes",
    "/unsubscribe/x.y",
]
PUBLIC += ["/sign-on", "/sign-on?name=大学", "/sign-in/second", "/complaints/outcomes"]
LINKED = {
    "/search": "main a[href*='/results/lst_']",
    "/needs": "main a[href*='/needs/ned_']",
    "/notices": "main a[href*='/notices/']",
}
"""A page of each kind, found as a visitor finds it."""
BY_ROLE = {
    "researcher": ["/workbench", "/workbench/new", "/workbench/draft-from-file", "/messages",
                   "/account/security", "/account/security/passkeys/new", "/account/privacy",
                   "/uses", "/sign-in/again", "/account/identities", "/organisations/offers",
                   "/account/contacts", "/account/contacts/prove/0123",
                   "/account/consent", "/account/support"],
    "tto_officer": ["/queue", "/inquiries", "/deals", "/imports", "/imports/new", "/account",
                    "/account/tokens", "/account/webhooks", "/account/notifications", "/complaints",
                    "/money", "/money/accounts", "/registrations",
                    "/contracts/templates",
                    "/appeals",
                    "/organisations/new", "/organisations/choose?name=大学"],
    "firm_member": ["/workbench/needs", "/workbench/needs/new", "/inquiries", "/deals", "/saved",
                    "/saved/searches", "/money", "/proposals"],
    "broker": ["/deals", "/saved"],
    "operator": ["/operator", "/operator/audit", "/operator/organisations", "/operator/people",
                 "/operator/listings", "/operator/overdue", "/operator/health", "/operator/sign-on",
                 "/operator/recoveries",
                 "/operator/search?q=散热", "/operator/complaints", "/operator/duties",
                 "/operator/retention", "/operator/texts", "/operator/merges", "/operator/support",
                 "/operator/appeals", "/operator/sanctions", "/operator/stops",
                 "/operator/money", "/operator/ledger",
                 "/operator/policies", "/operator/policies/profiles/cn-national",
                 "/operator/policies/holidays/cn",
                 "/operator/policies/profiles/cn-national/required",
                 "/operator/policies/profiles/cn-national/fees",
                 "/operator/policies/profiles/cn-national/numbering",
                 "/operator/policies/profiles/cn-national/thresholds",
                 "/operator/policies/letters", "/operator/policies/letters/deal.accepted",
                 "/operator/features", "/operator/features/oai", "/operator/announcements"],
    "auditor": ["/operator/audit"],
}  # fmt: skip
LINKED_OF_ROLE = {
    "researcher": [("/workbench", "main a[href*='/workbench/results/lst_']")],
    "tto_officer": [("/deals", "main a[href*='/deals/dea_']"),
                    ("/inquiries", "main a[href*='/inquiries/inq_']")],
    "operator": [("/operator/organisations", "main a[href*='/operator/organisations/org_']"),
                 ("/operator/people", "main a[href*='/operator/revoke/per_']"),
                 ("/operator/listings", "main a[href*='/operator/listings/lst_']")],
}  # fmt: skip
"""A page of each kind that a role works on, found as they find it."""
NO_PAGES = (
    "/search.atom", "/announcements.atom", "/search/suggest", "/search/why", "/robots.txt",
    "/changes.json", "/oai", "/api/", "/sitemap", "/static/", "/favicon.ico", "/healthz", "/readyz",
    "/metrics", "/jobs/", "/dev/mail/", "/verify/",
    "/queue/sheet/", "/money/sheet", "/registrations/batch.xlsx", "/contracts/templates/ours/",
    "/account/security/app", "/account/privacy/exports/", "/workbench/draft-from-file/",
    "/sign-on/0123/", "/sign-on/new", "/sign-in/second/lost", "/recovery/",
    "/texts/txt_", "/operator/merges/mrg_", "/sign-in/again/kept/",
)  # fmt: skip
"""Answers for machines, and addresses that show nothing by themselves."""
LOOKS = [(820, "light", "/en"), (1440, "light", "")]
"""Beside those of `test_things`, which has every page on a telephone and, dark, on a desk."""
PHONE = (390, "light", "")


SLUDGE = ("/search?q=污泥", "main a[href*='/results/lst_']", "main a[href*='/postings/']")
OZONE = ("/deals", "main tr:has-text('先用后转') a[href*='/deals/dea_']:has-text('臭氧')")
FILM = ("/deals", "main a[href*='/deals/dea_']:has-text('石墨烯')")
BAMBOO = ("/search?q=竹材", "main a[href*='/results/lst_']:has-text('竹材真空')",
          "main a[href*='/postings/']")  # fmt: skip
WALKS = {
    None: [SLUDGE, BAMBOO],
    "firm_admin": [SLUDGE],
    "tto_officer": [
        (*SLUDGE, "main a[href$='/desk']"),
        (*BAMBOO, "main a[href$='/announcement']"),
        ("/money", "main a[href*='/money/obl_']"),
        (*OZONE, "main a[href$='/contract']", "main a[href$='/contract/word']"),
        (*OZONE, "main a[href$='/registration']", "main a[href$='/registration/form']"),
        (*FILM, "main a[href$='/posting']", "main a[href*='/notices/ntc_']"),
        (*FILM, "main a[href$='/files']", "main a[href$='/files/terms']"),
    ],
}
"""Where somebody begins, and the links that they follow: an open listing that runs, its desk, an
open licence with its announcement, the deposit that is asked of a party, a signed contract with its
registration, a notice on display, a data room with its terms."""


def check_page(page: Page, where: str) -> list[str]:
    """Faults of the page as it stands, once it does: a button may have led to it just now."""
    faults = []
    page.wait_for_load_state()
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if width[0] > width[1]:
        faults.append(f"{where}: scrolls sideways, {width[0]} over {width[1]} px")
    page.evaluate(AXE)
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(r => "
        "r.violations.map(v => v.id + ': ' + "
        "v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')))"
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
    (width, scheme, prefix), linked, faults = LOOKS[0], [], []
    visitor = visit(role, width=width, scheme=scheme)
    for listing, link in LINKED_OF_ROLE.get(role, ()):
        found = visitor.go(prefix + listing).locator(link)
        assert found.count(), f"{listing} shows {role} nothing to open"
        linked.append((found.first.get_attribute("href") or "").removeprefix(prefix))
    for path in [*BY_ROLE[role], *linked]:
        page = visitor.go(prefix + path)
        status = page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
        if status != 200:
            faults.append(f"{prefix + path} answers {status} to {role}")
        faults += check_page(page, f"{prefix + path} of {role} at {width} {scheme}")
    assert faults + visitor.complaints == []


@pytest.mark.parametrize("role", WALKS)
def test_pages_on_the_way(visit, role):
    """On a phone; signed in once, since a code serves once."""
    faults = []
    width, scheme, prefix = PHONE
    visitor = visit(role, width=width, scheme=scheme)
    for start, *links in WALKS[role]:
        page = visitor.go(prefix + start)
        for link in links:
            page.locator(link).first.click()
            page.wait_for_load_state()
            faults += check_page(page, f"{page.url} of {role} at {width} {scheme}")
    assert faults == []
    assert visitor.complaints == []


def test_every_page_of_the_matrix_is_looked_at():
    """A page with an address of its own is on a list above."""
    looked = {path.split("?")[0] for paths in (PUBLIC, *BY_ROLE.values()) for path in paths}
    asked = {case.path.split("?")[0] for case in CASES if case.method == "GET" and not case.sided}
    assert {path for path in asked - looked if not path.startswith(NO_PAGES)} == set()
