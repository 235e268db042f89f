"""Who comes first, by which rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bootstrap import ROOT
from core.law.book import LawBook
from deals.preemption.drawing_up import comes_first
from deals.preemption.states import HolderKind

LAW = LawBook.load(ROOT / "policies").profile("cn-national", date(2026, 11, 30))
MAKERS, OWNERS = "preemption.inventor", "preemption.codeveloper"


@pytest.mark.parametrize(
    ("off", "kept"),
    [
        ((), set(HolderKind)),
        ((MAKERS,), set(HolderKind) - {HolderKind.CONTRIBUTOR}),
        ((OWNERS,), set(HolderKind) - {HolderKind.CO_OWNER}),
        ((MAKERS, OWNERS), {HolderKind.COMMISSIONER}),
    ],
)
def test_each_kind_comes_first_by_a_rule_of_its_own(off, kept):
    values = dict(LAW.values)
    for rule in off:
        values[rule] = replace(LAW.value(rule), value=False)
    law = replace(LAW, values=values)
    assert {kind for kind in HolderKind if comes_first(law, kind)} == kept


def test_a_profile_without_these_rules_lets_the_ways_decide():
    values = {id: value for id, value in LAW.values.items() if id not in (MAKERS, OWNERS)}
    law = replace(LAW, values=values)
    assert all(comes_first(law, kind) for kind in HolderKind)
