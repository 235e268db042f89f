"""Every state and act; what a notice must say."""

from __future__ import annotations

import itertools

import pytest

from governance.errors import ComplaintMovedOn
from governance.rules import LONGEST, Notice, notice_problems
from governance.states import COMPLAINT, HOLDING, ComplaintAct, ComplaintState, after

ENDS = {"lifted", "upheld", "dismissed", "withdrawn"}


@pytest.mark.parametrize(
    ("state", "act"), list(itertools.product(ComplaintState, ComplaintAct)), ids=str
)
def test_every_cell_leads_on_or_is_refused(state, act):
    if (state, act) in COMPLAINT:
        assert after(state, act) is COMPLAINT[state, act]
    else:
        with pytest.raises(ComplaintMovedOn):
            after(state, act)


def test_whatever_holds_can_end_and_what_ended_stays_so():
    for state in HOLDING:
        assert any(before == state and to not in HOLDING for (before, _), to in COMPLAINT.items())
    assert {before for before, _ in COMPLAINT} == set(ComplaintState) - ENDS


GOOD = Notice("listing:1", "infringement", "事实", "甲", "a@b.example", "ZL1")


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, set()),
        ({"kind": "no-such"}, {"kind"}),
        ({"claim": " "}, {"claim"}),
        ({"kind": "untruth", "claim": ""}, set()),
        ({"about": "organisation:1"}, {"kind"}),
        ({"about": "organisation:1", "kind": "untruth"}, set()),
        ({"name": ""}, {"name"}),
        ({"text": "\n"}, {"text"}),
        ({"text": "长" * (LONGEST + 1)}, {"text"}),
    ],
)
def test_a_notice_says_what_the_law_asks_for(change, fields):
    notice = Notice(**(vars(GOOD) | change))
    assert set(notice_problems(notice, mail_is_good=True)) == fields


def test_a_notice_without_a_mail_is_told_where_the_outcome_would_go():
    assert set(notice_problems(GOOD, mail_is_good=False)) == {"mail"}
