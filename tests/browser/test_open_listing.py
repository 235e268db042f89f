"""An open listing from its announcement to a confirmed deal, sealed in real browsers, replayed."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import expect

from core.actor import SYSTEM
from core.ids import show
from deals.rounds.models import Quote, Round
from tests.browser.staged import Seat, scene, seats
from tests.browser.test_pages import check_page
from tests.deals.conftest import LISTING, stage
from tests.deals.rounds.conftest import FLOOR, Scene
from tests.deals.rounds.test_round_pages import prove, replay

__all__ = ["scene", "seats", "stage"]
ZH = {
    "announce": "公告挂牌", "way": "方式", "price": "挂牌价", "register": "登记意向",
    "confirm": "本单位符合条件、接受挂牌价，本人有权代表本单位", "qualified": "审核通过",
    "keep": "生成密钥", "saved": "我已保存在只有我能读取的地方", "leave": "留存公钥",
    "amount": "您的报价（CNY）", "seal": "密封报价", "send": "发送密封报价", "key": "您的密钥",
    "give": "交出密钥", "awarded": "由rival甲以", "confirmed": "已确定",
    "low": "不低于挂牌价",
}  # fmt: skip
EN = {
    "announce": "Announce the open listing", "way": "Way", "price": "List price",
    "register": "Register interest",
    "confirm": "We meet the conditions, accept the list price, and I may act for this organisation",
    "qualified": "Qualified", "keep": "Make the key",
    "saved": "I have saved it where only I can read it", "leave": "Leave the public half",
    "amount": "Your quote in CNY", "seal": "Seal the quote", "send": "Send the sealed quote",
    "key": "Your key", "give": "Give the key", "awarded": "Awarded to rival甲 at",
    "confirmed": "Confirmed", "low": "at the list price or above",
}  # fmt: skip


@pytest.mark.parametrize(("prefix", "words"), [("", ZH), ("/en", EN)], ids=["zh", "en"])
def test_from_announcement_to_a_confirmed_deal(seats, scene, prefix, words):
    officer = seats("officer", 1440, "light")
    market = seats("approver", 1440, "dark")
    firm, rival = seats("buyer", 390, "light"), seats("stranger", 390, "dark")
    faults: list[str] = []

    page = officer.go(f"{prefix}/results/{show('listing', LISTING)}/rounds/new")
    faults += check_page(page, "new")
    page.get_by_label(words["way"], exact=True).select_option("exclusive")
    page.get_by_label(words["price"], exact=True).fill("800,000")
    officer.press(words["announce"])
    page.wait_for_url("**/rounds/rnd_*")
    faults += check_page(page, "announced")
    (row,) = scene.rows(Round)
    scene.round, here = row.id, f"{prefix}/rounds/{show('round', row.id)}"

    for seat in (firm, rival):
        page = seat.go(f"{here}/register")
        faults += check_page(page, "register")
        page.get_by_role("checkbox", name=words["confirm"]).check()
        seat.press(words["register"])
        page.wait_for_url(f"**{here}")
    page = officer.go(f"{here}/desk")
    faults += check_page(page, "desk")
    for left in (1, 0):
        officer.press(words["qualified"])
        waiting = page.get_by_role("button", name=words["qualified"], exact=True)
        expect(waiting).to_have_count(left)

    secrets = [keep(seat, here, words, faults) for seat in (officer, market)]
    deadline(scene)
    for seat, amount, minor in ((firm, "812,345.67", 81_234_567), (rival, "823456.78", 82_345_678)):
        quote(seat, here, words, amount, faults)
        assert not any(amount in body or str(minor) in body for body in seat.sent)
    deadline(scene)
    for seat, secret in zip((officer, market), secrets, strict=True):
        assert not any(secret in body for body in seat.sent)
        page = seat.go(f"{here}/open")
        faults += check_page(page, "open")
        page.get_by_label(words["key"], exact=True).fill(secret)
        seat.press(words["give"])
        page.wait_for_url(f"**{here}")

    page = rival.go(here)
    expect(page.locator("main")).to_contain_text(words["awarded"])
    faults += check_page(page, "result")
    rival.go(f"{prefix}/deals/{show('deal', scene.row().deal)}")
    expect(rival.page.locator("main")).to_contain_text(words["confirmed"])
    faults += check_page(rival.page, "deal")
    assert [(one.verdict, one.minor) for one in scene.rows(Quote)] == [
        ("counts", 81_234_567), ("counts", 82_345_678),
    ]  # fmt: skip
    with urllib.request.urlopen(f"{officer.address}{here}/opening.json") as answer:
        replay(json.loads(answer.read()), 82_345_678)
    assert faults == []
    for seat in (officer, market, firm, rival):
        assert seat.complaints == []


def keep(seat: Seat, here: str, words: dict[str, str], faults: list[str]) -> str:
    """The private key, made on the page and saved as a file."""
    page = seat.go(f"{here}/key")
    faults += check_page(page, "key")
    seat.press(words["keep"])
    secret = page.locator("[data-secret]").input_value()
    with page.expect_download() as saved:
        page.locator("[data-file]").click()
    assert saved.value.path().read_text().strip() == secret
    page.get_by_role("checkbox", name=words["saved"]).check()
    faults += check_page(page, "key made")
    seat.press(words["leave"])
    page.wait_for_url(f"**{here}")
    return secret


def quote(seat: Seat, here: str, words: dict[str, str], amount: str, faults: list[str]) -> None:
    page = seat.go(f"{here}/quote")
    faults += check_page(page, "quote")
    page.get_by_label(words["amount"]).fill("799,999.99")
    seat.press(words["seal"])
    expect(page.locator("[data-said=amount]")).to_contain_text(words["low"])
    page.get_by_label(words["amount"]).fill(amount)
    seat.press(words["seal"])
    expect(page.locator("[data-sealed]")).to_be_visible()
    faults += check_page(page, "sealed")
    seat.press(words["send"])
    page.wait_for_url(f"**{here}")


def deadline(scene: Scene) -> None:
    scene.pass_deadline()
    scene.run(SYSTEM, prove)
    assert scene.row().floor_minor == FLOOR
