"""The pages of a decision, as a browser without scripts meets them."""

from __future__ import annotations

import io

from sqlalchemy import select

from core.ids import show
from deals.deciding.models import DecisionRule
from tests.deals.deciding.conftest import MEETING, gate
from tests.deals.test_pages import app as app
from tests.deals.test_pages import browser as browser
from tests.deals.test_pages import text_of
from tests.trust.world import demo

PAPER = b"%PDF-1.7 minutes"


def test_the_office_sets_and_ends_steps(sample_market, client_of):
    officer = demo(sample_market, "tto_officer")
    page = f"/organisations/{show('organisation', officer.seats[0].organisation)}/decisions"
    office = client_of("tto_officer")
    assert "尚未设置步骤" in text_of(office.get(page))
    form = {"name": "分管副校长", "kind": "person", "person": officer.person, "position": "1",
            "days": "5", "least": "100万", "modes": ["negotiated"], "ways": ["exclusive"],
            "assets": ["patent"], "related_only": "y"}  # fmt: skip
    for wrong in ({"name": ""}, {"kind": ""}, {"person": ""}, {"position": "x"}, {"least": "很多"}):
        assert office.post(page, data=form | wrong).status_code == 422
    assert office.post(page, data=form).status_code == 303
    shown = text_of(office.get(page))
    for part in (
        "分管副校长",
        "5 个工作日内",
        "¥1,000,000.00起",
        "协议定价",
        "独占许可",
        "关联买方",
    ):
        assert part in shown
    assert "Approval steps" in text_of(office.get("/en" + page))
    assert "Set a step" not in text_of(client_of("researcher").get("/en" + page))
    rule = one(sample_market)
    assert office.post(f"{page}/{rule}/end").status_code == 303
    assert "停用该步骤" not in text_of(office.get(page))


def one(market) -> str:
    with market.database.read() as session:
        return session.scalars(select(DecisionRule.id)).one()


def given(client, path: str) -> bytes:
    """A file, closed again."""
    with client.get(path) as answer:
        assert answer.status_code == 200
        return bytes(answer.data)


def decision(deal: str, *more: str) -> str:
    return "/".join(["/deals", show("deal", deal), "decision", *more])


def test_from_the_room_to_the_last_step(browser, house):
    house.sets(gate(), MEETING)
    deal = house.agreed()
    officer, scholar = browser("officer"), browser("scholar")
    room = text_of(officer.get(f"/deals/{show('deal', deal)}"))
    assert "完成本单位内部审批" in room
    assert "已通过 0 步，共 2 步。" in room
    assert "等待您审批" in text_of(scholar.get("/deals"))
    led = scholar.get(f"/deals/{show('deal', deal)}")
    assert (led.status_code, led.location) == (200, None)
    first, meeting = house.steps(deal)
    assert "分管副校长" in text_of(scholar.get(decision(deal, first.id)))
    refused = scholar.post(decision(deal, first.id), data={"outcome": "refused"})
    assert refused.status_code == 422
    assert "请写明理由" in text_of(refused)
    assert scholar.post(decision(deal, first.id), data={"outcome": "passed"}).status_code == 303
    form = {"outcome": "passed", "number": "第18号", "held_on": "2026-11-01"}
    sent = form | {"paper": (io.BytesIO(b"no paper"), "minutes.txt")}
    assert officer.post(decision(deal, meeting.id), data=sent).status_code == 422
    assert officer.post(decision(deal, meeting.id), data=form).status_code == 422
    sent = form | {"paper": (io.BytesIO(PAPER), "minutes.pdf")}
    assert officer.post(decision(deal, meeting.id), data=sent).status_code == 303
    page = text_of(officer.get(decision(deal)))
    assert "已通过 2 步，共 2 步。" in page
    assert given(officer, decision(deal, meeting.id, "paper")) == PAPER
    assert officer.get(decision(deal, first.id, "paper")).status_code == 404
    for language in ("zh", "en"):
        assert given(officer, decision(deal, "sheet", f"{language}.pdf"))[:5] == b"%PDF-"
    assert officer.get(decision(deal, "sheet", "xx.pdf")).status_code == 404


def test_a_refused_step_is_put_again(browser, house):
    house.sets(gate())
    deal = house.agreed()
    officer, scholar = browser("officer"), browser("scholar")
    step = house.steps(deal)[0]
    sent = {"outcome": "refused", "note": "先评估。"}
    assert scholar.post(decision(deal, step.id), data=sent).status_code == 303
    assert "先评估。" in text_of(officer.get(decision(deal)))
    assert officer.post(decision(deal, step.id, "again")).status_code == 303
    assert "此前未通过：先评估。" in text_of(officer.get(decision(deal)))


def test_strangers_and_the_buyer_find_nothing(browser, house):
    house.sets(gate())
    deal = house.agreed()
    step = house.steps(deal)[0]
    for who in ("buyer", "stranger"):
        for path in (decision(deal), decision(deal, step.id), decision(deal, "sheet", "zh.pdf")):
            assert browser(who).get(path).status_code == 404
    assert "已通过 0 步，共 1 步。" in text_of(browser("buyer").get(f"/deals/{show('deal', deal)}"))


def test_a_price_without_steps_has_no_decision(browser, house):
    deal = house.agreed()
    assert browser("officer").get(decision(deal)).status_code == 404
    room = text_of(browser("officer").get(f"/deals/{show('deal', deal)}"))
    assert "单位内部审批" not in room


def test_the_seal_is_asked_for_and_printed(browser, desk):
    contract = desk.ready(way="ordinary")
    page = f"/deals/{show('deal', desk.contract(contract).deal)}/contract"
    officer = browser("officer")
    assert officer.post(f"{page}/seals", data={"seal": "wax", "copies": "2"}).status_code == 422
    assert (
        officer.post(f"{page}/seals", data={"seal": "contract", "copies": "2"}).status_code == 303
    )
    assert "合同专用章" in text_of(officer.get(page))
    assert given(officer, f"{page}/seals/1.pdf")[:5] == b"%PDF-"
    assert officer.get(f"{page}/seals/2.pdf").status_code == 404
    assert browser("buyer").get(f"{page}/seals/1.pdf").status_code == 404
    assert "用印" not in text_of(browser("buyer").get(page))


def test_a_contribution_says_what_share_of_which_company(browser, stage):
    deal, officer = stage.open(way="equity_contribution"), browser("officer")
    page = f"/deals/{show('deal', deal)}/offer"
    form = {"way": "equity_contribution", "equity": "15.5", "company": "澄岚新材料",
            "tax_basis": "included", "royalty_base": ""}  # fmt: skip
    for wrong in ({"equity": "x"}, {"equity": "0"}, {"company": ""}, {"way": "ordinary"}):
        assert officer.post(page, data=form | wrong).status_code == 422
    assert officer.post(page, data=form).status_code == 303
    room = text_of(officer.get(f"/deals/{show('deal', deal)}"))
    assert "15.5%" in room
    assert "澄岚新材料" in room
