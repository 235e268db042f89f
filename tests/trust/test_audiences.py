"""The words in which the matrix is written say what they seem to say."""

from __future__ import annotations

import pytest

from tests.trust.audiences import AUDIENCES, GATES, audience, cells, expected, suggest
from webapp.access import Gate


def test_the_first_naming_counts_and_the_last_sign_is_for_the_rest():
    rule = "+ author officer@own+other | x overseers | -"
    assert expected(rule, "public", ("researcher", "own")) == "+"
    assert expected(rule, "public", ("officer", "other")) == "+"
    assert expected(rule, "public", ("officer", "stranger")) == "-"
    assert expected(rule, "public", ("auditor", "party")) == "x"
    assert expected(rule, "person", ("visitor", "own")) == "s"
    assert expected("+", "oversee", ("broker", "own")) == "-"


def test_a_rule_that_forgets_somebody_is_a_fault():
    with pytest.raises(LookupError, match="without an answer"):
        expected("+ officer", "public", ("broker", "own"))


def test_what_is_suggested_says_what_was_seen():
    rule = "! all@own | + office sender | x overseers | -"
    everyone = sorted(AUDIENCES["all"])
    for gate in GATES:
        seen = {cell: expected(rule, gate, cell) for cell in everyone}
        found = suggest(gate, seen)
        assert {cell: expected(found, gate, cell) for cell in everyone} == seen, (gate, found)


def test_every_gate_of_the_market_is_known_here(sample_app):
    gates = set()
    for view in sample_app.view_functions.values():
        found = view.market_access
        gates |= {gate.name for gate in (found.gate, *found.writes.values())}
        assert isinstance(found.gate, Gate)
    assert gates <= GATES.keys()
    assert audience("all@own") == cells(
        " ".join(sorted({a for a, _ in AUDIENCES["all"]})), ("own",)
    )
