"""A price published by its owner and accepted by a firm, in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.test_first_deal import PUBLISHED, follow, main, press
from tests.browser.test_pages import check_page

CONDITIONS = "具备量产能力，近三年无知识产权侵权纠纷。"
PRICE = "312,000"


def test_published_accepted_on_notice(visit: Callable[..., Any]) -> None:
    officer, firm = (
        visit("tto_officer"),
        visit("firm_admin", width=390, scheme="dark", scripts=False),
    )
    page, faults = officer.page, []
    officer.go("/search?way=ordinary")
    links = page.locator(PUBLISHED)
    results = [links.nth(n).get_attribute("href") for n in range(links.count())]
    for result in results:  # the first that the officer's own institute offers
        officer.go(f"{result}/postings/new")
        if page.get_by_role("button", name="公布条件").count():
            break
    faults += check_page(page, "new")
    page.get_by_label("方式", exact=True).select_option("ordinary")
    press(page, "公布条件")
    expect(page.get_by_role("alert")).to_contain_text("一次总付")
    page.get_by_label("一次总付").fill(PRICE)
    page.get_by_label("受让方条件").fill(CONDITIONS)
    press(page, "公布条件")
    expect(page.get_by_role("alert")).to_contain_text("《促进科技成果转化法》（2015）第18条")
    page.get_by_label("采用本定价方式的理由").fill("依本校成果转化办法第九条。")
    press(page, "公布条件")
    expect(page.get_by_role("status")).to_have_text("条件已公布。")
    faults += check_page(page, "posting")
    posting = page.url

    page = firm.page
    page.goto(posting)
    expect(main(page)).to_contain_text(CONDITIONS)
    follow(page, "接受条件")
    expect(main(page)).to_contain_text(PRICE)
    press(page, "接受条件")
    expect(page.get_by_role("alert")).to_contain_text("请确认符合条件")
    page.get_by_role("checkbox", name="本单位符合条件").check()
    press(page, "接受条件")
    page.wait_for_url(re.compile(r"/deals/"))
    expect(page.get_by_role("status")).to_have_text("您已接受公布的条件。")
    expect(main(page)).to_contain_text("公示中")

    page = officer.page
    page.reload()
    press(page, "撤回条件")
    expect(main(page)).to_contain_text("该条件已不能接受。")
    page.goto(firm.page.url)
    expect(main(page)).to_contain_text("公示中")
    assert faults == []
    for person in (officer, firm):
        assert person.complaints == []
