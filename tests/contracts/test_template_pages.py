"""The pages of Word templates, and the Word that a contract's page gives."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document

from contracts.templates.actions.retire_template import retire_template
from contracts.templates.errors import TemplateRetired
from contracts.templates.models import ContractTemplate
from core.errors import NotFound
from core.ids import show
from tests.contracts.conftest import draft
from tests.contracts.test_word import made, read
from tests.deals.test_pages import app as app
from tests.deals.test_pages import browser as browser
from tests.deals.test_pages import only, text_of

PATH = "/contracts/templates"


def sent(octets: bytes, name: str = "own.docx", **more: str) -> dict[str, object]:
    asked = {"owner_org": "institute", "name": "许可合同（本校）", "edition": "zh"}
    return {**asked, **more, "file": (io.BytesIO(octets), name)}


def test_each_side_takes_the_text_as_it_reads_now(desk, browser):
    contract = desk.ready()
    here = f"/deals/{show('deal', desk.contract(contract).deal)}/contract"
    for who, edition in (("officer", "zh"), ("buyer", "en"), ("buyer", "both")):
        with browser(who).get(f"{here}/word/{edition}.docx") as answer:
            said = read(Document(io.BytesIO(answer.data)))
        assert desk.contract(contract).digest in said
        assert draft().scope in said
    assert browser("stranger").get(f"{here}/word/zh.docx").status_code == 404
    assert browser("officer").get(f"{here}/word/xx.docx").status_code == 404


def test_a_contract_in_work_comes_without_a_digest(desk, browser):
    contract = desk.open()
    here = f"/deals/{show('deal', desk.contract(contract).deal)}/contract"
    with browser("buyer").get(f"{here}/word/zh.docx") as answer:
        assert "SHA-256" not in read(Document(io.BytesIO(answer.data)))


def test_an_own_template_from_the_page_to_its_end(desk, browser, executor):
    contract = desk.open()
    here = f"/deals/{show('deal', desk.contract(contract).deal)}/contract"
    officer = browser("officer")
    assert "还没有模板" in text_of(officer.get(PATH))
    assert officer.post(PATH, data=sent(made("本校 {{ number }}"))).status_code == 303
    row = only(executor, ContractTemplate)
    shown = show("contract_template", row.id)
    assert "许可合同（本校）" in text_of(officer.get(f"{here}/word"))
    assert f"{here}/word" in officer.get(here).text
    assert "许可合同（本校）" not in text_of(browser("buyer").get(f"{here}/word"))
    with officer.get(f"{here}/word/{shown}.docx") as answer:
        number = desk.contract(contract).number
        assert f"本校 {number}" in read(Document(io.BytesIO(answer.data)))
    with officer.get(f"{PATH}/{shown}/file.docx") as answer:
        assert "{{ number }}" in read(Document(io.BytesIO(answer.data)))
    assert browser("scholar").get(f"{here}/word/{shown}.docx").status_code == 200  # its contact
    for other in ("buyer", "stranger"):
        assert browser(other).get(f"{here}/word/{shown}.docx").status_code == 404
    for other in ("buyer", "stranger", "scholar"):
        assert browser(other).get(f"{PATH}/{shown}/file.docx").status_code == 404
        assert browser(other).post(f"{PATH}/{shown}/retire").status_code == 404
    assert officer.post(f"{PATH}/{shown}/retire").status_code == 303
    assert officer.get(f"{here}/word/{shown}.docx").status_code == 404
    assert "已停用" in text_of(officer.get(PATH))


@pytest.mark.parametrize(
    ("octets", "name", "said"),
    [
        (made("{{ number }} {{ salary }}"), "own.docx", "salary"),
        (b"PK\x03\x04", "own.docx", "无法读取"),
        (b"%PDF-1.7", "own.pdf", "Word"),
    ],
)
def test_what_cannot_be_used_is_refused_beside_the_field(browser, executor, octets, name, said):
    answer = browser("officer").post(PATH, data=sent(octets, name))
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_only_keepers_of_the_organisation_add(browser):
    good = made("{{ number }}")
    for who, house in (("officer", "firm"), ("scholar", "institute"), ("buyer", "firm")):
        answer = browser(who).post(PATH, data=sent(good, owner_org=house))
        assert answer.status_code in {403, 422}, who
    page = browser("scholar").get(PATH).text
    assert not re.search(r'type="file"', page)


def test_retired_once(desk, browser, executor):
    browser("officer").post(PATH, data=sent(made("{{ number }}")))
    row = only(executor, ContractTemplate)
    with pytest.raises(NotFound):
        desk.run(desk.stage.buyer, retire_template, row.id)
    desk.run(desk.stage.officer, retire_template, row.id)
    with pytest.raises(TemplateRetired):
        desk.run(desk.stage.officer, retire_template, row.id)
