"""Every route, method, role and relation: what each gets is written down, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trust.probing import Probe
from tests.trust.routes import CASES, ROLES, Case
from tests.trust.world import Side, sides

EXPECTED = Path(__file__).parent / "matrix.txt"


@pytest.fixture(scope="module")
def both(sample_market, client_of):
    for role in ROLES:
        client_of(role)
    made = sides(sample_market)
    sample_market.worker.run_until_idle()
    real, sample_market.executor = sample_market.executor, Probe(sample_market.executor)
    yield {"own": made[0], "foreign": made[1]}
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


def row(case: Case, side: Side | None, client_of, probe: Probe) -> str:
    path = side.path(case.path) if side else case.path
    data = {name: side.path(value) if side else value for name, value in case.data.items()}
    signs = []
    for role in ROLES:
        client, before = client_of(role), probe.allowed
        if case.method == "GET":
            with client.get(path) as answer:
                signs.append(sign(answer))
            continue
        with client.post(path, data=data) as answer:
            said = sign(answer)
        signs.append("o" if said == "+" and probe.allowed == before else said)
    return " ".join(signs)


def seen(both, client_of, probe) -> list[str]:
    lines = []
    for case in CASES:
        said = " ".join(f"{name}={value}" for name, value in case.data.items() if "{" in value)
        named = f"{case.method:4} {case.path}" + (f" {said}" if said else "")
        for relation in ("own", "foreign") if case.sided else ("",):
            side = both[relation] if relation else None
            lines.append(f"{row(case, side, client_of, probe)}  {relation:7}  {named}")
    return lines


def test_every_cell_answers_as_written(sample_market, both, client_of, tmp_path):
    found = seen(both, client_of, sample_market.executor)
    (tmp_path / "matrix.txt").write_text("\n".join(found))
    expected = [line for line in EXPECTED.read_text().splitlines() if line and line[0] != "#"]
    wrong = set(found) ^ set(expected)
    shown = "\n".join(sorted(wrong, key=lambda line: line[31:]))
    assert not wrong, f"see {tmp_path}/matrix.txt\n{shown}"


def test_every_route_has_a_line(sample_app):
    listed = {(case.method, case.endpoint) for case in CASES}
    routes = {
        (method, rule.endpoint)
        for rule in sample_app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes - listed == set()
    assert listed - routes == set()
