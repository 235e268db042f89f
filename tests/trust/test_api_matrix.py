"""Every operation × actor × relation: what a program with every scope gets is written down."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from accounts.actions.make_token import make_token
from accounts.codes import hash_token
from accounts.scopes import Scope
from accounts.tokens import new_token, shown_part
from tests.trust import pressing, unreached, world
from tests.trust.operations import CASES, Case
from tests.trust.world import actor_of
from webapp.api.declaring import TABLE
from webapp.downloads import OCTETS

RULES = Path(__file__).parent / "api_matrix.txt"
FEWEST = 7500
"""Cells; a matrix that shrank has lost operations or relations."""
NOBODYS = {
    "readOpening {round}": "nothing is opened before both keys are given: see test_sealed.py",
    "readAcceptance {decided} {served}": "who was served waived: see tests/api/test_decisions.py",
    "sendInquiry listing={draft}": "nobody asks for what never was public",
}
"""Lines in which nobody comes as far as the use case, and why."""
UNLIMITED = {"api_per_minute": 10**6, "api_visitor_per_minute": 10**6}


@pytest.fixture(scope="module")
def programs(sample_market):
    """The head of a request for each actor's program, and the things in every relation to them."""
    sample_market.settings = sample_market.settings.model_copy(update=UNLIMITED)
    people, sides = pressing.people_and_things(sample_market, world.newcomer(sample_market))
    heads = {"visitor": {}}
    for actor, person in people.items():
        token, owner = new_token(), actor_of(sample_market, person)
        kept = (hash_token(token), shown_part(token))
        sample_market.executor.run(owner, make_token, "a program", tuple(Scope), 30, *kept)
        heads[actor] = {"Authorization": f"Bearer {token}"}
    return heads, sides


@pytest.fixture(scope="module")
def seen(sample_market, sample_app, programs):
    """What every cell answered, by case."""
    heads, sides = programs
    client, keys = sample_app.test_client(), count()

    def ask(case: Case, actor: str, sent: pressing.Sent):
        path, body = sent
        head = heads[actor] | {"Idempotency-Key": f"cell-{next(keys):08}"}
        if case.operation.guarded:
            with client.get(path, headers=head) as read:
                head["If-Match"] = read.headers.get("ETag", '"1"')
        how = {"method": case.method, "headers": head, "query_string": case.query}
        if case.octets is not None:
            return client.open(path, **how, data=case.octets, content_type=OCTETS)
        return client.open(path, **how, json=body)

    return pressing.answers(sample_market, CASES, sides, ask)


def test_every_cell_answers_as_its_rule_says(seen, capsys):
    gates = {case.named: case.gate for case in CASES}
    wrong, cells = pressing.differing(pressing.rules(RULES), seen, gates), pressing.count(seen)
    with capsys.disabled():
        print(f"\nmatrix of the API: {cells:,} cells of {len(CASES)} lines")
    assert not wrong, "what was seen, to be read before it is written:\n" + "\n".join(wrong)
    assert cells >= FEWEST


def test_what_is_sent_is_whole(seen):
    """Somebody comes as far as the use case, and not everybody is refused alike on the way."""
    told = {named: set(cells.values()) for named, cells in seen.items()}
    assert {named for named, signs in told.items() if not signs & {"+", "!"}} == NOBODYS.keys()
    assert [named for named, signs in told.items() if signs - {"s"} == {"!"}] == []


def test_every_operation_goes_through_for_somebody(seen):
    told: dict[str, set[str]] = {}
    for case in CASES:
        told.setdefault(case.operation.name, set()).update(seen[case.named].values())
    never = {name for name, signs in told.items() if "+" not in signs}
    assert never ^ unreached.operations() == set()


def test_every_operation_has_a_line():
    assert {one.name for one in TABLE} - {case.operation.name for case in CASES} == set()
    wanted = {case.named: len(case.operation.parameters) for case in CASES}
    assert wanted == {case.named: len(case.things) for case in CASES}


def test_no_rule_is_without_its_case():
    assert pressing.rules(RULES).keys() ^ {case.named for case in CASES} == set()
    assert len({case.named for case in CASES}) == len(CASES)
