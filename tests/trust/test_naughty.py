"""Naughty strings through forms: an exact round trip or a sentence, and never markup."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import select

from accounts.models import Person
from core.amendments import Amendment
from core.ids import show
from core.law.wordings import parse_wording
from deals.models import Inquiry, Posting
from governance.models import Announcement
from listings.models import ListingText, Need, NeedText
from tests.sampled import demo_person
from tests.trust.naughty import LONG, NAUGHTY
from tests.trust.world import OWN, _listings, organisation
from webapp.forms.amendments import HolidayForm
from webapp.forms.deal_forms import OfferForm
from webapp.forms.webhooks import ResendForm

DANGER = re.compile(
    r"<script>alert|<img src=x|<svg[ /]onload|onerror=alert\(1\)>|<a href=javascript"
    r"|</title><script"
)


@pytest.fixture(scope="module")
def things(sample_market, client_of):
    with sample_market.database.read() as session:
        org = organisation(session, OWN)
        return _listings(session, org, demo_person(sample_market, "researcher"))


def one(market, query):
    with market.database.read() as session:
        return session.scalars(query).first()


def kept(text: str) -> set[str]:
    """What may be stored of a text: line ends and outer blanks are the form's own."""
    lines = text.replace("\r\n", "\n")
    return {lines, lines.strip()}


def harmless(answer) -> None:
    assert answer.status_code < 500
    assert not DANGER.search(answer.text), DANGER.search(answer.text)


def refused(answer) -> bool:
    """Refused, and said so beside a field or above the form."""
    if answer.status_code not in (400, 413, 422):
        return False
    assert re.search(r'class="[^"]*(err|stop|note)', answer.text)
    return True


def test_there_are_enough():
    assert len(NAUGHTY) >= 80
    assert len(set(NAUGHTY)) == len(NAUGHTY)


@pytest.mark.parametrize("text", NAUGHTY + LONG, ids=lambda text: ascii(text)[:20])
def test_a_title_and_an_abstract(sample_market, client_of, things, text):
    client, listing = client_of("researcher"), things["draft_id"]
    path = f"/workbench/results/{show('listing', listing)}"
    data = {"language": "zh", "title": text, "value_line": text, "abstract": text}
    answer = client.post(f"{path}/1", data=data)
    harmless(answer)
    if not refused(answer):
        assert answer.status_code == 302
        row = one(
            sample_market,
            select(ListingText).where(ListingText.listing == listing, ListingText.language == "zh"),
        )
        assert row.title in kept(text)
        assert row.abstract in kept(text)
    for place in (path, f"{path}/1", f"/results/{show('listing', listing)}", "/workbench"):
        harmless(client.get(place))
    harmless(client_of("tto_officer").get("/queue"))


@pytest.mark.parametrize("text", NAUGHTY + LONG, ids=lambda text: ascii(text)[:20])
def test_a_name(sample_market, client_of, text):
    client = client_of("expert")
    answer = client.post("/account/profile", data={"name": text, "language": "zh"})
    harmless(answer)
    if not refused(answer):
        person = demo_person(sample_market, "expert")
        assert one(sample_market, select(Person).where(Person.id == person)).name in kept(text)
    shown = client.get("/account")
    harmless(shown)
    harmless(client.get("/en/account"))
    harmless(client_of("operator").get("/operator/people"))


@pytest.mark.parametrize("text", NAUGHTY[::2] + LONG, ids=lambda text: ascii(text)[:20])
def test_a_need(sample_market, client_of, text):
    client = client_of("firm_admin")
    data = {"title": text, "summary": text, "description": text, "draft": "1"}
    answer = client.post("/workbench/needs/new", data=data)
    harmless(answer)
    if not refused(answer):
        newest = select(NeedText).join(Need, Need.id == NeedText.need)
        row = one(sample_market, newest.order_by(Need.created_at.desc()))
        assert row.title in kept(text)
        assert row.description in kept(text)
    harmless(client.get("/workbench/needs"))


@pytest.mark.parametrize("text", NAUGHTY[1::2] + LONG, ids=lambda text: ascii(text)[:20])
def test_an_inquiry(sample_market, client_of, things, text):
    data = {"way": "exclusive", "purpose": text, "timetable": "quarter", "name": text,
            "firm": text, "question": text, "mail": "r@f.example", "budget": ""}  # fmt: skip
    path = f"/results/{show('listing', things['published_id'])}/ask"
    number = (NAUGHTY + LONG).index(text)
    elsewhere = {"REMOTE_ADDR": f"192.0.2.{number}"}  # each visitor asks once
    answer = client_of().post(path, data=data, environ_base=elsewhere)
    harmless(answer)
    if answer.status_code == 303:
        sent = one(sample_market, select(Inquiry).order_by(Inquiry.asked_at.desc()))
        assert sent.purpose in kept(text)
        harmless(client_of().get(answer.headers["Location"]))
    assert answer.status_code in (303, 422, 413)
    harmless(client_of("tto_officer").get("/inquiries"))


@pytest.mark.parametrize("text", NAUGHTY[::2] + LONG, ids=lambda text: ascii(text)[:20])
def test_published_terms(sample_market, client_of, things, text):
    data = {"way": "ordinary", "lump_sum": "10000", "tax_basis": "included", "royalty_base": "",
            "conditions": text, "note": text}  # fmt: skip
    path = f"/results/{show('listing', things['published_id'])}/postings/new"
    answer = client_of("tto_officer").post(path, data=data)
    harmless(answer)
    if not refused(answer):
        assert answer.status_code == 303
        newest = select(Posting).order_by(Posting.posted_at.desc())
        assert one(sample_market, newest).conditions in kept(text)
        harmless(client_of().get(answer.headers["Location"]))


@pytest.mark.parametrize("text", NAUGHTY[1::2] + LONG, ids=lambda text: ascii(text)[:20])
def test_an_open_listing(sample_market, client_of, things, text):
    data = {"way": "ordinary", "lump_sum": "10000", "tax_basis": "included", "royalty_base": "",
            "days": "10", "conditions": text, "note": text}  # fmt: skip
    path = f"/results/{show('listing', things['published_id'])}/rounds/new"
    answer = client_of("tto_officer").post(path, data=data)
    harmless(answer)
    if not refused(answer):
        assert answer.status_code == 303
        newest = select(Posting).order_by(Posting.posted_at.desc())
        assert one(sample_market, newest).conditions in kept(text)
        harmless(client_of().get(answer.headers["Location"]))


@pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: ascii(text)[:20])
def test_a_search(client_of, text):
    for place in ("/search", "/needs", "/search.atom", "/search/suggest", "/en/search"):
        answer = client_of().get(place, query_string={"q": text, "region": text, "year": text})
        assert answer.status_code in (200, 302), place
        if place != "/search/suggest":
            harmless(answer)
    chosen = client_of("operator").get("/operator/people", query_string={"q": text})
    harmless(chosen)
    assert chosen.status_code == 200


@pytest.mark.parametrize("text", NAUGHTY[::2] + LONG, ids=lambda text: ascii(text)[:20])
def test_what_an_operator_tells_everybody(sample_market, client_of, text):
    data = {"title": text, "title_en": text, "text": text, "text_en": text, "audience": "everybody",
            "starts_at": "2020-01-01T08:00", "ends_at": "2090-01-01T08:00"}  # fmt: skip
    operator = client_of("operator")
    answer = operator.post("/operator/announcements", data=data)
    harmless(answer)
    if not refused(answer):
        assert answer.status_code == 302
        newest = select(Announcement).order_by(Announcement.made_at.desc(), Announcement.id)
        row = one(sample_market, newest)
        assert row.title in kept(text)
        assert row.text in kept(text)
        operator.post(f"/operator/announcements/{show('announcement', row.id)}/withdraw")
    for place in ("/announcements", "/en/announcements", "/announcements.atom"):
        harmless(client_of().get(place))
    harmless(operator.get("/operator/announcements"))


@pytest.mark.parametrize("text", [*NAUGHTY[1::2], "长" * 3000], ids=lambda text: ascii(text)[:20])
def test_why_an_operator_wants_a_letter_otherwise(sample_market, client_of, text):
    data = {"zh_subject": text, "zh_body": text, "en_subject": text, "en_body": text,
            "reason": text, "reason_en": text, "takes_effect": "2060-01-01"}  # fmt: skip
    operator = client_of("operator")
    answer = operator.post("/operator/policies/letters/deal.confirmed", data=data)
    harmless(answer)
    if not refused(answer):
        assert answer.status_code == 302
        newest = select(Amendment).order_by(Amendment.proposed_at.desc(), Amendment.id)
        row = one(sample_market, newest)
        assert row.reason in kept(text)
        said = parse_wording("deal.confirmed", row.text).said("zh")
        assert set(said) <= kept(text)
        harmless(operator.get(answer.headers["Location"]))
    harmless(operator.get("/operator/policies"))


def test_what_was_typed_comes_back_into_the_form(client_of):
    """Shown again with its error, a form holds exactly what was sent."""
    for text in NAUGHTY:
        if text != text.strip() or "\n" in text:
            continue
        answer = client_of().post("/sign-up", data={"contact": text, "name": "", "password": "x"})
        assert answer.status_code == 422
        values = [html.unescape(v) for v in re.findall(r'value="([^"]*)"', answer.text)]
        assert text in values, ascii(text)


def test_nul_is_refused_with_a_sentence(client_of):
    for answer in (
        client_of().get("/search?q=a%00b"),
        client_of().get("/s/%00"),
        client_of().post("/sign-up", data={"contact": "a\x00b", "name": "x", "password": "y"}),
    ):
        assert answer.status_code == 400
        assert "NUL" in answer.text


def test_a_search_that_no_page_asks_is_not_kept(client_of):
    client = client_of("researcher")
    many = "&".join(f"a{n}=1" for n in range(300))
    for query, status in ((many, 404), ("q=a%2500b", 302), ("q=a%00b", 400)):
        data = {"place": "/search", "query": query}
        assert client.post("/saved/searches", data=data).status_code == status, query


@pytest.mark.parametrize(
    ("form", "typed", "field"),
    [
        (ResendForm, {"first": "１２", "last": "3"}, "first"),
        (ResendForm, {"first": "1", "last": "x"}, "last"),
        (HolidayForm, {"holidays": "2027-01-01, 元旦"}, "holidays"),
        (HolidayForm, {"workdays": "２０２７-01-01"}, "workdays"),
    ],
)
def test_nothing_is_left_out_in_silence(sample_app, form, typed, field):
    with sample_app.test_request_context("/", method="POST", data=typed):
        made = form()
        assert not made.validate()
        assert made[field].errors


def test_an_instalment_without_its_amount_is_not_left_out(sample_app):
    for amount, errors in (("", 1), ("100", 0)):
        typed = {"when1": "验收后", "part1": amount}
        with sample_app.test_request_context("/", method="POST", data=typed):
            form = OfferForm()
            form.terms("CNY")
            assert len(form["part1"].errors) == errors
