"""The pages of a registration, as a browser without scripts meets them, from both sides."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from core.ids import show
from tests.contracts.registration.test_registration import FIXED, NUMBER, only, today
from tests.deals.test_pages import app as app
from tests.deals.test_pages import browser as browser
from tests.deals.test_pages import text_of

FORM = {
    "kind": "licence_contract", "project": "散热膜独占实施许可", "signed_on": "2026-11-30",
    "starts_on": "2026-11-30", "ends_on": "", "ip_type": "know_how", "field": "3", "plan": "none",
    "payment": "lump_sum", "turnover": "10万", "tech_amount": "9万", "new_investment": "0",
    "new_output": "0", "seller_country": "156", "seller_region": "330100",
    "seller_legal_type": "institution", "buyer_country": "156", "buyer_region": "330200",
    "buyer_legal_type": "enterprise", "summary": "",
}  # fmt: skip


@pytest.fixture
def here(desk, drain) -> str:
    desk.signed(**FIXED)
    drain()
    return f"/deals/{show('deal', only(desk).deal)}/registration"


def test_from_a_signed_contract_to_its_number(desk, browser, here):
    officer, buyer = browser("officer"), browser("buyer")
    page = text_of(officer.get(here))
    for said in ("缺少", "技术领域", "税收估算", "企业所得税法实施条例", "未核到"):
        assert said in page
    early = officer.post(f"{here}/hand-in", data={"answering": "1"})
    assert early.status_code == 422
    typo = officer.post(f"{here}/form", data={**FORM, "turnover": "很多", "answering": "1"})
    assert typo.status_code == 422
    assert "很多" in typo.text
    assert officer.post(f"{here}/form", data={**FORM, "answering": "1"}).status_code == 303
    assert "¥90,000.00" in text_of(buyer.get(here))
    assert buyer.get(f"{here}/form").status_code == 302
    assert officer.post(f"{here}/hand-in", data={"answering": "2"}).status_code == 303
    assert "登记机构应于" in text_of(buyer.get(here))
    short = officer.post(f"{here}/answer", data={"outcome": "registered", "number": "1"})
    assert short.status_code == 422
    answer = {"outcome": "registered", "number": NUMBER, "registered_on": today(desk).isoformat()}
    assert officer.post(f"{here}/answer", data=answer).status_code == 303
    assert NUMBER in text_of(buyer.get(here))
    changed = {**FORM, "turnover": "12万", "answering": "2", "reason": "补充协议"}
    assert officer.post(f"{here}/change", data=changed).status_code == 303
    assert "变更办理中" in text_of(buyer.get(here))
    back = {"outcome": "returned", "reason": "未盖章"}
    assert officer.post(f"{here}/answer", data=back).status_code == 303
    assert officer.post(f"{here}/rescind", data={"reason": "协商解除"}).status_code == 303
    assert "已注销" in text_of(buyer.get(here))


def test_the_office_takes_papers_and_a_batch(desk, browser, here):
    officer = browser("officer")
    officer.post(f"{here}/form", data={**FORM, "project": "=1+1", "answering": "1"})
    with officer.get(f"{here}/form/zh.pdf") as sent:
        assert sent.data.startswith(b"%PDF-")
    assert officer.get(f"{here}/form/fr.pdf").status_code == 404
    assert "=1+1" in text_of(officer.get("/registrations"))
    assert "没有登记记录" in text_of(officer.get("/registrations?state=registered"))
    with officer.get("/registrations/batch.xlsx?state=drafted") as sent:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sent.data))
    heads, row = book.get_sheet_by_index(0).to_python()
    told = dict(zip(heads, row, strict=True))
    assert told["项目名称"] == "'=1+1"
    assert (told["合同成交额"], told["技术交易额"]) == ("100000.00", "90000.00")
    assert told["让与方 行政区划代码（GB/T 2260）"] == "330100 浙江省杭州市"


def test_messages_lead_to_the_pages(desk, browser, here):
    row = only(desk)
    for path, page in (
        (f"/registrations/{show('contract_registration', row.id)}", "registration"),
        (f"/contracts/{show('contract', row.contract)}", "contract"),
    ):
        led = browser("buyer").get(path)
        assert led.location.endswith(f"/{page}")
        assert browser("stranger").get(path).status_code == 404
