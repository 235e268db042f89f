"""Whoever opens a form of the sample's results and needs, and sends it back, changes nothing."""

from __future__ import annotations

from functools import cache

import pytest
from sqlalchemy import select

from accounts.models import Membership
from core.ids import show
from listings.models import Listing, Need
from listings.permissions import OFFICERS
from tests.forms import sent_by_browser, stored_rows

OPEN = ("draft", "published")
FEWEST_RESULTS, FEWEST_NEEDS = 30, 5


@pytest.fixture(scope="module")
def desk(sample_market, client_as):
    """A client of somebody who may edit what an organisation owns."""
    with sample_market.database.read() as session:
        seats = session.scalars(select(Membership).order_by(Membership.person)).all()
        found = {s.organisation: s.person for s in seats if OFFICERS & set(s.roles)}
    return cache(lambda organisation: client_as(found[organisation]))


def own(market, model) -> list[tuple[str, str]]:
    with market.database.read() as session:
        rows = session.execute(
            select(model.id, model.owner_org).where(model.state.in_(OPEN)).order_by(model.id)
        )
        return [(row.id, row.owner_org) for row in rows]


def send_back(client, address: str) -> None:
    with client.get(address) as page:
        assert page.status_code == 200, address
        sent = sent_by_browser(page.text)
    with client.post(address, data=sent) as answer:
        assert answer.status_code == 302, (address, answer.text)


@pytest.mark.parametrize("step", range(1, 6))
def test_no_step_of_a_result_changes_what_nobody_typed(sample_market, desk, step):
    results = own(sample_market, Listing)
    assert len(results) >= FEWEST_RESULTS
    before = stored_rows(sample_market.database)
    for n, (listing, owner) in enumerate(results):
        prefix = "/en" if n % 2 else ""
        send_back(desk(owner), f"{prefix}/workbench/results/{show('listing', listing)}/{step}")
    assert stored_rows(sample_market.database) == before


def test_no_need_changes_by_being_looked_at(sample_market, desk):
    needs = own(sample_market, Need)
    assert len(needs) >= FEWEST_NEEDS
    before = stored_rows(sample_market.database)
    for n, (need, owner) in enumerate(needs):
        prefix = "/en" if n % 2 else ""
        send_back(desk(owner), f"{prefix}/workbench/needs/{show('need', need)}")
    assert stored_rows(sample_market.database) == before
