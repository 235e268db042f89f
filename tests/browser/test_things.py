"""Every page whose address names a thing, on a phone: the matrix's addresses, of one's own side."""

from __future__ import annotations

import threading

import pytest
from werkzeug.serving import make_server

from tests.browser.test_pages import check_page
from tests.trust import world
from tests.trust.routes import CASES

ACTORS = ("tto_officer", "researcher", "firm_admin", "firm_member", "operator", "auditor", None)
"""Whoever is shown the page first looks at it; None is a visitor."""
CHAPTERS = {
    "of the market": ("/operator/", "/complaints/", "/appeals/", "/report/", "/saved/"),
    "of organisations": ("/organisations/", "/memberships/", "/account/", "/units/"),
    "of results": ("/results/", "/workbench/", "/needs/", "/queue", "/imports/", "/uses/"),
    "of deals": ("",),
}
"""So that a test ends within a minute; what no chapter before has is of deals."""
FEWEST = 95
"""Pages of all chapters together."""


@pytest.fixture(scope="module")
def shown(sample_market, sample_app, client_of):
    """Address -> role, of every page that somebody is shown."""
    own = world.own_side(sample_market)
    sample_market.worker.run_until_idle()
    found: dict[str, str | None] = {}
    for case in CASES:
        if case.method == "GET" and "{" in case.path:
            path = own.path(case.path)
            for role in ACTORS:
                with client_of(role).get(path) as answer:
                    if answer.status_code == 200 and answer.mimetype == "text/html":
                        found[path] = role
                        break
    return found


@pytest.fixture(scope="module")
def seats(sample_app, client_of, browser):
    """A phone for each role, and what its pages complain about."""
    sample_app.config.update(SESSION_COOKIE_SECURE=False)
    server = make_server("127.0.0.1", 0, sample_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://localhost:{server.server_port}"
    signer = sample_app.session_interface.get_signing_serializer(sample_app)
    complaints: list[str] = []
    pages, contexts = {}, []
    for role in ACTORS:
        client_of(role)
        context = browser.new_context(
            viewport={"width": 390, "height": 900}, reduced_motion="reduce", base_url=address
        )
        if role:
            value = str(signer.dumps({"_user_id": f"token-of-{role}", "_fresh": True}))
            name = sample_app.config["SESSION_COOKIE_NAME"]
            context.add_cookies([{"name": name, "value": value, "url": address}])
        contexts.append(context)
        pages[role] = context.new_page()
        pages[role].on("pageerror", lambda error: complaints.append(str(error)))
    yield pages, complaints
    for context in contexts:
        context.close()
    server.shutdown()
    thread.join(10)


def chapter_of(path: str) -> str:
    return next(name for name, starts in CHAPTERS.items() if path.startswith(starts))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_pages_of_things(shown, seats, chapter):
    pages, complaints = seats
    faults = []
    for path, role in shown.items():
        if chapter_of(path) == chapter:
            pages[role].goto(path)
            faults += check_page(pages[role], f"{path} of {role}")
    assert faults == []
    assert complaints == []


def test_there_are_enough_of_them(shown):
    assert len(shown) >= FEWEST
