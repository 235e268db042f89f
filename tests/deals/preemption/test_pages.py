"""The pages of who comes first, as a browser without scripts meets them."""

from __future__ import annotations

import io

from core.ids import show
from tests.deals.deciding.test_pages import given
from tests.deals.test_pages import app as app
from tests.deals.test_pages import browser as browser
from tests.deals.test_pages import text_of

PAPER = b"%PDF-1.7 receipt"


def place(deal: str, *more: str) -> str:
    return "/".join(["/deals", show("deal", deal), "preemption", *more])


def test_told_on_paper_and_answered_on_paper(browser, firsts):
    deal = firsts.sold()
    officer = browser("officer")
    room = text_of(officer.get(f"/deals/{show('deal', deal)}"))
    assert "通知全部优先权人并取得答复" in room
    assert "尚有 3 份答复未收到。" in room
    _mine, other, owner = firsts.claims(deal)
    page = place(deal, other.id, "serve")
    assert "登记通知已送达" in text_of(officer.get(page))
    assert officer.post(page, data={"day": "2026-11-23"}).status_code == 422
    sent = {"day": "2026-11-23", "paper": (io.BytesIO(PAPER), "receipt.pdf")}
    assert officer.post(page, data=sent).status_code == 303
    assert given(officer, place(deal, other.id, "paper", "service")) == PAPER
    assert officer.get(place(deal, other.id, "paper", "answer")).status_code == 404
    sent = {"day": "2026-11-23", "paper": (io.BytesIO(PAPER), "waiver.pdf")}
    assert officer.post(place(deal, owner.id, "waive"), data=sent).status_code == 303
    sent = {"day": "2026-11-23", "paper": (io.BytesIO(PAPER), "acceptance.pdf")}
    assert "以同等条件受让" in text_of(officer.get(place(deal, other.id, "exercise")))
    assert officer.post(place(deal, other.id, "exercise"), data=sent).status_code == 303
    assert "主张受让" in text_of(officer.get(place(deal)))
    assert given(officer, place(deal, other.id, "paper", "answer")) == PAPER
    sent = {"day": "2026-11-23", "paper": (io.BytesIO(PAPER), "waiver.pdf")}
    assert officer.post(place(deal, other.id, "waive"), data=sent).status_code == 303
    shown = text_of(officer.get(place(deal)))
    assert "已放弃" in shown
    assert "还差一份答复。" in shown or "尚有 1 份答复未收到。" in shown
    assert officer.get(place(deal, owner.id, "serve")).status_code == 302
    assert officer.get(place(deal, owner.id, "nothing")).status_code == 404


def test_a_maker_answers_alone(browser, firsts):
    deal = firsts.sold()
    scholar, mine = browser("scholar"), firsts.claims(deal)[0]
    assert "您享有优先受让权" in text_of(scholar.get("/deals"))
    assert "以同等条件受让" in text_of(scholar.get(place(deal)))
    assert scholar.post(place(deal, mine.id, "exercise"), data={}).status_code == 422
    assert scholar.post(place(deal, mine.id, "exercise"), data={"sure": "y"}).status_code == 303
    assert "主张受让" in text_of(browser("officer").get(place(deal)))
    assert scholar.post(place(deal, mine.id, "waive"), data={"sure": "y"}).status_code == 303
    assert firsts.claims(deal)[0].state == "waived"
    assert "Who comes first" in text_of(scholar.get("/en" + place(deal)))


def test_the_office_names_the_commissioner(browser, firsts):
    deal, officer = firsts.sold(), browser("officer")
    assert officer.post(place(deal), data={"name": ""}).status_code == 422
    assert officer.post(place(deal), data={"name": "委托方研究所"}).status_code == 303
    assert "委托方研究所" in text_of(officer.get(place(deal)))


def test_buyer_and_strangers_find_nothing(browser, firsts):
    deal = firsts.sold()
    mine = firsts.claims(deal)[0]
    for who in ("buyer", "stranger"):
        for path in (place(deal), place(deal, mine.id, "waive"), place(deal, mine.id, "exercise")):
            assert browser(who).get(path).status_code == 404
    assert "陶知遥" not in text_of(browser("buyer").get(f"/deals/{show('deal', deal)}"))
