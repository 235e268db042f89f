"""What pages tell search engines of themselves, in schema.org's words."""

import json
import re

import pytest


def described(client_of, listed, prefix):
    """The JSON-LD of the first page of a kind that a list of pages links."""
    client = client_of(None)
    address = re.search(rf'href="(/en/{prefix}/[^"/?#]+)"', client.get(f"/en{listed}").text)[1]
    page = client.get(address)
    assert page.status_code == 200
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.S)
    return address, [json.loads(block) for block in blocks]


@pytest.mark.parametrize(
    ("listed", "prefix", "kind"),
    [("/search", "results", "Product"), ("/needs", "needs", "Demand")],
)
def test_a_page_says_what_it_is_and_where(client_of, listed, prefix, kind):
    address, (told,) = described(client_of, listed, prefix)
    assert told["@context"] == "https://schema.org"
    assert told["@type"] == kind
    assert told["name"]
    assert told["url"] == f"http://localhost:8000{address}"


def test_an_institute_is_an_organisation(client_of):
    client = client_of(None)
    result = re.search(r'href="(/en/results/[^"/?#]+)"', client.get("/en/search").text)[1]
    _, (told,) = described(client_of, result.removeprefix("/en"), "organisations")
    assert told["@type"] == "Organization"


def test_a_notice_claims_nothing_that_schema_org_has_no_word_for(client_of):
    assert described(client_of, "/notices", "notices")[1] == []


def test_a_budget_is_a_price_in_its_currency(client_of):
    _, (told,) = described(client_of, "/needs?sort=price_desc", "needs")
    price = told["priceSpecification"]
    assert len(price["priceCurrency"]) == 3
    assert float(price["maxPrice"]) > 0
