"""Whatever the way, a notice says in every form what passes and for how much; of a trial also what
it can become, and by what that is measured."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from core import typesetting
from core.ids import show
from deals.actions.accept_offer import accept_offer
from listings.kinds import Way
from tests.contracts.test_trial import JOINT, TRIAL
from tests.deals.conftest import stage
from tests.deals.test_pages import app, browser, text_of
from tests.deals.test_relations import published_before
from tests.reporting.test_notice_papers import Reader, word_text

__all__ = ["app", "browser", "stage"]
LUMP = {"entry_fee": None, "royalty": None, "royalty_base": "", "lump_sum": 80_000_000}
TERMS = {
    Way.ASSIGNMENT: LUMP,
    Way.EXCLUSIVE: {"territory": "浙江省"},
    Way.SOLE: {"field": "手机散热"},
    Way.ORDINARY: {"until": date(2031, 12, 31)},
    Way.EQUITY_CONTRIBUTION: LUMP | {"lump_sum": None, "equity": 3000, "company": "澄岚热管理"},
    Way.JOINT_DEVELOPMENT: JOINT | {"lump_sum": 60_000_000},
    Way.TRIAL_LICENCE: TRIAL | {"converts_to": "assignment"},
}
WORDS = {
    Way.ASSIGNMENT: (("转让", "总价¥800,000"), ("Assignment", "lump sum")),
    Way.EXCLUSIVE: (("独占许可", "浙江省", "入门费¥2,400,000"), ("Exclusive licence", "entry fee")),
    Way.SOLE: (("排他许可", "手机散热"), ("Sole licence", "手机散热")),
    Way.ORDINARY: (("普通许可", "2031"), ("Ordinary licence", "2031")),
    Way.EQUITY_CONTRIBUTION: (("作价投资", "30%", "澄岚热管理"), ("30%", "澄岚热管理")),
    Way.JOINT_DEVELOPMENT: (("合作开发", "总价¥600,000"), ("Joint development", "lump sum")),
    Way.TRIAL_LICENCE: (
        ("可以转为", "转让，衡量标准：三个月内良率不低于百分之九十五。", "¥300,000"),
        ("Can become", "Assignment, measured by: 三个月内良率不低于百分之九十五。", "300,000"),
    ),
}
CONVERSION = ("可以转为", "Can become")


def noticed(stage, way: str):
    made = {"way": way, "valid_until": None} | TERMS[way]
    deal = stage.open(way=way)
    version = stage.offer(deal, stage.officer, **made)
    stage.executor.run(stage.buyer, accept_offer, deal, version)
    return stage.notice(deal)


def said(browser, path: str) -> dict[str, str]:
    """The text of each form, without spaces and line ends."""
    pasted = Reader()
    with browser().get(f"{path}/paper.html") as answer:
        pasted.feed(answer.text)
    found = {"page": text_of(browser().get(path)), "paste": pasted.text}
    with browser().get(f"{path}/paper.docx") as answer:
        found["word"] = word_text(answer.data)
    if typesetting.fonts():
        with browser().get(f"{path}/paper.pdf") as answer:
            pages = PdfReader(io.BytesIO(answer.data)).pages
        found["pdf"] = "".join(page.extract_text() for page in pages)
    return {form: tight(text) for form, text in found.items()}


def tight(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("way", Way)
def test_every_form_says_what_passes(stage, browser, way):
    path = f"/notices/{show('notice', noticed(stage, way).id)}"
    for prefix, words, becomes in zip(("", "/en"), WORDS[way], CONVERSION, strict=True):
        for form, text in said(browser, f"{prefix}{path}").items():
            for word in words:
                assert tight(word) in text, (form, word)
            assert (tight(becomes) in text) == (way is Way.TRIAL_LICENCE), form


def test_a_trial_on_notice_before_says_what_it_said(stage, runtime, browser):
    before = published_before(runtime, noticed(stage, Way.TRIAL_LICENCE))
    for prefix, becomes in zip(("", "/en"), CONVERSION, strict=True):
        for form, text in said(browser, f"{prefix}/notices/{show('notice', before)}").items():
            assert tight(becomes) not in text, form
            assert "300,000" in text, form


def test_programs_read_what_a_trial_can_become(stage, browser):
    trial = noticed(stage, Way.TRIAL_LICENCE)
    read = browser().get(f"/api/v1/notices/{show('notice', trial.id)}").json["terms"]
    assert (read["converts_to"], read["metrics"]) == ("assignment", TRIAL["metrics"])
