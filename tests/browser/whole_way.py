"""A deal's whole way as its two sides walk it: how each mode finds its price, and from there on the
contract, its signatures and its registration, which are the same in every mode."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.actor import SYSTEM
from core.ids import show
from core.times import legal_date
from deals.models import Deal
from deals.rounds.models import Round
from tests.browser.staged import Seat
from tests.deals.conftest import LISTING
from tests.deals.open_licence.conftest import plant_patent
from tests.deals.rounds.conftest import Scene
from tests.deals.rounds.test_round_pages import prove

ZONE = ZoneInfo("Asia/Shanghai")
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
NUMBER = "2026330100001234"
ITEMS = {
    "zh": {
        "scope": "许可被许可方在手机散热领域实施，包括全部技术资料。",
        "plan": "签订后三十日内在杭州交付技术资料，并培训两名工程师。",
        "confidentiality": "双方对未公开的技术资料保密五年。",
        "ownership": "后续改进归作出改进的一方。",
        "acceptance": "抽检十件样品，热导率均达到约定指标即为合格。",
        "definitions": "净销售额：销售收入扣除退货和税金。",
    },
    "en": {
        "scope": "The owner lets the firm use the film in telephones, with all its documents.",
        "plan": "Documents within thirty days in Hangzhou; two engineers are trained.",
        "confidentiality": "What is not published stays secret for five years.",
        "ownership": "Improvements belong to whoever makes them.",
        "acceptance": "Ten samples are measured; each reaches the conductivity agreed on.",
        "definitions": "Net sales: what is invoiced, less returns and taxes.",
    },
}
JOINT = {
    "zh": {
        "seller_brings": "两名研究员与中试设备。",
        "buyer_brings": "八十万元与产线。",
        "what1": "样机",
        "criterion1": "热导率达标。",
    },
    "en": {
        "seller_brings": "Two researchers and the pilot plant.",
        "buyer_brings": "800,000 yuan and a production line.",
        "what1": "Prototype",
        "criterion1": "It reaches the conductivity agreed on.",
    },
}
SUMMARY = "许可方许可被许可方在手机散热领域实施散热膜技术，三十日内交付资料并培训。"
REGISTRY = {
    "ip_type": "know_how", "field": "3", "plan": "none",
    "seller_legal_type": "institution", "buyer_legal_type": "enterprise",
}  # fmt: skip
WRITTEN = {"new_investment": "100万", "new_output": "800万",
           "seller_region": "330100", "buyer_region": "330200"}  # fmt: skip


PAGE = Path(__file__).resolve().parents[2] / "docs" / "effort.md"


def written_down(name: str) -> list[int]:
    """What `Way.effort` has to be when the contract is ready, as the page states it."""
    row = re.search(rf"^\|[^|]*\(`{name}`\) \|(.+)\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert row, f"docs/effort.md has no line for {name}"
    return [int(cell) for cell in row[1].split("|")]


@dataclass
class Way:
    """One deal under way between `seller` and `buyer`, in one language."""

    seller: Seat
    buyer: Seat
    scene: Scene
    drain: Callable[[], None]
    language: str
    deal: str = ""
    colleague: Seat | None = None
    """Of the seller, where a step needs two people; what they do counts as the seller's."""
    looked: list[str] = field(default_factory=list)

    @property
    def here(self) -> str:
        return f"/deals/{show('deal', self.deal)}"

    def effort(self) -> list[int]:
        """Seller's clicks and fields, buyer's clicks and fields, so far."""
        sold, bought = self.seller.effort, self.buyer.effort
        return [sold.clicks, sold.typed, bought.clicks, bought.typed]

    def found(self, *, follows: str | None = None) -> None:
        """Which deal this is, once there is one; `follows`: the deal of the trial it takes up."""
        with self.scene.stage.executor.database.read() as session:
            self.deal = session.scalars(select(Deal.id).where(Deal.follows == follows)).one()

    def state(self) -> str:
        return self.scene.stage.deal(self.deal).state

    def until(self, moment: object) -> None:
        """The clock goes there; timers fire, and both prove who they are, as after days."""
        self.scene.clock.set(moment)
        self.drain()
        self.scene.run(SYSTEM, prove)

    def after_notice(self) -> None:
        self.drain()
        self.seen(self.buyer, "notice")
        self.seller.go(f"{self.seller.prefix}{self.here}")
        self.shows_the_notice()
        self.until(self.scene.stage.last_morning(self.deal))
        self.seller.opens(self.here)
        self.shows_the_notice()
        self.until(self.scene.stage.notice(self.deal).ends_at)
        assert self.state() == "confirmed"

    def shows_the_notice(self) -> None:
        """In the owner's own unit: what the page proposes, a file, and where it is, asked once."""
        seller = self.seller
        seller.follows("Show it")
        if not seller.page.locator("main [name=url]").input_value():
            seller.types("url", "https://institute.example/notice/7")
        saved = {"name": "page.png", "mimeType": "image/png", "buffer": PNG}
        seller.page.locator("main [name=file]").set_input_files([saved])
        seller.effort.clicks += 1
        self.seen(seller, "posting")
        seller.presses("Keep the picture")
        seller.page.wait_for_url(f"**{self.here}/posting")

    def seen(self, seat: Seat, name: str) -> None:
        """The page as it stands, kept for the tour."""
        self.looked.append(name)
        seat.picture(f"{self.language}-{len(self.looked):02d}-{name}")


def asked(way: Way, purpose: str) -> None:
    """The firm asks for the result, the office opens a deal of it."""
    seller, buyer = way.seller, way.buyer
    buyer.go(f"{buyer.prefix}/results/{show('listing', LISTING)}")
    way.seen(buyer, "result")
    buyer.follows("Ask about it")
    buyer.chooses("way", "assignment")
    buyer.types("purpose", purpose)
    buyer.chooses("timetable", "quarter")
    for name, text in (("name", "冉时雨"), ("firm", "firm甲"), ("mail", "ran@firm.example")):
        if not buyer.page.locator(f"main [name={name}]").input_value():
            buyer.types(name, text)
    buyer.presses("Send the inquiry")
    expect(buyer.page.locator("main")).to_contain_text(purpose)
    way.drain()
    way.seen(buyer, "asked")
    seller.opens("/inquiries")
    seller.follows("散热膜")
    way.seen(seller, "inquiry")
    seller.presses("Open a deal")
    seller.page.wait_for_url("**/deals/dea_*")
    way.found()
    buyer.opens(way.here)


def offered_and_accepted(way: Way, shown: str) -> None:
    """The firm puts its filled form on the table, where `shown` is read; the office accepts."""
    seller, buyer = way.seller, way.buyer
    buyer.presses("Put it on the table")
    expect(buyer.page.locator("main")).to_contain_text(shown)
    way.seen(buyer, "offer")
    seller.opens(way.here)
    way.seen(seller, "room")
    seller.follows("Accept version %(version)s", version=1)
    seller.presses("Accept version %(version)s", version=1)
    seller.page.wait_for_url(f"**{way.here}")
    way.after_notice()


def by_agreement(way: Way) -> None:
    """The firm asks, the office opens a deal, the firm offers, the office accepts."""
    asked(way, "手机散热")
    way.buyer.follows("Make an offer")
    way.buyer.types("lump_sum", "3,000,000")
    offered_and_accepted(way, "3,000,000")


def for_shares(way: Way) -> None:
    """By agreement too: the result is put into a company, for a share of it."""
    buyer = way.buyer
    asked(way, "作价入股办手机散热膜公司")
    buyer.follows("Make an offer")
    buyer.chooses("way", "equity_contribution")
    buyer.types("equity", "20")
    buyer.types("company", "澄岚散热膜有限公司")
    offered_and_accepted(way, "澄岚散热膜有限公司")


def in_joint_development(way: Way) -> None:
    """By agreement too: what each puts in, whose the results are, what happens if it fails."""
    buyer = way.buyer
    asked(way, "合作开发手机散热膜")
    buyer.follows("Make an offer")
    buyer.chooses("way", "joint_development")
    buyer.types("lump_sum", "800,000")
    for name in ("seller_brings", "buyer_brings", "what1", "criterion1"):
        buyer.types(name, JOINT[way.language][name])
    buyer.types("by1", "2027-05-31")
    buyer.chooses("results_belong", "joint")
    buyer.types("seller_share", "40")
    buyer.chooses("failure", "shared")
    way.seen(buyer, "joint-offer")
    offered_and_accepted(way, JOINT[way.language]["seller_brings"])


def at_a_fixed_price(way: Way) -> None:
    """The office publishes terms on its result, the firm accepts them."""
    seller, buyer = way.seller, way.buyer
    seller.go(f"{seller.prefix}/workbench/results/{show('listing', LISTING)}")
    seller.follows("Publish terms")
    seller.chooses("way", "sole")
    seller.types("lump_sum", "312,000")
    seller.types("mode_reason", "本校成果转化办法第九条")
    seller.presses("Publish the terms")
    seller.page.wait_for_url("**/postings/pst_*")
    way.seen(seller, "posting")
    buyer.go(f"{buyer.prefix}/results/{show('listing', LISTING)}")
    way.seen(buyer, "result")
    offered = buyer.page.locator("main a[href*='/postings/pst_']").first
    buyer.effort.clicks += 1
    offered.click()
    buyer.follows("Accept these terms")
    buyer.chooses("confirmed")
    buyer.presses("Accept these terms")
    buyer.page.wait_for_url("**/deals/dea_*")
    way.found()
    way.seen(buyer, "room")
    way.after_notice()


def on_open_listing(way: Way) -> None:
    """Announced for its days; one party registers and is qualified: the list price is the price."""
    seller, buyer = way.seller, way.buyer
    seller.go(f"{seller.prefix}/workbench/results/{show('listing', LISTING)}")
    seller.follows("Announce an open listing")
    seller.chooses("way", "exclusive")
    seller.types("lump_sum", "800,000")
    seller.presses("Announce the open listing")
    seller.page.wait_for_url("**/rounds/rnd_*")
    way.seen(seller, "announced")
    way.scene.round = way.scene.rows(Round)[0].id
    way.drain()
    buyer.go(f"{buyer.prefix}/results/{show('listing', LISTING)}")
    way.seen(buyer, "result")
    buyer.effort.clicks += 1
    buyer.page.locator("main a[href*='/rounds/rnd_'], main a[href*='/postings/pst_']").first.click()
    buyer.follows("Register interest")
    buyer.chooses("confirmed")
    buyer.presses("Register interest")
    buyer.page.wait_for_url("**/rounds/rnd_*")
    way.seen(buyer, "interest")
    seller.opens(f"/rounds/{show('round', way.scene.round)}/desk")
    seller.presses("Qualified")
    way.seen(seller, "desk")
    way.drain()
    way.until(way.scene.row().due_at)
    way.found()
    assert way.state() == "confirmed"


def under_open_licence(way: Way) -> None:
    """The office states and records the announcement; the firm gives notice and pays; two people of
    the institute see the money, and the licence has arisen."""
    seller, buyer = way.seller, way.buyer
    way.scene.run(SYSTEM, plant_patent)
    seller.go(f"{seller.prefix}/workbench/results/{show('listing', LISTING)}")
    seller.follows("State an open licence")
    seller.types("lump_sum", "100,000")
    seller.types("until", "2030-12-31")
    seller.chooses("unsuspended")
    seller.types("mode_reason", "本校成果转化办法第九条")
    way.seen(seller, "statement")
    seller.presses("Publish the statement")
    seller.page.wait_for_url("**/postings/pst_*")
    seller.follows("Record that it was announced")
    seller.types("number", "2026-47-0031")
    seller.types("on", legal_date(way.scene.clock.now, ZONE).isoformat())
    seller.presses("Record the announcement")
    seller.page.wait_for_url("**/postings/pst_*")
    way.seen(seller, "announced")
    buyer.go(f"{buyer.prefix}/results/{show('listing', LISTING)}")
    buyer.effort.clicks += 1
    buyer.page.locator("main a[href*='/postings/pst_']").first.click()
    buyer.follows("Accept these terms")
    way.seen(buyer, "notice")
    buyer.chooses("confirmed")
    buyer.presses("Accept these terms")
    buyer.page.wait_for_url("**/deals/dea_*")
    way.found()
    way.seen(buyer, "room")
    _pay(way)
    way.drain()
    assert way.state() == "licensed"


def _pay(way: Way) -> None:
    """The buyer reports the transfer; two people of the seller look at the statement."""
    buyer = way.buyer
    buyer.follows("To the payment")
    buyer.effort.clicks += 1
    buyer.page.locator("main a[href*='/money/obl_']").first.click()
    buyer.page.wait_for_url("**/money/obl_*")
    owed = buyer.page.url.removeprefix(f"{buyer.address}{buyer.prefix}")
    buyer.follows("Report a transfer")
    day = legal_date(way.scene.clock.now, ZONE).isoformat()
    for name, text in (("amount", "100,000"), ("paid_on", day), ("holder", "firm甲"),
                       ("bank", "某银行"), ("number", "6222 1111")):  # fmt: skip
        if not buyer.page.locator(f"main [name={name}]").input_value():
            buyer.types(name, text)
    proof = {"name": "receipt.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 receipt"}
    buyer.page.locator("main [name=file]").set_input_files(proof)
    way.seen(buyer, "transfer")
    buyer.presses("Send the proof")
    buyer.page.wait_for_url("**/money/obl_*")
    for seat in (way.seller, way.colleague):
        assert seat is not None
        seat.opens(owed)
        seat.effort.clicks += 1
        seat.page.locator("main a[href*='/payments/']").first.click()
        seat.types("amount", "100,000")
        way.seen(seat, "arrived")
        seat.presses("I saw this amount")
        seat.page.wait_for_url("**/money/obl_*")


def to_ready(way: Way) -> None:
    """One side writes what the law asks for and freezes the text."""
    seller = way.seller
    seller.opens(way.here)
    way.seen(seller, "confirmed")
    seller.presses("Begin the contract")
    for name, text in ITEMS[way.language].items():
        seller.types(name, text)
    seller.presses("Save this version")
    way.seen(seller, "written")
    seller.follows("Read and freeze")
    for reason in seller.page.locator("main input[name^=reason]").all():
        seller.types(str(reason.get_attribute("name")), "已在本校网站公示，截图随后补交")
    seller.presses("Freeze version %(version)s", version=2)
    seller.page.wait_for_url(f"**{way.here}/contract")
    expect(seller.page.locator("main header")).to_contain_text(seller.say("Ready to sign"))
    way.seen(seller, "ready")


def to_signed(way: Way, folder: Path) -> None:
    """Printed once, signed by both, each copy confirmed by the other side."""
    scan = folder / "signed.pdf"
    with way.seller.page.expect_download() as printed:
        way.seller.page.locator("main a[href$='/text/both.pdf']").click()
    printed.value.save_as(scan)
    assert scan.read_bytes().startswith(b"%PDF-")
    for seat, party in ((way.seller, "institute甲"), (way.buyer, "firm甲")):
        seat.opens(f"{way.here}/contract")
        seat.follows("Hand in your copy")
        seat.page.locator("main [name=scan]").set_input_files(scan)
        for name, text in (("pages", "2"), ("seal_name", party), ("signatory", "陆闻笛"),
                           ("originals", "办公室档案柜")):  # fmt: skip
            seat.types(name, text)
        seat.chooses("authority", "legal_representative")
        way.seen(seat, "hand-in")
        seat.presses("Hand in the copy")
        seat.page.wait_for_url(f"**{way.here}/contract")
    for seat in (way.buyer, way.seller):
        seat.opens(f"{way.here}/contract")
        seat.follows("Look at it")
        seat.chooses("outcome", "confirm")
        for name in ("pages_complete", "seal_right", "authority_seen"):
            seat.chooses(name)
        way.seen(seat, "check")
        seat.presses("Record what you found")
        seat.page.wait_for_url(f"**{way.here}/contract")
    assert way.state() == "contracted"
    way.drain()


def to_registered(way: Way) -> Page:
    """The seller fills in the registry's form, hands it in and writes down its answer."""
    seller = way.seller
    seller.opens(f"{way.here}/contract")
    way.seen(seller, "signed")
    seller.follows("To the registration")
    seller.follows("Fill in the form")
    for name, code in REGISTRY.items():
        seller.chooses(name, code)
    for name, text in WRITTEN.items():
        seller.types(name, text)
    turnover = seller.page.locator("main [name=turnover]").input_value()
    if not turnover:  # a share of a company is no amount: what it is worth is written down
        turnover = "2,000,000"
        seller.types("turnover", turnover)
    seller.types("tech_amount", turnover)
    if seller.page.locator("main [name=summary]").count():
        seller.types("summary", SUMMARY)
    way.seen(seller, "form")
    seller.presses("Save the form")
    seller.presses("It was handed in")
    seller.follows("Enter the registry's answer")
    seller.chooses("outcome", "registered")
    seller.types("number", NUMBER)
    seller.types("registered_on", legal_date(way.scene.clock.now, ZONE).isoformat())
    seller.presses("Write it down")
    seller.page.wait_for_url(f"**{way.here}/registration")
    way.seen(seller, "registered")
    assert way.state() == "registered"
    return way.buyer.opens(way.here)
