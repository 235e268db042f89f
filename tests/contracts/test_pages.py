"""The pages of a contract, as a browser without scripts meets them, from both sides."""

from __future__ import annotations

import io

import pytest

from contracts.actions.confirm_copy import confirm_copy
from contracts.matter import ITEMS
from contracts.models import Contract, SignedCopy
from core.ids import show
from tests.contracts.conftest import BUYER, SELLER, draft
from tests.deals.test_pages import app as app
from tests.deals.test_pages import browser as browser
from tests.deals.test_pages import only, text_of

PAPER = {"pages": "6", "signatory": "陆闻笛", "authority": "legal_representative",
         "originals": "技术转移中心档案柜"}  # fmt: skip


def scan() -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"%PDF-1.7 signed"), "signed.pdf"


def written(**more: object) -> dict[str, object]:
    text = draft(**more)
    return {"kind": text.kind, "restrictions": list(text.restrictions),
            **{name: getattr(text, name) for name in ITEMS}}  # fmt: skip


def test_from_a_confirmed_price_to_a_signed_contract(desk, browser, executor):
    deal = show("deal", desk.confirmed())
    officer, buyer = browser("officer"), browser("buyer")
    here = f"/deals/{deal}/contract"
    assert officer.get(here).status_code == 404
    assert "起草合同" in text_of(officer.get(f"/deals/{deal}"))
    begun = officer.post(here)
    assert begun.status_code == 303
    assert "散热膜" in officer.get(f"{here}/draft").text
    page = text_of(buyer.get(here))
    assert "不得签署" in page
    assert "《民法典》第845条" in page
    saved = officer.post(f"{here}/draft", data={**written(), "answering": "1"})
    assert saved.status_code == 303
    assert "<ins>" in buyer.get(here).text
    assert "未发现法律禁止的内容" in text_of(buyer.get(f"{here}/freeze"))
    assert buyer.post(f"{here}/freeze", data={"version": "2"}).status_code == 303
    for who, seal in ((officer, SELLER), (buyer, BUYER)):
        sent = who.post(f"{here}/sign", data={**PAPER, "seal_name": seal, "scan": scan()})
        assert sent.status_code == 303, text_of(sent)
    copies = {one.side: one.id for one in desk.copies(only(executor, Contract).id)}
    for side, who in (("seller", buyer), ("buyer", officer)):
        look = f"{here}/copies/{copies[side]}"
        assert "骑缝章" in text_of(who.get(look))
        with who.get(f"{look}/scan") as sent:
            assert sent.data == b"%PDF-1.7 signed"
        short = who.post(look, data={"outcome": "confirm", "seal_right": "y"})
        assert short.status_code == 422
        seen = {"pages_complete": "y", "seal_right": "y", "authority_seen": "y"}
        assert who.post(look, data={"outcome": "confirm", **seen}).status_code == 303
    assert "双方已签署" in text_of(buyer.get(here))
    assert "已签合同" in text_of(officer.get(f"/deals/{deal}"))
    assert "Signed by both sides" in text_of(officer.get(f"/en/deals/{deal}/contract"))


def test_a_void_clause_stops_and_its_rule_is_named(desk, browser):
    contract = desk.open()
    here = f"/deals/{show('deal', desk.contract(contract).deal)}/contract"
    buyer = browser("buyer")
    buyer.post(f"{here}/draft", data={**written(restrictions=("tie_in",)), "answering": "1"})
    page = buyer.get(f"/en{here}/freeze").text
    assert "other goods, services or staff must be taken along" in page
    assert "Civil Code, art. 850" in page
    assert buyer.post(f"{here}/freeze", data={"version": "2"}).status_code == 422
    assert desk.contract(contract).state == "drafting"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("", ("条款却未约定查账权", "《民法典》第846条第3款")),
        ("/en", ("nobody the right to look into its books", "Civil Code, art. 846, para. 3")),
    ],
)
def test_a_royalty_without_a_right_to_audit_is_warned_of(desk, browser, language, said):
    contract = desk.open(audit="")
    here = f"/deals/{show('deal', desk.contract(contract).deal)}/contract"
    buyer = browser("buyer")
    buyer.post(f"{here}/draft", data={**written(), "answering": "1"})
    page = buyer.get(f"{language}{here}/freeze").text
    assert all(one in page for one in said)
    assert buyer.post(f"{here}/freeze", data={"version": "2"}).status_code == 422
    reason = {"version": "2", "reason0": "买方每季寄送销售清单"}
    assert buyer.post(f"{here}/freeze", data=reason).status_code == 303
    assert desk.contract(contract).state == "ready"


def test_a_stale_version_is_not_overwritten(desk, browser):
    contract = desk.open()
    here = f"/deals/{show('deal', desk.contract(contract).deal)}/contract"
    browser("officer").post(f"{here}/draft", data={**written(), "answering": "1"})
    late = browser("buyer").post(
        f"{here}/draft", data={**written(plan="在深圳交付。"), "answering": "1"}
    )
    assert late.status_code == 422
    assert "您的内容未保存" in text_of(late)
    assert "在深圳交付。" in late.text


def test_a_bad_copy_goes_back_with_a_note(desk, browser, executor):
    contract = desk.ready()
    here = f"/deals/{show('deal', desk.contract(contract).deal)}/contract"
    desk.hand_in(contract, desk.stage.officer)
    look = f"{here}/copies/{only(executor, SignedCopy).id}"
    assert browser("buyer").post(look, data={"outcome": "return"}).status_code == 422
    browser("buyer").post(look, data={"outcome": "return", "note": "第三页没有骑缝章"})
    assert "已退回：第三页没有骑缝章" in text_of(browser("officer").get(here))


def test_a_scan_that_is_no_pdf_is_refused(desk, browser):
    contract = desk.ready()
    here = f"/deals/{show('deal', desk.contract(contract).deal)}/contract"
    data = {**PAPER, "seal_name": SELLER, "scan": (io.BytesIO(b"hello"), "signed.txt")}
    sent = browser("officer").post(f"{here}/sign", data=data)
    assert sent.status_code == 422
    assert "PDF" in text_of(sent)
    assert desk.copies(contract) == []


@pytest.mark.parametrize("path", ["", "/draft", "/freeze", "/sign"])
def test_strangers_find_nothing(desk, browser, path):
    contract = desk.open()
    deal = show("deal", desk.contract(contract).deal)
    assert browser("stranger").get(f"/deals/{deal}/contract{path}").status_code == 404


def test_own_copy_cannot_be_confirmed_by_its_own_side(desk, browser, executor):
    contract = desk.ready()
    here = f"/deals/{show('deal', desk.contract(contract).deal)}/contract"
    copy = desk.hand_in(contract, desk.stage.officer)
    seen = {"pages_complete": "y", "seal_right": "y", "authority_seen": "y"}
    own = browser("second").post(f"{here}/copies/{copy}", data={"outcome": "confirm", **seen})
    assert own.status_code == 403
    desk.run(desk.stage.buyer, confirm_copy, contract, copy)
    assert only(executor, SignedCopy).state == "confirmed"
