"""An import as an office makes it in a browser: real offers, and a table in GB18030."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import check_page

DATA = Path(
    os.environ.get("QIAOYI_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared/data")
)
OFFERS = DATA / "offers-nasa-t2/patents.jsonl"
TABLE = (
    "成果名称,摘要,技术成熟度,完成人,转化方式,价格\n"
    "旋流式蚝壳粉碎机,壳料在旋流中互相碰撞，不用刀具，粉尘随水排出。,6,李青；赵岚,转让,80万\n"
    "潮间带泥滩采样爬行器,履带宽而轻，陷泥不过三厘米。,5,王一苇,普通许可,面议\n"
    "写错的一行,成熟度不是数字。,很高,张三,转让,面议\n"
)
LOOKS = [("", 390, "light"), ("/en", 1440, "dark"), ("/en", 390, "light"), ("", 1440, "light")]


def upload(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    page.locator("main form button").last.click()
    page.wait_for_url("**/imports/imp_*")


def until_found(page: Page, address: str, words: str, title: str) -> None:
    for _ in range(60):
        page.goto(f"{address}/search?q={words}")
        if page.locator("main").get_by_role("link", name=title).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{words} finds nothing")


def test_a_table_in_gb18030_is_read_checked_imported_and_found(visit, served, tmp_path):
    visitor = visit("tto_officer")
    path = tmp_path / "2026年成果台账.csv"
    path.write_bytes(TABLE.encode("gb18030"))
    page = visitor.go("/imports/new")
    upload(page, path)
    faults = _look_at(visitor, page.url, "columns")
    main = page.locator("main")
    expect(main).to_contain_text("GB18030")
    expect(main).to_contain_text("潮间带泥滩采样爬行器")
    page.locator("input[name=publish]").check()
    page.locator("main form[action$=columns] button").last.click()
    run = page.locator("main form[action$=run] .b.go")
    expect(run).to_be_visible(timeout=30_000)
    expect(main).to_contain_text("很高")
    faults += _look_at(visitor, page.url, "checked")
    run.click()
    expect(page.locator("main a[href*='tab=published']")).to_be_visible(timeout=30_000)
    faults += _look_at(visitor, page.url, "done")
    with page.expect_download() as caught:
        page.locator("main a[href$='errors.csv']").click()
    assert "技术成熟度" in Path(caught.value.path()).read_text("utf-8-sig")
    until_found(page, served.address, "蚝壳", "旋流式蚝壳粉碎机")
    assert faults == []
    assert visitor.complaints == []


def _look_at(visitor, url: str, what: str) -> list[str]:
    """The same page in both languages, at both widths; ends where it began."""
    page, faults = visitor.page, []
    address = visitor.address
    path = url.removeprefix(address).removeprefix("/en")
    for prefix, width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}{prefix}{path}")
        faults += check_page(page, f"{what} {prefix} at {width} {scheme}")
        if os.environ.get("QIAOYI_SHOTS"):
            name = f"import-{what}-{prefix.strip('/') or 'zh'}-{width}.png"
            page.screenshot(path=Path(os.environ["QIAOYI_SHOTS"]) / name, full_page=True)
    page.goto(url)
    return faults


def test_the_list_the_upload_and_the_draft_from_a_file_look_right(visit):
    officer, researcher = visit("tto_officer"), visit("researcher")
    faults = _look_at(officer, f"{officer.address}/imports", "list")
    faults += _look_at(officer, f"{officer.address}/imports/new", "upload")
    faults += _look_at(researcher, f"{researcher.address}/workbench/draft-from-file", "drop")
    assert faults == []
    assert officer.complaints + researcher.complaints == []


def test_a_dropped_file_becomes_a_draft(visit, tmp_path):
    from tests.importing.test_drafting import CHINESE, docx

    visitor = visit("researcher")
    path = docx(tmp_path, CHINESE)
    page = visitor.go("/workbench/draft-from-file")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("main form button").last.click()
    page.wait_for_url("**/draft-from-file/*")
    faults = _look_at(visitor, page.url, "proposed")
    page.locator("#title").fill("一种新型低温脱硝催化剂")
    page.locator("#value_line").focus()
    expect(page.locator("#hints-title")).to_contain_text("请以产品或作用开头")
    page.locator("#title").fill("低温脱硝催化剂")
    page.locator("main form button.go").click()
    page.wait_for_url("**/workbench/results/lst_*")
    expect(page.locator("main")).to_contain_text("低温脱硝催化剂")
    assert faults == []
    assert visitor.complaints == []


@pytest.mark.skipif(not OFFERS.is_file(), reason="the shared data sets are not on this machine")
def test_real_offers_are_imported_while_pages_answer(visit, served):
    visitor = visit("tto_officer")
    page = visitor.go("/en/imports/new")
    upload(page, OFFERS)
    page.locator("input[name=publish]").check()
    page.locator("main form[action$=columns] button").last.click()
    run = page.locator("main form[action$=run] .b.go")
    expect(run).to_be_visible(timeout=60_000)
    run.click()
    expect(page.locator("#progress")).to_be_visible()
    other = visit()
    other.go("/en/search")
    slowest = max(_load_time(other, "/en/search?q=water") for _ in range(5))
    assert slowest < 2_000, f"a page took {slowest:.0f} ms during the import"
    expect(page.locator("main a[href*='tab=published']")).to_be_visible(timeout=180_000)
    expect(page.locator("main")).to_contain_text("rows were registered")
    until_found(page, f"{served.address}/en", "yaw damper", "Outer Aileron Yaw Damper")
    assert visitor.complaints == []


def _load_time(visitor, path: str) -> float:
    visitor.go(path)
    script = "performance.getEntriesByType('navigation')[0].responseEnd"
    return float(visitor.page.evaluate(script))
