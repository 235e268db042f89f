"""The first deal, walked by the people who make it: posted, vetted, found, asked for, agreed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.whole_way import PNG

PUBLISHED = "main ol.hits a[href*='/results/lst_']"

TITLE = "磁悬浮离心膜壳在线清洗装置"
SENTENCE = "不停机清洗反渗透膜，停产时间由每次 9 小时降到 0，清洗药剂少用 62%。"
ABSTRACT = (
    "反渗透膜运行数周后，膜面的胶体与藻类使通量下降，现行做法是停机后浸泡。"
    "本装置把膜壳悬浮在磁轴承上缓慢旋转，以离心剪切把鳞垢推向壳壁，浓水由侧口带走。"
    "Abbreviated: maglev housings let a desalination train keep running while scale is shed."
)
MIDDLE = "鳞垢"
"""A word of two characters from the middle of the abstract; it stands at no edge of a sentence."""
ENGLISH = "desalination"
FIRM = "澄澜水务装备有限公司"
OFFERED, COUNTERED = "1,200,000", "1,650,000"


def main(page: Page) -> Any:
    return page.locator("main")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    _read(page)


def follow(page: Page, name: str) -> None:
    main(page).get_by_role("link", name=name, exact=True).click()
    _read(page)


def _read(page: Page) -> None:
    """A click returns when the next page begins to arrive; counting needs all of it."""
    page.wait_for_load_state("domcontentloaded")


def settled(page: Page) -> None:
    """Waits until the index has heard of everything."""
    page.wait_for_function(
        "fetch('/readyz').then(r => r.json()).then(s => s.outbox === 0 && s.index_behind === 0)"
    )


def agree(page: Page, desk: Page) -> None:
    """An offer, a counter-offer whose difference is marked, and its acceptance."""
    propose(page, "提出报价", OFFERED)
    desk.reload()
    propose(desk, "还价", COUNTERED)
    page.reload()
    offers = page.locator("table.offers")
    expect(offers.locator("td.changed")).to_have_count(1)
    expect(offers.locator("td.changed")).to_contain_text(COUNTERED)
    follow(page, "接受第2版")
    expect(main(page)).to_contain_text(COUNTERED)
    press(page, "接受第2版")
    expect(page.get_by_role("status")).to_have_text("已就第2版达成一致。")


def show_in_the_unit(desk: Page) -> None:
    """What the period of the notice begins with."""
    follow(desk, "上传照片")
    main(desk).locator("[name=url]").fill("https://tto.linpu.example/notice/7")
    shown = {"name": "board.png", "mimeType": "image/png", "buffer": PNG}
    main(desk).locator("[name=file]").set_input_files([shown])
    press(desk, "保存图片")
    desk.wait_for_url("**/posting")


def search(page: Page, words: str) -> None:
    """As a visitor types it."""
    box = main(page).get_by_role("combobox", name="搜索")
    box.fill(words)
    box.press("Enter")
    page.wait_for_url(lambda url: "q=" in url)
    expect(main(page).get_by_role("link", name=TITLE, exact=True)).to_be_visible()


def first_draft(page: Page, title: str = TITLE) -> None:
    """From a phone, with at most five typed fields."""
    follow(page, "登记成果")
    typed = main(page).locator("form").locator("input[type=text], input[type=tel], textarea")
    assert 0 < typed.count() <= 5
    page.get_by_label("题名").fill(title)
    page.get_by_label("用一句话说明").fill(SENTENCE)
    page.get_by_label("成熟度").select_option("6")
    page.get_by_label("完成人").fill("陆闻笛，范知秋")
    page.get_by_label("咨询电话").fill("0571-8800 1234")
    press(page, "保存草稿")
    page.wait_for_url(re.compile(r"/workbench/results/lst_"))


def complete(page: Page) -> None:
    """Follows what the page says is missing, and nothing else."""
    lacking = page.locator("section[aria-labelledby=lacking]")
    expect(lacking.get_by_role("link")).to_have_text(["摘要", "转化方式"])
    expect(page.get_by_role("button", name="提交审核")).to_have_count(0)
    lacking.get_by_role("link", name="摘要").click()
    page.get_by_label("摘要").fill(ABSTRACT)
    press(page, "保存并退出")
    lacking.get_by_role("link", name="转化方式").click()
    page.get_by_role("checkbox", name="独占许可").check()
    press(page, "保存并退出")
    expect(lacking).to_have_count(0)
    press(page, "提交审核")
    expect(page.get_by_role("status")).to_contain_text("已提交")


def vet(page: Page, title: str = TITLE) -> None:
    """The transfer office checks the title item by item, then approves and publishes."""
    follow(page, title)
    panel = page.locator("aside", has=page.get_by_role("heading", name=title))
    approve = panel.get_by_role("button", name="通过并发布")
    expect(approve).to_be_disabled()
    for choice in panel.locator("ul.checks select").all():
        choice.select_option("ok")
    panel.get_by_role("button", name="记录确权结果").click()
    expect(page.get_by_role("status")).to_have_text("确权结果已记录。")
    approve.click()
    expect(page.get_by_role("status")).to_have_text("已处理 1 项。")
    expect(page.get_by_role("table").get_by_role("link", name=title)).to_have_count(0)


def inquire(page: Page, title: str) -> None:
    """Five questions and how the answer comes; no account."""
    page.get_by_role("radio", name="独占许可").check()
    page.get_by_label("打算用于什么").fill("近海两座淡化厂的膜车间改造")
    page.get_by_label("预算是多少").fill("120万")
    page.get_by_role("radio", name="三个月内").check()
    page.get_by_label("姓名").fill("谈秋实")
    page.get_by_label("单位名称").fill(FIRM)
    page.get_by_label("电话").fill("0571-8123 4567")
    press(page, "发出询价")
    page.wait_for_url(re.compile(r"/inquiries/sent/"))
    expect(main(page)).to_contain_text(title)


def propose(page: Page, button: str, amount: str) -> None:
    follow(page, button)
    page.get_by_label("一次总付").fill(amount)
    press(page, "提交报价")
    expect(page.get_by_role("status")).to_have_text("报价已提出。")


def test_first_deal(visit: Callable[..., Any]) -> None:
    researcher = visit("researcher", width=390)
    page = researcher.go("/workbench")
    first_draft(page)
    complete(page)

    officer = visit("tto_officer")
    vet(officer.go("/queue?tab=review"))

    stranger = visit()
    page = stranger.page
    stranger.go("/search")
    settled(page)
    for words in (ENGLISH, MIDDLE):
        stranger.go("/search")
        search(page, words)
    follow(page, TITLE)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    follow(page, "发起询价")
    inquire(page, TITLE)
    link = page.url

    firm = visit("firm_member")
    page = firm.page
    page.goto(link)
    press(page, "归入我的账号")
    expect(page.get_by_role("status")).to_have_text("该询价已列入您的询价清单。")

    desk = officer.go("/inquiries")
    desk.get_by_role("row", name=FIRM).get_by_role("link", name=TITLE).click()
    press(desk, "开立交易")
    desk.wait_for_url(re.compile(r"/deals/"))
    room = desk.url

    page.reload()
    follow(page, "进入交易室")
    assert page.url == room
    agree(page, desk)

    follow(page, "查看公示")
    expect(main(page)).to_contain_text("自在本单位公示之日起")
    desk.reload()
    show_in_the_unit(desk)
    page = stranger.page
    page.goto(firm.page.url)
    expect(main(page)).to_contain_text("公示中")
    expect(main(page)).to_contain_text(COUNTERED)
    follow(page, "查看成果")
    expect(page.locator("table.ways tr", has_text="独占许可")).to_contain_text("公示中")
    for person in (researcher, officer, stranger, firm):
        assert person.complaints == []


def test_inquiry_without_scripts(visit: Callable[..., Any]) -> None:
    visitor = visit(width=390, scripts=False)
    page = visitor.go("/search?way=exclusive")
    title = page.locator(PUBLISHED).first.inner_text()
    page.locator(PUBLISHED).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    follow(page, "发起询价")
    press(page, "发出询价")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("请选择一项。")
    summary.get_by_role("link").first.click()
    assert "#" in page.url
    inquire(page, title)
    expect(main(page)).to_contain_text("近海两座淡化厂的膜车间改造")
    assert visitor.complaints == []
