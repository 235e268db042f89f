"""Support views: granted by code, noted page by page, reading only, over at a word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.queries import load_actor
from accounts.support.actions.begin_support import begin_support
from accounts.support.actions.end_support import end_support
from accounts.support.actions.note_page import note_page
from accounts.support.actions.offer_support import offer_support
from accounts.support.errors import NoSupportOfOperators, SupportCodeWrong
from accounts.support.queries import open_views, pages_seen
from accounts.support.rules import new_code, read_code
from core.errors import NotFound, ReadsOnly
from core.ids import show
from core.models import Audit
from tests.sampled import demo_person


def views(world):
    with world.executor.database.read() as session:
        return open_views(session, world.executor.database.now(session))


def test_a_code_serves_one_operator_once_and_for_ten_minutes(world, clock):
    run, operator = world.executor.run, world.actor(world.operator)
    person = world.actor(world.person("p@a.example"))
    code = run(person, offer_support).codes[0]
    assert read_code(f" {code.lower().replace('-', ' ')} ") == code
    for typed in ("", new_code(), code[:-1]):
        assert run(operator, begin_support, typed).code == SupportCodeWrong.code
    with pytest.raises(NotFound):
        run(world.actor(world.officer), begin_support, code)
    with pytest.raises(NoSupportOfOperators):
        run(operator, offer_support)
    grant = run(operator, begin_support, code.lower()).ref
    assert run(operator, begin_support, code).code == SupportCodeWrong.code
    [view] = views(world)
    assert (view.id, view.operator, view.until) == (
        grant, world.operator, clock.now + timedelta(minutes=30),
    )  # fmt: skip
    late = run(person, offer_support).codes[0]
    clock.move(timedelta(minutes=10))
    assert run(operator, begin_support, late).code == SupportCodeWrong.code
    clock.move(timedelta(minutes=20))
    assert views(world) == []
    with pytest.raises(NotFound):
        run(operator, note_page, grant, "GET", "/deals")


@pytest.mark.parametrize("who", ["person", "operator"])
def test_either_ends_it_at_once_and_nobody_else_does(world, who):
    run, operator = world.executor.run, world.actor(world.operator)
    person = world.actor(world.person("p@a.example"))
    grant = run(operator, begin_support, run(person, offer_support).codes[0]).ref
    run(operator, note_page, grant, "GET", "/deals")
    with pytest.raises(NotFound):
        run(world.actor(world.officer), end_support, grant)
    for _ in range(2):
        run(person if who == "person" else operator, end_support, grant)
    assert views(world) == []
    with pytest.raises(NotFound):
        run(operator, note_page, grant, "GET", "/deals/2")
    with world.executor.database.read() as session:
        assert [path for _, path, _ in pages_seen(session, grant)] == ["/deals"]


def test_whoever_looks_can_run_no_use_case_whatever_it_is(world):
    from dataclasses import replace

    person = world.person("p@a.example")
    with world.executor.database.read() as session:
        actor = load_actor(session, person, world.executor.database.now(session))
    with pytest.raises(ReadsOnly):
        world.executor.run(replace(actor, looking="g"), offer_support)
    with pytest.raises(ReadsOnly):
        world.executor.once(replace(actor, looking="g"), "key", offer_support)


def entries(market):
    with market.database.read() as session:
        return session.scalar(select(func.count()).select_from(Audit))


def test_an_operator_sees_what_the_person_sees_and_changes_nothing(sample_market, client_of):
    person, operator = client_of("firm_admin"), client_of("operator")
    page = person.post("/account/support").text
    code = page.split('class="h2 n">')[1].split("<")[0]
    assert operator.post("/operator/support", data={"code": "x"}).status_code == 422
    assert operator.post("/operator/support", data={"code": code}).status_code == 302
    before = entries(sample_market)
    for path in ("/account", "/deals", "/en/saved", "/search?q=secretquestion"):
        seen = operator.get(path)
        assert seen.status_code == 200, path
        assert "support/end" in seen.text, path  # the banner is on every page
    assert entries(sample_market) == before + 4  # each page is one entry, and nothing else is
    assert operator.get("/operator").status_code == 404  # the person's rights, not one's own
    for closed in ("/account/security", "/account/tokens", "/account/privacy", "/account/webhooks",
                   "/money/sheet.csv", "/account/support", "/dev/codes"):  # fmt: skip
        assert operator.get(closed).status_code in (403, 404), closed
    before = entries(sample_market)
    for path in ("/saved/searches", "/sign-out", "/operator/support", "/organisations/new"):
        assert operator.post(path, data={"name": "改名"}).status_code == 403, path
    assert entries(sample_market) == before + 4  # what was tried is written down, and no more
    known = person.get("/account/support").text
    assert "/deals" in known
    assert known.count("未打开") == 4 + 7  # and the closed pages before
    assert "secretquestion" not in known
    grant = known.split("/account/support/spt_")[1][:32]
    assert person.post(f"/account/support/{show('support', grant)}/end").status_code == 302
    assert operator.get("/operator").status_code == 200  # over at the next request
    assert "support/end" not in operator.get("/operator").text
    assert demo_person(sample_market, "firm_admin") not in operator.get("/operator/support").text
