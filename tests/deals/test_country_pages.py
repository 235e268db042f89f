"""Where a firm is registered, as an inquiry's form asks it, and what the answer changes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.ids import show
from deals.models import Deal, Inquiry
from listings.actions.state_export import state_export
from tests.deals.conftest import LISTING
from tests.deals.test_pages import ASKED, app, browser, only, text_of

__all__ = ["app", "browser"]
FORM = f"/results/{show('listing', LISTING)}/ask"


def send(client, country: str | None):
    """None: a form that was drawn before it asked."""
    return client.post(FORM, data=ASKED if country is None else ASKED | {"country": country})


@pytest.mark.parametrize(("typed", "kept"), [("CN", "CN"), ("DE", "DE"), ("ZZ", "ZZ"), ("", None)])
def test_what_is_chosen_goes_with_the_inquiry(browser, stage, executor, typed, kept):
    assert 'name="country"' in browser().get(FORM).text
    assert send(browser(), typed).status_code == 303
    assert only(executor, Inquiry).sender_country == kept


def test_an_inquiry_without_the_question_names_no_country(browser, stage, executor):
    assert send(browser(), None).status_code == 303
    assert only(executor, Inquiry).sender_country is None


@pytest.mark.parametrize("typed", ["QQ", "de", "Deutschland", "C", "<b>"])
def test_what_is_no_choice_is_refused_beside_its_field_and_nothing_is_sent(browser, stage, typed):
    answer = send(browser(), typed)
    assert answer.status_code == 422
    assert 'href="#country"' in answer.text
    assert ASKED["purpose"] in answer.text
    with stage.executor.database.read() as session:
        assert session.scalars(select(Inquiry)).all() == []


@pytest.mark.parametrize(
    ("prefix", "country", "named", "said"),
    [
        ("", "DE", "德国", "技术转移机构尚未说明该技术能否出口"),
        ("/en", "DE", "Germany", "has not yet stated whether this technology"),
        ("/en", "ZZ", "Another country", "has not yet stated whether this technology"),
    ],
)
def test_a_country_abroad_holds_the_deal_until_the_office_states_what_may_leave(
    browser, stage, executor, prefix, country, named, said
):
    office = browser("officer")
    send(browser(), country)
    here = f"/inquiries/{show('inquiry', only(executor, Inquiry).id)}"
    assert named in text_of(office.get(f"{prefix}{here}"))
    refused = office.post(f"{prefix}{here}/open", data={})
    assert refused.status_code == 422
    assert said in text_of(refused)
    stage.executor.run(stage.officer, state_export, LISTING, "free", "")
    assert office.post(f"{here}/open", data={}).status_code == 303
    deal = only(executor, Deal)
    assert deal.buyer_country == country
    assert named in text_of(office.get(f"{prefix}/deals/{show('deal', deal.id)}"))


@pytest.mark.parametrize("country", ["CN", ""])
def test_at_home_or_unsaid_the_deal_opens_at_once(browser, stage, executor, country):
    send(browser(), country)
    here = f"/inquiries/{show('inquiry', only(executor, Inquiry).id)}"
    assert browser("officer").post(f"{here}/open", data={}).status_code == 303
    assert only(executor, Deal).buyer_country == (country or None)


def test_of_an_organisation_the_register_counts_whatever_is_typed(browser, stage, executor):
    buyer = browser("buyer")
    assert '<option selected value="CN">' in buyer.get(FORM).text
    assert send(buyer, "DE").status_code == 303
    assert only(executor, Inquiry).sender_country == "CN"
