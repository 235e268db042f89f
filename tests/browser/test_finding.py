"""Finding across languages, taking conditions back, and being told of what is new."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_first_deal import complete, first_draft, press, settled, vet

ENGLISH = "Membrane distillation of lithium brine on waste heat at 62 °C"
CHINESE = "膜蒸馏 余热"
"""Words that the offer, which is in English only, does not have."""
NEW = "砂轮修整用金刚石滚轮的在线测量装置"


def main(page: Page) -> Locator:
    return page.locator("main")


def hit(page: Page, title: str) -> Locator:
    return main(page).locator("li.hit", has=page.get_by_role("link", name=title, exact=True))


def chips(page: Page) -> Locator:
    return main(page).locator(".meant a.chip")


def found(page: Page) -> int:
    said = main(page).locator("#found").inner_text()
    return int(re.sub(r"\D", "", said))


def reloaded_until(page: Page, holds: Callable[[], bool], tries: int = 60) -> None:
    """The worker asks saved searches after the index has the news: some looks later."""
    for _ in range(tries):
        page.reload()
        if holds():
            return
        page.wait_for_timeout(500)
    raise AssertionError(page.locator("main").inner_text())


def test_chinese_words_find_an_english_offer(visit: Callable[..., Any]) -> None:
    visitor = visit()
    page = visitor.go(f"/search?q={CHINESE}")
    expect(main(page).locator(".understood")).to_contain_text("蒸馏 → distillation")
    offer = hit(page, ENGLISH)
    expect(offer.locator("p.kind")).to_contain_text("英文")
    expect(offer.locator("h3")).to_have_attribute("lang", "en")
    offer.get_by_role("link", name="为何出现").click()
    reasons = offer.locator("dl.reasons")
    expect(reasons).to_contain_text("另一种语言中")
    expect(reasons).to_contain_text(re.compile(r"蒸馏 → distillation \(.+\)"))
    expect(page).to_have_url(re.compile(r"/search\?q="))
    assert visitor.complaints == []


def test_the_bridge_is_explained_without_scripts_and_in_english(visit: Callable[..., Any]) -> None:
    page = visit(scripts=False, width=390).go("/en/search?q=graphene")
    offer = main(page).locator("li.hit", has=page.get_by_text("in Chinese")).first
    title = offer.locator("h3").inner_text()
    offer.get_by_role("link", name="Why this result").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why this result")
    expect(main(page)).to_contain_text(title)
    expect(main(page).locator("dl.reasons")).to_contain_text("graphene → 石墨烯")
    page.get_by_role("link", name="Back to the results").click()
    expect(main(page).locator("li.hit h3", has_text=title)).to_be_visible()


def test_each_condition_is_taken_back_by_itself(visit: Callable[..., Any]) -> None:
    page = visit().go("/search?q=浙江 散热 TRL 4%2B")
    expect(chips(page)).to_have_count(2)
    both = found(page)
    chips(page).filter(has_text="浙江省").click()
    expect(chips(page)).to_have_count(1)
    expect(chips(page)).to_contain_text("TRL 4–9")
    chips(page).click()
    expect(chips(page)).to_have_count(0)
    expect(page.locator("#q")).to_have_value("浙江 散热 TRL 4+")
    assert both >= 1
    page.goto(page.url.split("/search")[0] + "/search?q=西藏 散热")
    expect(main(page)).to_contain_text("加上这些条件后没有结果。")
    page.get_by_role("link", name="按原字词检索").click()
    assert found(page) >= 1


def test_a_saved_search_tells_of_what_is_published(visit: Callable[..., Any]) -> None:
    firm = visit("firm_member")
    page = firm.go("/search?q=金刚石滚轮")
    press(page, "有新的告诉我")
    expect(page.get_by_role("status")).to_contain_text("已保存")
    row = page.get_by_role("row", name="金刚石滚轮")
    expect(row.locator("td.n")).to_have_text("0")

    researcher = visit("researcher", width=390)
    first_draft(researcher.go("/workbench"), NEW)
    complete(researcher.page)
    officer = visit("tto_officer")
    vet(officer.go("/queue?tab=review"), NEW)
    settled(officer.page)

    reloaded_until(page, lambda: row.locator("td.n").inner_text() == "1")
    row.get_by_role("link", name="金刚石滚轮", exact=True).click()
    expect(page.get_by_role("link", name=NEW)).to_be_visible()
    firm.go("/messages")
    expect(main(page)).to_contain_text("已存检索有新结果")
    for person in (firm, researcher, officer):
        assert person.complaints == []
