"""A published result's number: given once, by the market's rule, and found by search."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.actor import SYSTEM
from core.facts import Fact
from core.ids import show
from core.results import Done
from core.times import legal_date
from governance.actions.approve_amendment import approve_amendment
from governance.actions.propose_amendment import propose_amendment
from governance.amending import Proposed
from governance.chapters import value_problem
from listings.models import Listing
from listings.numbers import LISTING_NUMBER, give_numbers, number_now
from search.numbers import keys, recognise
from tests.deals.conftest import LISTING, OPERATOR, person, plant_listing
from tests.deals.conftest import stage as stage
from tests.deals.test_numbers import HEAD, RULE

DAY_AND_ID = "20261130-1A2B3C4D"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (DAY_AND_ID, "202611301A2B3C4D"),
        ("20261130-1a2b3c4d", "202611301A2B3C4D"),
        ("20261130 12345678", "2026113012345678"),
        ("CG-2026-00012", "CG202600012"),
    ],
)
def test_a_number_is_known_however_it_is_typed(typed, found):
    assert keys(typed)[0] == found
    assert recognise(typed) == (typed,)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{date}-{id}", None),
        ("CG-{year}-{n:5}", None),
        ("CG{n}", "not_found"),
        ("成果〔{year}〕{n}号", "not_found"),
        ("CG", "pattern"),
    ],
)
def test_a_pattern_that_search_would_not_find_is_refused(runtime, pattern, code):
    law = runtime.executor.law
    rule = law.profile("cn-national", legal_date_of(runtime)).value(LISTING_NUMBER)
    problem = value_problem(type(rule)(**{**vars(rule), "value": pattern}), may_be_unset=False)
    assert (problem.code if problem else None) == code


def legal_date_of(runtime):
    with runtime.database.read() as session:
        return legal_date(runtime.database.now(session), runtime.settings.zone)


def number_of(stage) -> str | None:
    with stage.executor.database.read() as session:
        return session.scalar(select(Listing.number).where(Listing.id == LISTING))


def give(uow) -> Done:
    at = uow.lock(Listing, LISTING)
    number_now(uow, at)
    at.record("tried")
    return Done()


def hear(uow) -> Done:
    give_numbers(uow, [Fact("listing.published", f"listing:{LISTING}")])
    return Done()


def test_as_shipped_it_tells_the_day_and_nothing_else(stage, runtime):
    stage.executor.run(SYSTEM, give)
    assert number_of(stage) == f"{legal_date_of(runtime):%Y%m%d}-{LISTING[:8].upper()}"


def test_two_that_begin_alike_get_two_numbers(stage, runtime):
    taken = f"{legal_date_of(runtime):%Y%m%d}-{LISTING[:8].upper()}"
    other = LISTING[:8] + "22" * 12

    def plant(uow) -> Done:
        plant_listing(uow, other, "second-asset")
        next(at for at in uow.held.values() if at.row.id == other).row.number = taken
        return Done()

    stage.executor.run(SYSTEM, plant)
    stage.executor.run(SYSTEM, give)
    assert number_of(stage) != taken
    assert number_of(stage).startswith(taken[:9])
    assert keys(number_of(stage))


def test_a_running_number_is_given_once_by_the_reaction(stage, runtime, clock):
    day = legal_date_of(runtime) + timedelta(days=8)
    text = HEAD + RULE.format(rule=LISTING_NUMBER, value='"CG-{year}-{n:5}"', unit="code", day=day)
    run = stage.executor.run
    made = run(stage.operator, propose_amendment,
               Proposed("profile", "cn-national", text, day, "便于归档。"))  # fmt: skip
    run(person("second-operator", OPERATOR), approve_amendment, made.ref)
    stage.executor.forget_law()
    clock.move(timedelta(days=9))
    run(SYSTEM, give)
    assert number_of(stage) is None
    for _ in range(2):
        run(SYSTEM, hear)
    assert number_of(stage) == f"CG-{legal_date_of(runtime).year}-00001"


def test_its_page_search_and_harvesters_say_it(sample_market, client_of):
    with sample_market.database.read() as session:
        row = session.scalars(select(Listing).where(Listing.state == "published")).first()
    client, here = client_of("operator"), show("listing", row.id)
    assert row.number in client.get(f"/results/{here}").text
    assert row.number in client.get(f"/en/results/{here}").text
    assert here in client.get(f"/search?q={row.number}").text
    oai = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
    assert f"{row.number}</dc:identifier>" in client.get(oai).text
