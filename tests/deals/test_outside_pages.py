"""Where pages ask a state owner why its price is found in a way that the law does not name."""

from __future__ import annotations

import pytest

from core.ids import show
from deals.models import Deal
from tests.deals.conftest import LISTING, OWN_RULES
from tests.deals.rounds.test_round_pages import ASKED as ROUND
from tests.deals.test_outside import only_auctions
from tests.deals.test_pages import app, browser, only, text_of
from tests.deals.test_posting_pages import PRICE

__all__ = ["app", "browser", "only_auctions"]
FIELD = 'name="mode_reason"'
RESULT = f"/results/{show('listing', LISTING)}"


def test_a_form_asks_only_where_the_rule_does(browser, stage):
    office, inquiry = browser("officer"), show("inquiry", stage.ask(stage.buyer))
    pages = (f"{RESULT}/postings/new", f"{RESULT}/rounds/new", f"/inquiries/{inquiry}")
    assert [FIELD in office.get(page).text for page in pages] == [True, False, False]


@pytest.mark.parametrize(
    ("path", "typed"),
    [("postings/new", PRICE), ("rounds/new", ROUND)],
    ids=["fixed price", "open listing"],
)
def test_published_terms_are_asked_about(browser, only_auctions, path, typed):
    office, here = browser("officer"), f"{RESULT}/{path}"
    assert FIELD in office.get(here).text
    bare = {name: value for name, value in typed.items() if name != "mode_reason"}
    refused = office.post(here, data=bare)
    assert refused.status_code == 422
    assert "法律列明的是其他定价方式" in text_of(refused)
    assert 'href="#mode_reason"' in refused.text
    made = office.post(here, data=bare | {"mode_reason": OWN_RULES})
    assert made.status_code == 303
    inside = made.headers["Location"] + ("/desk" if path == "rounds/new" else "")
    assert OWN_RULES in text_of(office.get(inside))
    assert OWN_RULES not in text_of(browser("buyer").get(made.headers["Location"]))


def test_talks_are_asked_about_and_the_buyer_reads_nothing_of_it(browser, only_auctions, executor):
    office, buyer = browser("officer"), browser("buyer")
    here = f"/inquiries/{show('inquiry', only_auctions.ask(only_auctions.buyer))}"
    assert FIELD in office.get(here).text
    assert FIELD not in buyer.get(here).text
    for prefix, said in (("", "法律列明的是其他定价方式"), ("/en", "The law names other ways")):
        refused = office.post(f"{prefix}{here}/open", data={})
        assert refused.status_code == 422
        assert said in text_of(refused)
    assert office.post(f"{here}/open", data={"mode_reason": OWN_RULES}).status_code == 303
    room = f"/deals/{show('deal', only(executor, Deal).id)}"
    assert OWN_RULES in text_of(office.get(room))
    assert OWN_RULES not in buyer.get(room).text
