"""The pages of signing electronically, as a browser without scripts meets them."""

from __future__ import annotations

import json
import time

import pytest

from contracts.actions.confirm_copy import confirm_copy
from contracts.signing.http import HttpSigning
from contracts.signing.models import ContractSignature
from contracts.signing.tasks.obtain import Obtain
from core.ids import show
from core.settings import Settings
from core.signatures import HEADER, signature
from tests.contracts.signing.conftest import SECRET
from tests.deals.test_pages import app as app
from tests.deals.test_pages import browser as browser
from tests.deals.test_pages import only, text_of
from tests.factors import code_of

SAID = {"authority": "authorised", "consent": "y"}


def here(desk, contract: str) -> str:
    return f"/deals/{show('deal', desk.contract(contract).deal)}/contract"


def test_one_side_signs_here_and_the_other_on_paper(desk, browser, executor):
    contract = desk.ready()
    at = here(desk, contract)
    officer, buyer = browser("officer"), browser("buyer")
    page = text_of(officer.get(f"{at}/sign-electronically"))
    assert "《电子签名法》第13、14条" in page
    assert "签署人没有自己的证书" in page
    wrong = officer.post(f"{at}/sign-electronically", data={**SAID, "name": "Officer"})
    assert "请先验证第二步" in text_of(wrong)
    said = {**SAID, "name": "Other", "code": code_of(executor, "officer")}
    assert "Officer" in text_of(officer.post(f"{at}/sign-electronically", data=said))
    # The code was used up and still serves: it was shown within the last five minutes.
    done = officer.post(f"{at}/sign-electronically", data={**SAID, "name": "officer"})
    assert done.status_code == 303
    page = text_of(buyer.get(at))
    assert "已电子签署" in page
    assert "文本、PDF 和证据文件与签署时一致" in page
    assert "Signed electronically" in text_of(buyer.get(f"/en{at}"))
    desk.run(desk.stage.officer, confirm_copy, contract, desk.hand_in(contract, desk.stage.buyer))
    assert "双方已签署" in text_of(officer.get(at))
    row = only(executor, ContractSignature)
    with buyer.get(f"{at}/signatures/{row.id}/evidence") as sent:
        assert sent.data[:2] == b"PK"
    with buyer.get(f"{at}/document.pdf") as sent:
        assert sent.data.startswith(b"%PDF-")
    assert browser("stranger").get(f"{at}/document.pdf").status_code == 404


def test_a_wrong_code_is_counted_and_signs_nothing(desk, browser):
    contract = desk.ready()
    at = here(desk, contract)
    said = {**SAID, "name": "Buyer", "code": "000000"}
    assert "动态码不符" in text_of(browser("buyer").post(f"{at}/sign-electronically", data=said))
    limited = [browser("buyer").post(f"{at}/sign-electronically", data=said) for _ in range(12)]
    assert "动态码不符" not in text_of(limited[-1])
    assert desk.contract(contract).state == "ready"


@pytest.fixture
def served(runtime, service, monkeypatch):
    """A market whose settings name the service."""
    settings = runtime.settings.model_copy(
        update={"signing_url": service.url, "signing_secret": SECRET}
    )
    signing = HttpSigning(service.outbound, service.url, SECRET)
    monkeypatch.setattr(runtime, "settings", settings)
    monkeypatch.setattr(
        type(runtime), "signing", property(lambda self: Obtain(self.executor, signing))
    )
    return service


def call(client, body: bytes, at: int, secret: str = SECRET):
    return client.post("/signing/heard", data=body, headers={HEADER: signature([secret], at, body)})


def test_at_a_service_the_call_back_is_checked_and_the_state_asked_for(
    desk, browser, executor, served
):
    contract = desk.ready()
    at, officer = here(desk, contract), browser("officer")
    said = {**SAID, "name": "Officer", "code": code_of(executor, "officer")}
    assert officer.post(f"{at}/sign-electronically", data=said).status_code == 303
    row = only(executor, ContractSignature)
    page = officer.get(at)
    assert row.address in page.text
    assert "电子签署进行中" in text_of(page)
    assert row.address not in browser("buyer").get(at).text
    served.signs(row.reference)
    body, visitor = json.dumps({"reference": row.reference}).encode(), browser()
    with executor.database.read() as session:
        now = int(executor.database.now(session).timestamp())
    assert call(visitor, body, now, "another secret").status_code == 404
    assert call(visitor, body, now - 301).status_code == 404
    assert call(visitor, b"{}", now).status_code == 404
    assert only(executor, ContractSignature).state == "asked"
    assert [call(visitor, body, now).status_code for _ in range(2)] == [204, 204]
    assert only(executor, ContractSignature).state == "signed"


def test_a_lost_call_is_made_good_by_asking(desk, browser, executor, served):
    contract = desk.ready()
    at, officer = here(desk, contract), browser("officer")
    said = {**SAID, "name": "Officer", "code": code_of(executor, "officer")}
    officer.post(f"{at}/sign-electronically", data=said)
    row = only(executor, ContractSignature)
    asked = f"{at}/signatures/{row.id}"
    assert browser("buyer").post(f"{asked}/fetch").status_code == 403
    assert officer.post(f"{asked}/fetch").status_code == 303
    assert only(executor, ContractSignature).state == "asked"
    assert officer.post(f"{asked}/take-back").status_code == 303
    assert only(executor, ContractSignature).state == "taken_back"


def test_a_market_without_a_service_hears_nobody(browser):
    body = b'{"reference": "x"}'
    assert call(browser(), body, int(time.time()), "").status_code == 404


def test_production_wants_a_secret_and_https():
    unsafe = Settings(_env_file=None, env="production", signing_url="http://sign.example")
    assert any("QIAOYI_SIGNING_URL" in said for said in _sentences(unsafe))
    good = unsafe.model_copy(
        update={"signing_url": "https://sign.example", "signing_secret": "s" * 32}
    )
    assert not any("QIAOYI_SIGNING_URL" in said for said in _sentences(good))


def _sentences(settings: Settings) -> list[str]:
    return [said for unsafe, said in settings._production_rules() if unsafe]
