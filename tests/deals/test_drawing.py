"""The manual's tables are the declarations, drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bootstrap import ROOT
from deals.engine.drawing import BEGIN, END, diagram, drawn, table
from deals.modes import MODES
from deals.modes.negotiated import NEGOTIATED


def test_the_manual_draws_the_modes_as_they_are():
    page = (ROOT / "docs" / "deals.md").read_text("utf-8")
    assert drawn(page, MODES.values()) == page, "run flask --app wsgi deals draw"


def test_a_changed_declaration_changes_the_drawing():
    shorter = replace(NEGOTIATED, transitions=NEGOTIATED.transitions[:-1])
    assert table(shorter) != table(NEGOTIATED)
    page = f"before\n{BEGIN}\n{END}\nafter"
    assert drawn(page, [shorter]) != drawn(page, [NEGOTIATED])
    assert drawn(page, [shorter]).startswith("before\n")
    assert drawn(page, [shorter]).endswith("\nafter")


def test_a_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="no place between"):
        drawn("nothing here", [NEGOTIATED])


@pytest.mark.parametrize("mode", MODES.values(), ids=lambda mode: mode.code)
def test_every_state_and_transition_is_drawn(mode):
    picture, rows = diagram(mode), table(mode).splitlines()[2:]
    assert len(rows) == len(mode.transitions)
    for state in mode.states:
        assert state.code in picture
