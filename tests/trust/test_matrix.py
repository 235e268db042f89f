"""Every route × method × actor × relation: what each gets is written down, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trust import world
from tests.trust.audiences import ACTORS, RELATIONS, ROLE, expected, suggest
from tests.trust.probing import Probe
from tests.trust.routes import CASES, Case
from tests.webapp.desks import signed_in
from webapp.access import declared_by

RULES = Path(__file__).parent / "matrix.txt"
FEWEST = 6000
"""Cells; a matrix that shrank has lost routes or relations."""


@pytest.fixture(scope="module")
def clients(sample_market, sample_app, client_of):
    """One browser for each actor, and the things in every relation to them."""
    executor, former = sample_market.executor, world.newcomer(sample_market)
    made = {actor: client_of(ROLE.get(actor, actor)) for actor in ACTORS[1:-2]}
    signed_in(sample_app, executor, former.person)  # a session to be ended
    sides = world.sides(sample_market, former)
    world.leaves(sample_market, former)
    gone = world.suspended(sample_market)
    made |= {
        "visitor": client_of(None),
        "suspended": signed_in(sample_app, executor, gone.person),
        "former": signed_in(sample_app, executor, former.person, "token-of-former"),
    }
    return made, sides


@pytest.fixture(scope="module")
def seen(sample_market, clients):
    """What every cell answered, by case."""
    sample_market.worker.run_until_idle()
    real, sample_market.executor = sample_market.executor, Probe(sample_market.executor)
    try:
        return {case.named: row(case, clients, sample_market.executor) for case in CASES}
    finally:
        sample_market.executor = real


def sign(answer) -> str:
    """One character for an answer; `#` is a fault, and nowhere expected."""
    status, to = answer.status_code, answer.headers.get("Location", "")
    if status >= 500 and status != 503:
        return "#"
    if status in (301, 302, 303, 308):
        return "s" if "/sign-in?next=" in to else "+"
    known = {200: "+", 299: "+", 404: "-", 403: "x"}
    return known.get(status, "!")


def row(case: Case, clients, probe: Probe) -> dict[tuple[str, str], str]:
    browsers, sides = clients
    found = {}
    for relation in RELATIONS if case.sided else RELATIONS[-1:]:
        path = sides[relation].path(case.path)
        data = {name: sides[relation].path(value) for name, value in case.data.items()}
        for actor in ACTORS:
            found[actor, relation] = press(case.method, browsers[actor], path, data, probe)
    return found


def press(method: str, browser, path: str, data: dict[str, str], probe: Probe) -> str:
    before = probe.allowed
    if method == "GET":
        with browser.get(path) as answer:
            return sign(answer)
    with browser.open(path, method=method, data=data) as answer:
        said = sign(answer)
    return "o" if said == "+" and probe.allowed == before else said


def rules() -> dict[str, str]:
    lines = RULES.read_text(encoding="utf-8").splitlines()
    split = (line.rsplit(" : ", 1) for line in lines if line and line[0] != "#")
    return {name.strip(): rule for name, rule in split}


def test_every_cell_answers_as_its_rule_says(sample_app, seen, capsys):
    written, wrong, count = rules(), [], 0
    for case in CASES:
        cells = seen[case.named]
        declared = declared_by(sample_app.view_functions[case.endpoint])
        gate = declared.gate_for(case.method).name
        rule = written.get(case.named, "")
        count += len(cells)
        promised = {cell: expected(rule, gate, cell) for cell in cells} if rule else {}
        if promised != cells:
            differ = [(cell, said, promised.get(cell)) for cell, said in cells.items()
                      if promised.get(cell) != said][:6]  # fmt: skip
            wrong.append(f"{case.named} : {suggest(gate, cells)}\n  written: {rule} {differ}")
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
        if not rule.endpoint.startswith("api.")  # pressed with tokens, in tests/api/test_matrix.py
    }
    assert routes - listed == set()
    assert listed - routes == set()


def test_no_rule_is_without_its_case():
    assert rules().keys() - {case.named for case in CASES} == set()
    assert len({case.named for case in CASES}) == len(CASES)
