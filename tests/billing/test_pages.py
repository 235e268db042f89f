"""The pages of money, as a browser without scripts meets them."""

from __future__ import annotations

import io

import pytest

from billing.actions.release_deposit import release_deposit
from core.actor import SYSTEM
from core.ids import show
from tests.deals.test_pages import app, browser, text_of

__all__ = ["app", "browser"]


def proof(name: str = "回单.pdf", content: bytes = b"%PDF-1.7 receipt"):
    return (io.BytesIO(content), name)


CLAIM = {"decision": "claim", "amount": "10万", "paid_on": "2026-11-22", "holder": "澄岚",
         "bank": "某银行", "number": "6222"}  # fmt: skip


@pytest.fixture
def stage(till):
    """What the browser's fixture waits for: money's own people."""
    return till


@pytest.fixture
def here(till) -> str:
    return f"/money/{show('obligation', till.owe(100_000_00))}"


def test_paid_with_a_proof_and_seen_by_two(browser, till, here):
    buyer, officer, second = browser("buyer"), browser("officer"), browser("second")
    assert "10万" not in text_of(buyer.get("/money"))
    assert here in buyer.get("/money").text
    assert here in officer.get("/money").text
    assert browser("stranger").get(here).status_code == 404
    empty = buyer.post(f"{here}/pay", data=CLAIM)
    assert empty.status_code == 422
    wrong = {**CLAIM, "file": proof(content=b"not a receipt")}
    assert buyer.post(f"{here}/pay", data=wrong).status_code == 422
    sent = buyer.post(f"{here}/pay", data={**CLAIM, "file": proof()})
    assert sent.status_code == 303
    page = officer.get(here).text
    path = next(part for part in page.split('"') if part.startswith(f"{here}/payments/"))
    with officer.get(path.replace("/payments/", "/proofs/")) as got:
        assert got.data == b"%PDF-1.7 receipt"
        assert got.headers["Content-Disposition"].startswith("attachment")
    assert buyer.get(path).status_code == 403
    yes = {"decision": "confirm", "amount": "100,000"}
    assert officer.post(path, data={**yes, "amount": "-1"}).status_code == 422
    assert officer.post(path, data={**yes, "amount": "100000"}).status_code == 303
    shown = second.get(path)
    assert "100000" not in text_of(shown).replace("¥100,000.00", "")
    differs = second.post(path, data={**yes, "amount": "1万"})
    assert differs.status_code == 422
    assert "与第一位确认人所见不一致" in text_of(differs)
    assert second.post(path, data=yes).status_code == 303
    for client in (buyer, officer):
        for prefix in ("", "/en"):
            assert "100,000" in text_of(client.get(prefix + here))
    assert "款项已全部到账" in text_of(buyer.get(here))


def test_cancelled_by_the_payee(browser, here):
    assert browser("buyer").post(f"{here}/cancel").status_code == 403
    assert browser("officer").post(f"{here}/cancel").status_code == 303
    assert f"{here}/pay" not in browser("buyer").get(here).text


def test_sheets_hold_what_the_reader_may_read(browser, till, here):
    buyer, stranger = browser("buyer"), browser("stranger")
    assert "100000.00" in buyer.get("/money/sheet.csv").text
    assert "100000.00" not in stranger.get("/money/sheet.csv").text
    assert buyer.get("/money/sheet.xlsx").data[:2] == b"PK"


def test_the_counter_and_the_ledger(browser, till):
    operator, deposit = browser("approver"), till.deposit(account=till.account())
    till.pay(deposit)
    till.claim(till.owe(account=till.account()))
    till.run(SYSTEM, release_deposit, deposit)
    queue = operator.get("/operator/money")
    assert f"{show('obligation', deposit)}/payouts/" in queue.text
    path = next(part for part in queue.text.split('"') if "/payouts/" in part)
    assert operator.post(path, data={"decision": "order"}).status_code == 303
    late = operator.post(path, data={"decision": "carry_out", "bank_reference": "B1"})
    assert late.status_code == 403
    assert "1,000.00" in text_of(operator.get("/operator/ledger"))
    assert browser("officer").get("/operator/ledger").status_code == 404


def test_accounts_are_added_by_one_and_approved_by_another(browser):
    new = {"owner_org": "institute", "kind": "seller", "currency": "CNY", "account_name": "户名",
           "bank": "某银行", "number": "6222", "basis": "合同"}  # fmt: skip
    officer, second = browser("officer"), browser("second")
    assert officer.post("/money/accounts", data={**new, "basis": " "}).status_code == 422
    assert officer.post("/money/accounts", data={**new, "kind": "operator"}).status_code == 422
    assert officer.post("/money/accounts", data=new).status_code == 303
    assert "/approve" not in officer.get("/money/accounts").text
    page = second.get("/money/accounts").text
    path = next(part for part in page.split('"') if part.endswith("/approve"))
    assert second.post(path).status_code == 303
    assert "已复核" in text_of(second.get("/money/accounts"))


def test_an_invoice_goes_its_way(browser, here):
    buyer, officer = browser("buyer"), browser("officer")
    ask = {"decision": "ask", "kind": "vat_ordinary", "amount": "10万", "title": "澄岚",
           "mail": "a@b.example"}  # fmt: skip
    assert buyer.post(f"{here}/invoices/new", data={**ask, "title": ""}).status_code == 422
    assert buyer.post(f"{here}/invoices/new", data=ask).status_code == 303
    page = officer.get(here).text
    path = next(part for part in page.split('"') if part.startswith(f"{here}/invoices/"))
    assert officer.post(path, data={"decision": "deliver"}).status_code == 422
    assert officer.post(path, data={"decision": "issue", "note": "0123"}).status_code == 303
    assert officer.post(path, data={"decision": "deliver"}).status_code == 303
    assert "0123" in text_of(buyer.get(here))
