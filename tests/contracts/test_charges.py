"""Which day a text names, and what terms make due."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.charges import charges, day_of
from core.law.days import Calendar
from deals.offers import Instalment, Terms

SIGNED, USUAL = date(2026, 11, 30), date(2026, 12, 30)
PLAIN = Calendar("plain")


@pytest.mark.parametrize(
    ("event", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("2027年3月31日前支付", date(2027, 3, 31)),
        ("不迟于 2027/3/31", date(2027, 3, 31)),
        ("by 2027-03-31", date(2027, 3, 31)),
        ("2026-01-01", SIGNED),
        ("签约", USUAL),
        ("On signature", USUAL),
        ("签约后十日", date(2026, 12, 10)),
        ("自合同签订之日起三十日内支付", date(2026, 12, 30)),
        ("签订后四十五天内", date(2027, 1, 14)),
        ("签署之日起15个工作日内", date(2026, 12, 21)),
        ("within 10 days of signature", date(2026, 12, 10)),
        ("交付工艺文件后", None),
        ("验收合格后三十日内", None),
        ("2027-02-30", None),
        ("签订后九九日", None),
        ("签订后0日", None),
        ("2027-03-31 或验收后", None),
        ("", None),
    ],
)
def test_a_day_is_read_only_where_the_text_names_one(event, day):
    assert day_of(event, SIGNED, USUAL, PLAIN) == day


def due(**more: object) -> list[tuple[str, int, date | None]]:
    made = charges(Terms(way="assignment", currency="CNY", **more), SIGNED, USUAL, PLAIN)
    assert [one.n for one in made] == list(range(1, len(made) + 1))
    return [(one.kind, one.minor, one.due_on) for one in made]


def test_every_fixed_sum_is_due_and_a_royalty_is_not():
    parts = (Instalment(40, "签约"), Instalment(60, "验收后"))
    assert due(lump_sum=100) == [("price", 100, USUAL)]
    assert due(lump_sum=100, instalments=parts, entry_fee=5) == [
        ("instalment", 40, USUAL),
        ("instalment", 60, None),
        ("entry_fee", 5, USUAL),
    ]
    assert due(royalty=300, royalty_base="net_sales", royalty_minimum=10) == []
