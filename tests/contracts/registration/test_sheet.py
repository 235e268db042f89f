"""The registry's papers: the form, and what the contract says, always in Chinese."""

from __future__ import annotations

from contracts.registration.sheet import Papers, pdf
from tests.contracts.conftest import draft
from tests.contracts.registration.test_rules import form
from tests.contracts.test_lint import matter
from tests.contracts.test_sheet import read

ENGLISH = {name: "The licensee may use it." for name, _ in draft().items}


def printed(language: str = "zh", **more: object) -> str:
    said = more.pop("draft", draft())
    papers = Papers("20261130-0A1B2C3D", "f" * 64, matter(), said, form(**more), "2026330100001234")
    return "".join(read(pdf(papers, language)))


def test_the_form_holds_every_field_and_the_sheet_every_item():
    text = printed()
    for said in (
        "技术合同登记表", "20261130-0A1B2C3D", "2026330100001234", "技术许可合同", "技术交易额",
        "发明专利", "3新材料产业", "非计划内项目", "156", "330100浙江省杭州市", "事业单位",
        "合同摘要表", "201810000001.2",
    ):  # fmt: skip
        assert said in text
    for _, item in draft().items:
        assert "".join(item.split()) in text


def test_a_contract_in_another_language_is_summed_up_in_chinese():
    text = printed(draft=draft(**ENGLISH), summary="许可实施散热膜专利。#[不是标记]")
    assert "许可实施散热膜专利。#[不是标记]" in text
    assert "Thelicenseemayuseit." not in text


def test_the_same_in_english_is_to_read():
    assert "Technologyamount" in printed("en")
