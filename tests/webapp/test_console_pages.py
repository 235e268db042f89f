"""The operator's console on the sample market: every page, in both languages, by who may see it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Organisation
from accounts.trail import newest
from core.ids import show
from core.models import Job, Outbox
from deals.models import Inquiry
from listings.models import Listing, ListingText, Need, NeedText
from tests.sampled import demo_person
from webapp.presenters.ages import browser_name
from webapp.views.operator.console import number_problem

PAGES = [
    "",
    "/organisations",
    "/organisations?state=applied",
    "/organisations?q=大学",
    "/people",
    "/people?q=nobody-at-all",
    "/listings",
    "/listings?shelf=needs",
    "/listings?shelf=taken",
    "/overdue",
    "/audit",
    "/audit?kind=deal",
    "/audit?stream=deal:nothing&verify=1",
    "/health",
    "/search",
    "/search?q=散热",
]


def one(market, query):
    with market.database.read() as session:
        return session.scalars(query.limit(1)).one()


@pytest.mark.parametrize("path", PAGES)
def test_overseers_see_every_page_and_others_none(client_of, path):
    for prefix in ("", "/en"):
        for role in ("operator", "auditor"):
            page = client_of(role).get(f"{prefix}/operator{path}")
            assert page.status_code == 200, (role, path)
            assert "<h1>" in page.text
    assert client_of("tto_officer").get(f"/operator{path}").status_code == 404
    assert client_of(None).get(f"/operator{path}").status_code == 302


def test_the_desk_counts_what_waits(sample_market, client_of):
    page = client_of("operator").get("/en/operator").text
    with sample_market.database.read() as session:
        waiting = select(Organisation.id).where(Organisation.state == "applied")
        applied = len(session.scalars(waiting).all())
    row = page[page.index("Organisations to vet") :]
    assert f"<b>{applied}</b>" in row[: row.index("</tr>")]
    assert "/en/operator/organisations?state=applied" in row[: row.index("</tr>")]


def test_late_answers_lead_to_the_inquiry_without_its_words(sample_market, client_of):
    page = client_of("operator").get("/en/operator/overdue").text
    late = re.findall(r"/en/inquiries/inq_([0-9a-f]{32})", page)
    assert late, "the sample has an inquiry that nobody answered"
    with sample_market.database.read() as session:
        rows = session.scalars(select(Inquiry).where(Inquiry.id.in_(late))).all()
        now = sample_market.database.now(session)
    for row in rows:
        assert row.first_answer_at is None
        assert row.public_at <= now
        assert row.sender_name not in page


def test_vetting_shows_what_the_market_checked(sample_market, client_of):
    id = one(sample_market, select(Organisation.id).where(Organisation.state == "applied"))
    path = f"/en/operator/organisations/{show('organisation', id)}"
    page = client_of("operator").get(path).text
    assert "The check digit of the number fits" in page
    assert "similar name" in page
    assert 'value="approve"' in page
    reads = client_of("auditor").get(path).text
    assert 'value="approve"' not in reads


def test_a_number_is_judged_where_its_country_has_a_check_digit(sample_market, client_of):
    fits = one(sample_market, select(Organisation).where(Organisation.country == "CN"))
    abroad = one(sample_market, select(Organisation).where(Organisation.country != "CN"))
    with client_of("operator").application.test_request_context():
        assert number_problem(fits) == ""
        assert number_problem(abroad) is None
        assert "18" in (number_problem(Organisation(country="CN", number="911")) or "")
    path = f"/en/operator/organisations/{show('organisation', abroad.id)}"
    assert "no check digit that the market knows" in client_of("operator").get(path).text


def test_a_need_is_taken_down_with_a_reason_and_stays_in_the_history(sample_market, client_of):
    public = (Need.state == "published", Need.confidential.is_(False))
    need = one(sample_market, select(Need.id).where(*public).order_by(Need.id))
    title = one(
        sample_market, select(NeedText.title).where(NeedText.need == need, NeedText.original)
    )
    client, path = client_of("operator"), f"/en/operator/listings/{show('need', need)}"
    assert title in client.get("/en/operator/listings?shelf=needs").text
    assert client.post(path, data={"reason": "", "note": ""}).status_code == 422
    assert client_of("auditor").post(path, data={"reason": "spam"}).status_code in {403, 404}
    assert client.post(path, data={"reason": "spam", "note": "No need at all"}).status_code == 302
    assert title not in client.get("/en/operator/listings?shelf=needs").text
    taken = client.get("/en/operator/listings?shelf=taken").text
    assert title in taken
    assert "It is not an offer of technology" in taken
    history = client.get(path).text
    assert "No need at all" in history
    assert "It is not public now." in history


def test_what_was_never_public_is_not_moderated(sample_market, client_of):
    client = client_of("operator")
    draft = one(sample_market, select(Listing.id).where(Listing.published_at.is_(None)))
    assert client.get(f"/operator/listings/{show('listing', draft)}").status_code == 404
    assert client.get("/operator/listings/nonsense").status_code == 404
    assert client.get(f"/operator/listings/{show('organisation', '0' * 32)}").status_code == 404


def test_the_audit_names_people_and_public_titles_only(sample_market, client_of):
    client = client_of("auditor")
    draft = one(sample_market, select(Listing.id).where(Listing.state == "draft"))
    public = one(sample_market, select(Listing.id).where(Listing.state == "published"))

    def title(id):
        text = select(ListingText.title).where(ListingText.listing == id, ListingText.original)
        return one(sample_market, text)

    hidden = client.get(f"/en/operator/audit?stream=listing:{draft}&verify=1").text
    assert title(draft) not in hidden
    assert "Verified: 1 streams" in hidden
    assert title(public) in client.get(f"/en/operator/audit?stream={show('listing', public)}").text


def test_a_fact_that_was_given_up_is_told_again(sample_market, client_of):
    """Kept last: it leaves a fact that no reaction takes."""
    with sample_market.database.write() as session:
        now = sample_market.database.now(session)
        lost = Outbox(
            consumer="nobody",
            topic="listing.published",
            ref=f"listing:{'0' * 32}",
            lane=0,
            state="dead",
            attempts=8,
            error="LookupError: no reaction is wired for nobody",
            not_before=now - timedelta(hours=3),
        )
        session.add(lost)
        session.add(
            Job(kind="import_run", ref="import:1", state="failed", error="Broken", created_at=now)
        )
        session.flush()
        number = lost.id
        session.commit()
    operator, path = client_of("operator"), "/en/operator/health"
    page = operator.get(path).text
    assert "no reaction is wired for nobody" in page
    assert "Broken" in page
    assert "3 h" in operator.get("/en/operator").text
    retry = f"/en/operator/facts/{number}/retry"
    assert retry in page
    assert retry not in client_of("auditor").get(path).text
    assert client_of("auditor").post(retry).status_code == 404
    assert operator.post(retry).status_code == 302
    assert operator.post(retry).status_code == 404
    with sample_market.database.read() as session:
        row = session.get(Outbox, number)
        assert (row.state, row.attempts) == ("ready", 8)
        stream = f"person:{demo_person(sample_market, 'operator')}"
        entry = newest(session, 1, stream=stream)[0]
    assert (entry.what, entry.ids["fact"]) == ("fact_retried", number)
    sample_market.worker.run_until_idle()
    with sample_market.database.read() as session:
        assert session.get(Outbox, number).state == "dead", "one more failure is the last"


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 Edg/126.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1"
IN_APP = "Mozilla/5.0 (Linux; Android 14) Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox 128，Linux"),
        (EDGE, "Edge 126，Windows"),
        (SAFARI, "Safari 17，iPhone"),
        (IN_APP, "WeChat 8，Android"),
        ("curl/8.5", "curl/8.5"),
        ("", ""),
    ],
)
def test_browsers_are_named_as_people_know_them(agent, name):
    assert browser_name(agent) == name
