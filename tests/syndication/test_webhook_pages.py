"""The pages of webhooks, as the sample's people press them."""

from __future__ import annotations

import re

import pytest

from tests.loopback import plain, serving

ADDED = {"url": "https://hooks.example.org/a", "topics": ["listing.published"]}


@pytest.fixture
def officer(client_of):
    return client_of("tto_officer")


def add(client, **more):
    page = client.post("/en/account/webhooks", data={**ADDED, **more})
    assert page.status_code == 200, page.text
    return page.text, re.search(r"/account/webhooks/(whk_[0-9a-f]{32})", page.text)[1]


def test_a_secret_is_shown_once(officer):
    page, shown = add(officer)
    secret = re.search(r"whsec_[\w-]{40,}", page)[0]
    for path in ("/en/account/webhooks", f"/en/account/webhooks/{shown}"):
        assert secret not in officer.get(path).text
    rotated = officer.post(f"/en/account/webhooks/{shown}/secret")
    assert "no-store" in rotated.headers["Cache-Control"]
    fresh = re.search(r"whsec_[\w-]{40,}", rotated.text)[0]
    assert fresh != secret
    assert "Old secret signs until" in officer.get(f"/en/account/webhooks/{shown}").text


def test_a_test_call_shows_how_it_ended_and_is_sent_again(officer, sample_market):
    with serving(lambda handler: plain(handler, 418, b"<b>tea</b>")) as server:
        port = server.server_address[1]
        sample_market.executor.ports.outbound.near_ports.add(port)
        _, shown = add(officer, url=f"http://localhost:{port}/")
        assert officer.post(f"/account/webhooks/{shown}/ping").status_code == 302
        sample_market.worker.run_until_idle()
        page = officer.get(f"/en/account/webhooks/{shown}").text
        assert "418" in page
        assert "&lt;b&gt;tea" in page
        assert "next try" in page
        assert len(server.got) == 1


def test_mistakes_are_said_beside_their_fields(officer):
    page = officer.post("/en/account/webhooks", data={"url": "https://10.0.0.1/", "topics": []})
    assert page.status_code == 422
    assert "Addresses inside a network are not called" in page.text
    assert "Choose at least one thing" in page.text
    _, shown = add(officer)
    wrong = officer.post(f"/en/account/webhooks/{shown}/resend", data={"first": "", "last": "x"})
    assert wrong.status_code == 422


def test_only_administrators_choose_an_organisation(client_of):
    assert 'name="owner"' in client_of("firm_admin").get("/en/account/webhooks").text
    assert 'name="owner"' not in client_of("researcher").get("/en/account/webhooks").text


def test_another_person_finds_nothing_and_a_removed_one_is_gone(officer, client_of):
    _, shown = add(officer)
    other = client_of("firm_admin")
    assert other.get(f"/account/webhooks/{shown}").status_code == 404
    for act in ("secret", "ping", "state", "resend"):
        data = {"to": "removed", "first": "1", "last": "9"}
        assert other.post(f"/account/webhooks/{shown}/{act}", data=data).status_code == 404
    assert officer.post(f"/account/webhooks/{shown}/state", data={"to": "odd"}).status_code == 404
    assert (
        officer.post(f"/account/webhooks/{shown}/state", data={"to": "removed"}).status_code == 302
    )
    assert officer.get(f"/account/webhooks/{shown}").status_code == 404
