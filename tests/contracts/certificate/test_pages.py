"""The pages of a certificate, as a browser without scripts meets them, and its paper."""

from __future__ import annotations

import base64
import io

import pytest
from pypdf import PdfReader

from accounts.models import Membership, Organisation, OrganisationName
from contracts.certificate.sheet import address, told
from core import qr
from core.actor import SYSTEM
from core.audit import public_key, signing_key
from core.ids import show
from core.results import Done
from core.unit_of_work import UnitOfWork
from core.verify import signed
from tests.contracts.certificate.test_certificate import certificates
from tests.contracts.registration.test_registration import FIXED
from tests.deals.conftest import WHEN
from tests.deals.test_pages import app as app
from tests.deals.test_pages import browser as browser
from tests.deals.test_pages import text_of


def plant_operator(uow: UnitOfWork) -> Done:
    at = uow.create(Organisation(
        id="market", kind="operator", state="vetted", number="market", registered_by="officer",
        decided_by="second", registered_at=WHEN,
    ))  # fmt: skip
    uow.session.flush()
    name = {"language": "zh", "name": "桥易运营中心", "original": True}
    at.add(OrganisationName(organisation="market", **name))
    at.add(Membership(
        organisation="market", person="approver", roles=["operator"], starts_at=WHEN
    ))  # fmt: skip
    at.record("planted")
    return Done()


@pytest.fixture
def here(desk) -> str:
    desk.run(SYSTEM, plant_operator)
    contract = desk.signed(**FIXED)
    return f"/deals/{show('deal', desk.contract(contract).deal)}/contract"


def test_from_the_operators_page_to_everybodys(desk, browser, here):
    operator, buyer, visitor = browser("approver"), browser("buyer"), browser()
    assert "出具交易鉴证书" in text_of(operator.get(here))
    assert "出具交易鉴证书" not in text_of(buyer.get(here))
    assert "不能修改，只能撤销" in text_of(operator.get(f"{here}/certificate"))
    assert operator.post(f"{here}/certificate", data={"amount": "y"}).status_code == 303
    (row,) = certificates(desk)
    again = operator.post(f"{here}/certificate")
    assert "已有有效的交易鉴证书" in text_of(again)
    assert row.number in text_of(buyer.get(here))
    page = visitor.get(f"/certificates/{row.number}")
    price, how = "¥100,000.00", "双方协商议定价格。"
    for said in ("真实有效", "桥易运营中心", row.number, "散热膜", price, how, row.digest):
        assert said in text_of(page)
    assert 'name="robots" content="noindex"' in page.text
    english = text_of(visitor.get(f"/en/certificates/{row.number}"))
    for said in ("Genuine", "Both sides agreed on the price in talks.", "Exclusive licence"):
        assert said in english
    assert operator.post(f"{here}/certificate/withdraw", data={"reason": ""}).status_code == 422
    typed = {"reason": "受让方名称有误"}
    assert operator.post(f"{here}/certificate/withdraw", data=typed).status_code == 303
    gone = text_of(visitor.get(f"/certificates/{row.number}"))
    assert "不再有效" in gone
    for hidden in ("散热膜", "¥100,000.00", "受让方名称有误"):
        assert hidden not in gone
    assert "受让方名称有误" in text_of(buyer.get(here))
    assert visitor.get(f"/certificates/{row.number}/signed.json").status_code == 404
    assert buyer.get(f"{here}/certificate/zh.pdf").status_code == 404


def test_the_signed_text_is_checked_without_the_market(desk, browser, here):
    browser("approver").post(f"{here}/certificate")
    (row,) = certificates(desk)
    with browser().get(f"/certificates/{row.number}/signed.json") as sent:
        text = sent.data
    secret = desk.stage.executor.ports.secret
    key = signing_key(secret).public_key()
    key.verify(_octets(row.signature), text)
    assert signed(_octets(public_key(signing_key(secret))), _octets(row.signature), text)
    assert not signed(_octets(public_key(signing_key(secret))), _octets(row.signature), text + b" ")


def _octets(text: str) -> bytes:
    return base64.b64decode(text)


@pytest.mark.parametrize("path", ["nothing", "nothing/signed.json", "a/b/c", "20261130-"])
def test_an_unknown_number_is_not_found(browser, here, path):
    answer = browser().get(f"/certificates/{path}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_who_is_no_operator_finds_no_page_to_certify(browser, here):
    for person in ("officer", "buyer", "stranger"):
        assert browser(person).get(f"{here}/certificate").status_code == 404
        assert browser(person).post(f"{here}/certificate").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_bears_number_address_and_code(desk, browser, here, language):
    browser("approver").post(f"{here}/certificate")
    (row,) = certificates(desk)
    with browser("officer").get(f"{here}/certificate/{language}.pdf") as sent:
        assert sent.data.startswith(b"%PDF-")
        said = "".join(one.extract_text() for one in PdfReader(io.BytesIO(sent.data)).pages)
    assert row.number in said
    assert f"/certificates/{row.number}" in "".join(said.split())
    printed = told(row, "https://m.example", language)
    assert qr.code(address("https://m.example", row.number)).path in printed["qr"]
    assert browser("officer").get(f"{here}/certificate/fr.pdf").status_code == 404
    assert browser("stranger").get(f"{here}/certificate/{language}.pdf").status_code == 404


def test_what_no_longer_fits_its_signature_is_said_and_not_shown(desk, browser, here):
    browser("approver").post(f"{here}/certificate")
    (row,) = certificates(desk)
    with desk.stage.executor.database.write() as session:
        session.merge(row).shown = row.shown | {"buyer": "另一家公司"}
        session.commit()
    page = text_of(browser().get(f"/certificates/{row.number}"))
    assert "与市场签名不符" in page
    assert "另一家公司" not in page


def test_a_certificate_stands_in_no_list(desk, browser, here):
    browser("approver").post(f"{here}/certificate")
    (row,) = certificates(desk)
    for path in ("/sitemap.xml", "/changes", "/notices", f"/search?q={row.number}"):
        answer = browser().get(path)
        assert f"/certificates/{row.number}" not in answer.text, path
