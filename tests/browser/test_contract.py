"""A confirmed deal's contract, walked by both sides: written, stopped, frozen, printed, signed by
one side electronically and by the other on paper, and registered."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sample.cast import PASSWORD
from tests.browser.conftest import Visitor
from tests.browser.test_first_deal import follow, press
from tests.browser.test_pages import check_page

SELLS, BUYS = "yan.tingyue@kuocang.example", "pang.shiqing@pansheng.example"
"""The two sides of the sample's confirmed deal."""
ITEMS = {
    "scope": "许可被许可方在维保站实施钢丝绳检测技术。",
    "plan": "签订后三十日内在杭州交付图纸和软件。",
    "confidentiality": "未公开的图纸五年内不得向第三方披露。",
    "ownership": "后续改进归作出改进的一方。",
    "acceptance": "抽检十台，全部合格即为验收通过。",
    "definitions": "台：一套可独立使用的检测仪。",
}


REGISTRY = {"ip_type": "invention", "field": "2.1", "plan": "none",
            "seller_legal_type": "institution", "buyer_legal_type": "enterprise"}  # fmt: skip
WRITTEN = {"new_investment": "100万", "new_output": "800万",
           "seller_region": "330100", "buyer_region": "330200"}  # fmt: skip
NUMBER = "2026330100001234"
PATIENCE = 90
"""Seconds until a telephone shows a code that was not used yet."""


def write(page: Page) -> None:
    for name, text in ITEMS.items():
        page.locator(f"textarea[name={name}]").fill(text)


def freeze(page: Page) -> None:
    """Gives a reason for whatever is only warned about."""
    for field in page.locator("input[name^=reason]").all():
        field.fill("专利仍在审查，授权后补充")
    page.get_by_role("button", name=re.compile("版定稿")).click()


def hand_in(visitor: Visitor, here: str, scan: Path, signatory: str) -> None:
    page = visitor.go(f"{here}/sign")
    party = page.locator("main dl.kv dd").nth(1).inner_text()
    page.locator("input[name=scan]").set_input_files(scan)
    page.get_by_label("页数").fill("2")
    page.get_by_label("印章名称").fill(party)
    page.get_by_label("签署人").fill(signatory)
    page.get_by_label("法定代表人", exact=True).check()
    page.get_by_label("本方原件由何人保管、存放何处").fill("办公室档案柜")
    press(page, "提交签署件")


def sign_here(visitor: Visitor, here: str, mail: str, name: str) -> None:
    """Electronically; a code serves once, so who has just signed in waits for the next one."""
    page, deadline = visitor.go(f"{here}/sign-electronically"), time.monotonic() + PATIENCE
    assert check_page(page, page.url) == []
    while page.url.endswith("/sign-electronically"):
        assert time.monotonic() < deadline, "no code was taken"
        page.locator("input[name=name]").fill(name)
        page.get_by_label("法定代表人", exact=True).check()
        page.locator("input[name=consent]").check()
        page.locator("input[name=code]").fill(visitor.telephone(mail))
        press(page, "签署此文本")
        if page.url.endswith("/sign-electronically"):
            time.sleep(5)


def confirm(visitor: Visitor, here: str) -> None:
    page = visitor.go(here)
    follow(page, "核对")
    page.get_by_label("核对无误").check()
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    press(page, "记录核对结果")


def begin(visitor: Visitor, here: str) -> Page:
    """The registration begins by itself; whoever is faster than the worker begins it."""
    page = visitor.go(here)
    if page.get_by_role("button", name="开始登记", exact=True).count():
        press(page, "开始登记")
    return page


def register(seller: Visitor, buyer: Visitor, deal: str) -> None:
    """From the signed contract to its number in the register, and what that says to both."""
    here = f"{deal}/registration"
    page = begin(seller, here)
    follow(page, "填写登记表")
    for name, code in REGISTRY.items():
        page.locator(f"select[name={name}]").select_option(code)
    for name, text in WRITTEN.items():
        page.locator(f"input[name={name}]").fill(text)
    if not page.locator("input[name=turnover]").input_value():
        page.locator("input[name=turnover]").fill("300万")
    page.locator("input[name=tech_amount]").fill(page.locator("input[name=turnover]").input_value())
    signed = page.locator("input[name=signed_on]").input_value()
    press(page, "保存登记表")
    expect(page.locator("main")).to_contain_text("税收估算")
    press(page, "已提交")
    expect(buyer.go(f"/en{here}").locator("main")).to_contain_text("The registry answers by")
    with page.expect_download() as printed:
        page.get_by_role("link", name="中文登记表和摘要 (PDF)").click()
    assert Path(printed.value.path()).read_bytes().startswith(b"%PDF-")
    page = seller.go(f"{here}/answer")
    page.get_by_label("予以登记").check()
    page.locator("input[name=number]").fill(NUMBER)
    page.locator("input[name=registered_on]").fill(signed)
    press(page, "记录")
    expect(page.locator("main")).to_contain_text(NUMBER)
    expect(buyer.go(f"/en{here}").locator("main")).to_contain_text(f"under the number {NUMBER}")
    expect(buyer.go(deal).locator("main")).to_contain_text("合同已登记")
    expect(seller.go("/en/registrations").locator("main")).to_contain_text(NUMBER)
    for visitor in (seller, buyer):
        faults = [fault for path in (here, f"/en{here}", f"{deal}/contract")
                  for fault in check_page(visitor.go(path), path)]  # fmt: skip
        assert faults == []


@pytest.fixture
def sides(visit) -> tuple[Visitor, Visitor]:
    seller, buyer = visit(), visit()
    seller.sign_in(SELLS, PASSWORD)
    buyer.sign_in(BUYS, PASSWORD)
    return seller, buyer


def test_from_a_confirmed_price_to_a_registered_contract(sides, tmp_path):
    seller, buyer = sides
    page = seller.go("/deals")
    row = page.locator("main tr, main li", has_text="已确认").last
    row.locator("a[href*='/deals/dea_']").first.click()
    deal = "/deals/" + page.url.rpartition("/")[2]
    here = f"{deal}/contract"
    seller.go(here)
    press(page, "放弃此合同")  # the sample's own, which waits to be signed: nobody is bound by it
    expect(page.locator("main")).to_contain_text("已放弃")
    press(page, "另行起草合同")
    write(page)
    page.get_by_label("禁止对权利有效性提出异议").check()
    press(page, "保存此版本")
    expect(page.locator("main")).to_contain_text("《民法典》第850条")
    stopped = seller.go(f"/en{here}/freeze")
    expect(stopped.locator("main")).to_contain_text("no challenge to the validity of the rights")
    expect(stopped.get_by_role("button", name=re.compile("Freeze version"))).to_have_count(0)
    page = buyer.go(f"{here}/draft")
    page.get_by_label("禁止对权利有效性提出异议").uncheck()
    press(page, "保存此版本")
    expect(page.locator("main del").first).to_contain_text("禁止对权利有效性提出异议")
    freeze(buyer.go(f"{here}/freeze"))
    page = seller.go(here)
    with page.expect_download() as printed:
        page.locator("a[href$='/text/both.pdf']").click()
    scan = tmp_path / "signed.pdf"
    printed.value.save_as(scan)
    assert scan.read_bytes().startswith(b"%PDF-")
    sign_here(seller, here, SELLS, "晏听岳")
    expect(page.locator("main")).to_contain_text("文本、PDF 和证据文件与签署时一致")
    expect(buyer.go(f"/en{here}").locator("main")).to_contain_text("Signed electronically.")
    hand_in(buyer, here, scan, "逄世清")
    expect(buyer.go(here).locator("main")).to_contain_text("待签署")
    confirm(seller, here)
    expect(seller.go(here).locator("main")).to_contain_text("双方已签署")
    expect(buyer.go(f"/en{here}").locator("main")).to_contain_text("Signed by both sides")
    expect(buyer.go(f"/en{deal}").locator("main")).to_contain_text("Contract signed")
    register(seller, buyer, deal)
    assert seller.complaints == []
    assert buyer.complaints == []
