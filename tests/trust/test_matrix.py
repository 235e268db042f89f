"""Every route × method × actor × relation: what each gets is written down, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trust import pressing, unreached, world
from tests.trust.audiences import ACTORS, ROLE
from tests.trust.routes import CASES, Case
from tests.webapp.desks import signed_in
from webapp.access import declared_by

ONLY_DATABASE = "sqlite"
"""The matrix of the API asks the same of PostgreSQL."""
RULES = Path(__file__).parent / "matrix.txt"
FEWEST = 6000
"""Cells; a matrix that shrank has lost routes or relations."""


@pytest.fixture(scope="module")
def seen(sample_market, sample_app, client_of):
    """What every cell answered, by case; each actor has a browser of their own."""
    executor, former = sample_market.executor, world.newcomer(sample_market)
    browsers = {actor: client_of(ROLE.get(actor, actor)) for actor in ACTORS[1:-2]}
    signed_in(sample_app, executor, former.person)  # a session to be ended
    people, sides = pressing.people_and_things(sample_market, former)
    browsers |= {
        "visitor": client_of(None),
        "suspended": signed_in(sample_app, executor, people["suspended"]),
        "former": signed_in(sample_app, executor, people["former"], "token-of-former"),
    }

    def ask(case: Case, actor: str, sent: pressing.Sent):
        path, data = sent
        if case.method == "GET":
            return browsers[actor].get(path)
        return browsers[actor].open(path, method=case.method, data=data)

    sample_market.worker.run_until_idle()
    return pressing.answers(sample_market, CASES, sides, ask)


def test_every_cell_answers_as_its_rule_says(sample_app, seen, capsys):
    gates = {
        case.named: declared_by(sample_app.view_functions[case.endpoint]).gate_for(case.method).name
        for case in CASES
    }
    wrong, count = pressing.differing(pressing.rules(RULES), seen, gates), pressing.count(seen)
    with capsys.disabled():
        print(f"\nmatrix: {count:,} cells of {len(CASES)} lines")
    assert not wrong, "what was seen, to be read before it is written:\n" + "\n".join(wrong)
    assert count >= FEWEST


def test_every_route_and_method_has_a_line(sample_app):
    listed = {(case.method, case.endpoint) for case in CASES}
    routes = {
        (method, rule.endpoint)
        for rule in sample_app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if not rule.endpoint.startswith("api.")  # pressed with tokens, in test_api_matrix.py
    }
    assert routes - listed == set()
    assert listed - routes == set()


def test_every_route_goes_through_for_somebody(seen):
    """Else its rule would say the same if its door were shut to all, or open to all."""
    told: dict[str, set[str]] = {}
    for case in CASES:
        told.setdefault(f"{case.method} {case.endpoint}", set()).update(seen[case.named].values())
    enough = {"GET": {"+"}, "POST": {"+", "!"}}
    never = {route for route, signs in told.items() if not signs & enough[route.split()[0]]}
    assert never ^ unreached.pages() == set()


def test_no_rule_is_without_its_case():
    assert pressing.rules(RULES).keys() - {case.named for case in CASES} == set()
    assert len({case.named for case in CASES}) == len(CASES)
