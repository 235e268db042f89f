"""What the pages say to a winner who leaves, and to who decides about the deposit."""

from __future__ import annotations

from core.actor import SYSTEM
from core.ids import show
from tests.deals.rounds.test_round_deposits import award, of, owed
from tests.deals.rounds.test_round_pages import plant_market, prove
from tests.deals.test_pages import app, browser, text_of

__all__ = ["app", "browser"]
CITED = "《招标投标法实施条例》第74条"


def test_a_winner_reads_what_leaving_costs_and_the_desk_what_a_rule_proposes(browser, scene):
    deal = show("deal", award(scene))
    scene.run(SYSTEM, plant_market)
    buyer, office, market = browser("buyer"), browser("officer"), browser("approver")
    scene.run(SYSTEM, prove)
    said = text_of(buyer.get(f"/deals/{deal}/leave"))
    assert "80,000.00 可能不予退还" in said
    assert CITED in said
    assert "可能不予退还" not in text_of(office.get(f"/deals/{deal}/leave"))
    assert buyer.post(f"/deals/{deal}/leave", data={"reason": "no_budget"}).status_code == 303
    here = f"/money/{show('obligation', owed(scene))}"
    for client in (buyer, office, market):
        said = text_of(client.get(here))
        assert CITED in said
        assert "预算或项目取消" in said
    step = text_of(office.get(f"{here}/forfeit"))
    assert CITED in step
    assert "不予没收" not in step  # only an operator drops it
    assert "不予没收" in text_of(market.get(f"{here}/forfeit"))
    facts = {"rule": "公告第七条", "reason": "成交后拒绝签约。", "decision": "propose"}
    assert office.post(f"{here}/forfeit", data=facts).status_code == 303
    assert (of(scene).proposed_by, of(scene).rule) == ("officer", "公告第七条")
    assert CITED not in text_of(buyer.get(here))
