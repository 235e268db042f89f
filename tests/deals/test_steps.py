"""Steps of a royalty on their way: typed into the form, refused with a sentence, compared."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from core.ids import show
from deals.models import Offer
from deals.offers import Terms
from deals.royalties import Step, Steps
from tests.deals.conftest import terms
from tests.deals.test_pages import app, browser, text_of

__all__ = ["app", "browser"]
TYPED = {
    "way": "exclusive", "royalty": "3", "royalty_base": "net_sales", "tax_basis": "included",
    "answering": "", "steps_by": "amount", "steps_within": "year",
    "above1": "100万", "rate1": "2.5", "above2": "5,000,000", "rate2": "0",
}  # fmt: skip
LADDER = Steps("amount", "year", (Step(100_000_000, 250), Step(500_000_000, 0)))


def on_the_table(stage, deal: str) -> list[Terms]:
    with stage.executor.database.read() as session:
        rows = select(Offer.terms).where(Offer.deal == deal).order_by(Offer.version)
        return [Terms.load(one) for one in session.scalars(rows)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({}, LADDER),
        ({"steps_by": "quantity", "steps_within": "term", "above1": "1,000", "above2": "5000"},
         Steps("quantity", "term", (Step(1000, 250), Step(5000, 0)))),
        ({"above2": "", "rate2": "", "above6": "500万", "rate6": "0%"}, LADDER),
        (dict.fromkeys(("above1", "rate1", "above2", "rate2"), ""), None),
    ],
    ids=["money in a year", "units in the term", "a line left empty between", "no line"],
)  # fmt: skip
def test_what_is_typed_is_on_the_table(browser, stage, typed, kept):
    deal = stage.open()
    here = f"/deals/{show('deal', deal)}/offer"
    assert 'name="above6"' in browser("buyer").get(here).text
    assert browser("buyer").post(here, data=TYPED | typed).status_code == 303
    assert [one.royalty_steps for one in on_the_table(stage, deal)] == [kept]


@pytest.mark.parametrize(
    ("typed", "chinese", "english"),
    [
        ({"above2": "100万"}, "后一级的起点须高于前一级", "each begins above the one before it"),
        ({"above2": "50万"}, "后一级的起点须高于前一级", "each begins above the one before it"),
        ({"above1": "0"}, "每一级的起点须大于零", "Each step begins above zero"),
        ({"rate1": "100.01"}, "比例在0至100%之间", "lies between 0 and 100 per cent"),
        ({"rate1": "-1"}, "比例在0至100%之间", "lies between 0 and 100 per cent"),
        ({"rate1": "3"}, "相邻两级的比例须不同", "A step changes the rate"),
        ({"rate1": "一半"}, "至多两位小数的比率", "a rate with at most two decimals"),
        ({"steps_by": ""}, "按金额还是按数量计", "count money or units"),
        ({"steps_within": ""}, "按自然年度还是整个合同期累计", "in a year or the whole term"),
        ({"royalty": "", "lump_sum": "50万"}, "须先写明提成比例", "Steps need a royalty"),
        ({"above1": ""}, "请填写该比例的起点", "from what on this rate holds"),
        ({"rate2": ""}, "请填写这一级的比例", "Write the rate of this step"),
        ({"steps_by": "quantity", "above1": "10.5"}, "请填写该比例的起点",
         "from what on this rate holds"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_offered(browser, stage, typed, chinese, english):
    deal = stage.open()
    for prefix, said in (("", chinese), ("/en", english)):
        answer = browser("buyer").post(
            f"{prefix}/deals/{show('deal', deal)}/offer", data=TYPED | typed
        )
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert f'value="{(TYPED | typed)["above2"]}"' in answer.text  # what was typed is kept
    assert on_the_table(stage, deal) == []


def test_a_counter_offer_begins_with_the_steps_on_the_table(browser, stage):
    deal = stage.open()
    stage.offer(deal, stage.officer, royalty_steps=LADDER)
    form = browser("buyer").get(f"/deals/{show('deal', deal)}/offer").text
    typed = dict(re.findall(r'name="((?:above|rate)\d)"[^>]*value="([^"]*)"', form))
    assert {name: value for name, value in typed.items() if value} == {
        "above1": "1,000,000.00", "rate1": "2.5", "above2": "5,000,000.00", "rate2": "0",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("prefix", "label", "first", "second", "new"),
    [
        ("", "分级提成", "超过¥1,000,000.00的部分按2.5%", "超过¥2,000,000.00的部分按2.5%", "改"),
        ("/en", "Steps of the royalty", "2.5% of what lies above ¥1,000,000.00",
         "2.5% of what lies above ¥2,000,000.00", "new"),
    ],
)  # fmt: skip
def test_the_difference_of_two_offers_marks_the_steps(
    browser, stage, prefix, label, first, second, new
):
    deal = stage.open()
    stage.offer(deal, stage.officer, royalty_steps=LADDER)
    later = Steps("amount", "year", (Step(200_000_000, 250), Step(500_000_000, 0)))
    stage.offer(deal, stage.buyer, 1, royalty_steps=later)
    room = browser("officer").get(f"{prefix}/deals/{show('deal', deal)}").text
    row = re.search(rf'<th scope="row">{label}</th>(.*?)</tr>', room, re.DOTALL)
    assert row is not None
    before, after = re.findall(r"<td.*?</td>", row[1], re.DOTALL)
    assert first in before
    assert "changed" not in before
    assert second in after
    assert re.search(rf'<td class="changed">\s*<span class="chg">{new}</span>', after)
    same = re.search(
        rf'<th scope="row">{"Royalty" if prefix else "提成率"}</th>(.*?)</tr>', room, re.DOTALL
    )
    assert same is not None
    assert "changed" not in same[1]


def test_terms_without_steps_show_no_row_of_them(browser, stage):
    deal = stage.open()
    stage.offer(deal, stage.officer)
    room = browser("officer").get(f"/en/deals/{show('deal', deal)}").text
    assert terms().royalty_steps is None
    assert "Steps of the royalty" not in room
