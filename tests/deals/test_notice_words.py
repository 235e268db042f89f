"""The operator's own wording of public notices: checked, from its day on, kept by what runs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.i18n import translator
from core.ids import show
from core.law.wordings import parse_wording
from core.times import legal_date
from deals import notices
from deals.actions.accept_offer import accept_offer
from deals.wording import NOTICE_WORDS
from governance.actions.approve_amendment import approve_amendment
from governance.actions.propose_amendment import propose_amendment
from governance.amending import Proposed
from governance.wording_rules import wording_problems
from tests.deals.conftest import OPERATOR, person
from tests.deals.test_pages import app, browser, text_of

__all__ = ["app", "browser"]
NAME = "notice.price"
SHIPPED = "科技成果转化公示"
OWN = {
    "zh": (
        "%(owner)s成果公示",
        "依照%(rules)s。\n\n%(facts)s\n\n%(days)s日内可书面提出异议。",
    ),
    "en": ("Results of %(owner)s", "By %(rules)s.\n\n%(facts)s\n\nObject within %(days)s days."),
}


def toml(**changed: tuple[str, str]) -> str:
    lines = [f'name = "{NAME}"']
    for language, (subject, body) in (OWN | changed).items():
        lines += [f"[{language}]", f"subject = '{subject}'", f"body = '''{body}'''"]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({}, set()),
        ({"zh": ("公示", "没有表格。")}, {"zh_body"}),
        ({"en": ("Notice", "%(facts)s for %(buyer)s")}, {"en_body"}),
        ({"en": ("%(facts)s", "%(facts)s")}, {"en_body"}),
        ({"en": ("Notice", "100 % %(facts)s")}, {"text"}),
    ],
)
def test_what_a_notice_may_say(changed, where):
    assert set(wording_problems(NAME, toml(**changed), NOTICE_WORDS)) == where


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_shipped_would_be_taken(language):
    say = translator(language).gettext
    said = tuple(say(part).replace("'", "’") for part in NOTICE_WORDS[NAME])
    assert wording_problems(NAME, toml(zh=said, en=said), NOTICE_WORDS) == {}


def noticed(stage) -> str:
    deal = stage.open(way="ordinary")
    version = stage.offer(deal, stage.officer, way="ordinary", valid_until=None)
    stage.executor.run(stage.buyer, accept_offer, deal, version)
    return deal


def test_a_notice_keeps_the_words_of_the_day_on_which_it_began(stage, clock, browser, runtime):
    early = noticed(stage)
    with runtime.database.read() as session:
        day = legal_date(runtime.database.now(session), runtime.settings.zone) + timedelta(days=8)
    proposed = Proposed("wording", NAME, toml(), day, "统一公示用语。")
    made = stage.executor.run(stage.operator, propose_amendment, proposed).ref
    stage.executor.run(person("second-operator", OPERATOR), approve_amendment, made)
    stage.executor.forget_law()
    assert stage.executor.law.wording(NAME, day) == parse_wording(NAME, toml())
    between = noticed(stage)
    clock.move(timedelta(days=9))
    later = noticed(stage)
    for deal, own in ((early, False), (between, False), (later, True)):
        notice = stage.notice(deal)
        assert bool(notice.words) == own
        assert notices.digest(notice) == notice.digest
        assert ("words" in notices.published(notice)) == own
        path = f"/notices/{show('notice', notice.id)}"
        page = text_of(browser().get(path))
        assert ("institute甲成果公示" in page, "可书面提出异议" in page) == (own, own)
        assert (SHIPPED in page) == (not own)
        with browser().get(f"{path}/paper.html") as paste:
            assert ("成果公示</h1>" in paste.text) == own
        with browser().get(f"/en{path}/paper.html") as paste:
            assert ("Object within 15 days." in paste.text) == own
        with browser().get(f"{path}/paper.pdf") as paper:
            assert paper.data.startswith(b"%PDF-")


def test_the_console_offers_it_with_its_names(sample_market, client_of):
    client = client_of("operator")
    assert NAME in client.get("/operator/policies/letters").text
    page = client.get(f"/operator/policies/letters/{NAME}").text
    for name in ("%(owner)s", "%(rules)s", "%(facts)s", "%(days)s"):
        assert name in page
