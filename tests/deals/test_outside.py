"""A price that a state owner finds in a way that the law does not name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from accounts.models import Organisation
from bootstrap import ROOT
from core.errors import Invalid
from core.law.book import LawBook
from core.results import Done
from deals.actions.post_terms import post_terms
from deals.lawful import PRICE_WAYS
from deals.models import Posting
from deals.outside import ask_why, is_outside
from deals.posting import Posted
from deals.queries.postings import posting_page
from tests.deals.conftest import LISTING, OWN_RULES
from tests.deals.conftest import terms as plain_terms

LAW = LawBook.load(ROOT / "policies").profile("cn-national", date(2026, 11, 30))
PRICE = {"way": "ordinary", "entry_fee": None, "royalty": None, "royalty_base": "",
         "lump_sum": 80_000_000, "valid_until": None}  # fmt: skip


def enforced(how: str):
    values = dict(LAW.values)
    values[PRICE_WAYS] = replace(LAW.value(PRICE_WAYS), enforce=how)
    return replace(LAW, values=values)


@pytest.mark.parametrize(
    ("mode", "enforce", "reason", "code"),
    [
        ("negotiated", "warn", "", None),
        ("open_listing", "block", "", None),
        ("fixed_price", "warn", "", "mode_outside"),
        ("fixed_price", "warn", " 小额 ", "mode_outside"),
        ("fixed_price", "warn", OWN_RULES, None),
        ("open_licence", "warn", "", "mode_outside"),
        ("trial_conversion", "warn", OWN_RULES, None),
        ("fixed_price", "block", OWN_RULES, "mode_barred"),
    ],
)
def test_each_mode_by_each_rule(mode, enforce, reason, code):
    profile = enforced(enforce)
    assert is_outside(profile, mode) == (mode not in {"negotiated", "open_listing"})
    if code is None:
        ask_why(profile, mode, reason, "zh")
        return
    with pytest.raises(Invalid) as refused:
        ask_why(profile, mode, reason, "zh")
    ((problem,),) = refused.value.problems.values()
    assert problem.code == code
    assert "第18条" in problem.params["citation"]


def test_a_silent_profile_asks_nothing():
    silent = {id: value for id, value in LAW.values.items() if id != PRICE_WAYS}
    law = replace(LAW, values=silent)
    assert not is_outside(law, "fixed_price")
    ask_why(law, "fixed_price", "", "zh")


def posted(reason: str) -> Posted:
    return Posted("fixed_price", plain_terms(**PRICE), mode_reason=reason)


def test_the_reason_is_kept_and_read_behind_the_desk(stage):
    run = stage.executor.run
    for reason in ("", "长" * 1001):
        with pytest.raises(Invalid) as refused:
            run(stage.officer, post_terms, LISTING, posted(reason))
        assert set(refused.value.problems) == {"mode_reason"}
    made = run(stage.officer, post_terms, LISTING, posted(OWN_RULES)).ref
    with stage.executor.database.read() as session:
        assert session.get_one(Posting, made).mode_reason == OWN_RULES
        readers = (stage.officer, stage.operator, stage.buyer, stage.stranger)
        pages = [posting_page(session, who, made, date(2026, 11, 24), "zh") for who in readers]
        assert [page.desk for page in pages] == [True, True, False, False]


def test_an_owner_abroad_is_not_asked(stage):
    def abroad(uow):
        at = uow.lock(Organisation, "institute")
        at.row.country = "DE"
        at.record("changed")
        return Done()

    stage.executor.run(stage.operator, abroad)
    assert stage.executor.run(stage.officer, post_terms, LISTING, posted("")).ref
