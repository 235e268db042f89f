"""Answering a need on its page, and the firm's answer in its workbench."""

from __future__ import annotations

import html
import re

import pytest

from accounts.models import Membership, Organisation
from core.actor import SYSTEM
from core.ids import show
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.actions.post_need import post_need
from listings.inputs import NeedInput
from tests.api.conftest import seat
from tests.listings.conftest import FIRM, IDS, INSTITUTE
from tests.webapp.clients import app, client, market, people, shown
from tests.webapp.desks import signed_in

__all__ = ["app", "client", "market", "people", "shown"]
TEXT = "我们的散热膜已在两种车型上试用，热阻约为现有方案的四成。"


@pytest.fixture
def need(executor, people):
    asked = NeedInput(language="zh", title="车载控制器的低热阻散热方案", summary="热阻减半。")
    return show("need", executor.run(people.buyer, post_need, FIRM, asked).ref)


@pytest.fixture
def enter(app, executor, people):
    executor.run(SYSTEM, seat)
    return lambda who: signed_in(app, executor, IDS[who], f"token of {who}")


def send(who, need: str, **change: str):
    form = {"organisation": INSTITUTE, "result": "words", "text": TEXT, "contact_name": "周砚秋",
            "contact": "z@lab.example"}  # fmt: skip
    return who.post(f"/needs/{need}/propose", data=form | change)


def test_a_result_is_proposed_and_becomes_an_inquiry(enter, need, shown):
    author, buyer = enter("author"), enter("buyer")
    assert f"/needs/{need}/propose" in author.get(f"/needs/{need}").text
    form = author.get(f"/needs/{need}/propose").text
    assert "石墨烯-铜复合散热膜的低温连续制备" in form
    assert 'value="words"' in form
    sent = send(author, need, result=shown)
    assert sent.status_code == 303, sent.text
    page = sent.location
    assert "待答复" in author.get(page).text or "等待答复" in author.get(page).text
    assert "/propose" not in buyer.get(f"/needs/{need}").text
    assert f"/proposals?need={need}" in buyer.get(f"/needs/{need}").text
    assert f"/proposals?need={need}" in buyer.get("/workbench/needs").text
    assert page in buyer.get(f"/proposals?need={need}").text
    taking = buyer.get(f"{page}/take").text
    assert "车载控制器的低热阻散热方案" in taking
    asked = {"way": "exclusive", "purpose": "车载控制器", "timetable": "quarter", "name": "冉",
             "firm": "澄岚", "mail": "ran@firm.example"}  # fmt: skip
    done = buyer.post(f"{page}/take", data=asked)
    assert (done.status_code, "/inquiries/inq_" in done.location) == (303, True)
    assert done.location in author.get(page).text
    assert buyer.get(f"{page}/take").status_code == 303  # answered: nothing is asked twice


def test_words_are_taken_up_by_a_button_and_declined_with_a_reason(enter, need):
    author, buyer = enter("author"), enter("buyer")
    first, second = (send(author, need).location for _ in range(2))
    assert buyer.post(f"{first}/take").status_code == 303
    assert "有意向" in author.get(first).text
    assert buyer.post(f"{second}/decline", data={"reason": "x"}).status_code == 422
    no = {"reason": "too_early", "reply": "明年再谈。"}
    assert buyer.post(f"{second}/decline", data=no).status_code == 303
    assert "成熟度尚不满足" in author.get(second).text
    assert "明年再谈。" in author.get(second).text


def test_what_is_wrong_stands_beside_its_field(enter, need):
    answer = send(enter("author"), need, text="短", contact="随便")
    assert answer.status_code == 422
    assert answer.text.count('class="err') >= 2
    assert "短" in answer.text


def test_a_result_is_chosen_by_the_proposer_and_not_by_the_list(enter, need, shown):
    author = enter("author")
    unsaid = send(author, need, result="")
    assert (unsaid.status_code, "请选择一项成果" in unsaid.text) == (422, True)
    assert '<option selected value="">' in unsaid.text, "nothing is chosen for them"


def test_who_can_propose_nothing_gets_no_form(client, enter, need):
    assert "/sign-in" in client.get(f"/needs/{need}/propose").location
    assert enter("buyer").get(f"/needs/{need}/propose").status_code in {403, 409}


def test_empty_pages_say_what_to_do(enter):
    page = enter("author").get("/proposals").text
    assert "尚无推荐" in page
    assert 'href="/needs"' in page


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_speaks_one_language(enter, need, prefix):
    author = enter("author")
    page = send(author, need).location
    for path in (page, "/proposals", f"/needs/{need}/propose"):
        text = author.get(prefix + path).text
        assert ("Proposals" in re.sub(r"<[^>]+>", "", text)) == bool(prefix)


def seat_member(uow: UnitOfWork) -> Done:
    """Somebody of the firm beside who wrote its need, without a part in its office."""
    at = uow.lock(Organisation, FIRM)
    who = IDS["contributor"]
    at.add(Membership(organisation=FIRM, person=who, roles=["firm_member"], starts_at=at.now))
    at.record("seated")
    return Done()


OWN = {
    "": "这是本单位自己的需求，应由其他单位推荐。",
    "/en": "This need is your own organisation's. Proposals come from others.",
}


@pytest.mark.parametrize("anonymous", [True, False])
@pytest.mark.parametrize("language", OWN)
def test_a_colleague_of_who_asks_is_told_why_and_gets_no_form(
    enter, executor, people, client, language, anonymous
):
    asked = NeedInput(language="zh", title="低热阻散热", summary="热阻减半。", anonymous=anonymous)
    need = show("need", executor.run(people.buyer, post_need, FIRM, asked).ref)
    author, member = enter("author"), enter("contributor")
    executor.run(SYSTEM, seat_member)
    here, form = f"{language}/needs/{need}", f"/needs/{need}/propose"
    page = html.unescape(member.get(here).text)
    assert form not in page
    assert OWN[language] in page
    for answer in (member.get(f"{language}{form}"), send(member, need, organisation=FIRM)):
        assert answer.status_code == 409
    assert OWN[language] in html.unescape(member.get(f"{language}{form}").text)
    for other in (author, client):
        seen = other.get(here).text
        assert form in seen
        assert OWN[language] not in html.unescape(seen)
        assert ("firm 3" in seen) == (not anonymous)


def test_who_answers_a_need_is_told_where_proposals_arrive(enter, need):
    assert "针对该需求的推荐会显示在这里" in enter("buyer").get(f"/needs/{need}").text
