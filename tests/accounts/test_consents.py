"""Versions of the market's texts: published in time, asked anew, in the copy of one's data."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

import bootstrap
from accounts.actions.sign_up import sign_up
from accounts.consents.actions.accept_texts import accept_texts
from accounts.consents.actions.publish_text import publish_text
from accounts.consents.errors import TextExists, TextMovedOn
from accounts.consents.models import Consent, ConsentText
from accounts.consents.queries import in_force, unanswered
from accounts.consents.rules import parts
from accounts.exporting import exported
from accounts.models import Person
from core.actor import ANONYMOUS
from core.errors import Forbidden, Invalid, NotFound
from tests.accounts.conftest import PASSWORD
from webapp.presenters import standing

TODAY = date(2026, 11, 23)
SOON = date(2026, 12, 1)
TEXT = ("## 一\n\n新的条款。", "## One\n\nNew terms.")


def publish(world, kind="terms", day=SOON, texts=TEXT):
    return world.executor.run(world.actor(world.operator), publish_text, kind, *texts, day).ref


def asked(world, person, day):
    with world.executor.database.read() as session:
        holding = {kind: row.id for kind, row in in_force(session, day).items()}
        return unanswered(session, person, holding)


def test_a_version_is_public_seven_whole_days_before_it_holds(world):
    for kind, texts, day, field in [
        ("terms", TEXT, SOON - timedelta(days=1), "takes_effect"),
        ("terms", TEXT, None, "takes_effect"),
        ("terms", ("", "x"), SOON, "text"),
        ("terms", ("x", " "), SOON, "text_en"),
        ("rules", TEXT, SOON, "kind"),
    ]:
        with pytest.raises(Invalid) as wrong:
            publish(world, kind, day, texts)
        assert set(wrong.value.problems) == {field}
    with pytest.raises(NotFound):
        world.executor.run(world.actor(world.officer), publish_text, "terms", *TEXT, SOON)
    text = publish(world)
    with pytest.raises(TextExists):
        publish(world)
    with world.executor.database.read() as session:
        assert in_force(session, SOON - timedelta(days=1)) == {}
        assert in_force(session, SOON)["terms"].id == text


def test_people_are_asked_again_when_a_text_changes(world, clock):
    person, first = world.person("again@a.example"), publish(world)
    assert asked(world, person, TODAY) == []
    assert asked(world, person, SOON) == [first]
    clock.move(timedelta(days=10))
    with pytest.raises(TextMovedOn):
        world.executor.run(world.actor(person), accept_texts, ["something else"])
    with pytest.raises(Forbidden):
        world.executor.run(ANONYMOUS, accept_texts, [first])
    for _ in range(2):  # the second time says nothing new
        world.executor.run(world.actor(person), accept_texts, [first])
    assert asked(world, person, SOON) == []
    later = publish(world, day=date(2027, 1, 1))
    assert asked(world, person, date(2027, 1, 1)) == [later]
    with world.executor.database.read() as session:
        said = session.scalars(select(Consent).where(Consent.person == person)).all()
    assert [(one.kind, one.text, one.at) for one in said if one.text] == [
        ("terms", first, clock.now)
    ]


def test_signing_up_says_yes_to_what_holds_and_the_copy_of_ones_data_says_when(world, clock):
    text = publish(world, "privacy")
    clock.move(timedelta(days=10))
    world.executor.run(ANONYMOUS, sign_up, "new@a.example", "乙", PASSWORD)
    with world.executor.database.read() as session:
        person = session.scalars(select(Person.id).where(Person.name == "乙")).one()
        said = session.scalars(select(Consent).where(Consent.person == person)).all()
    assert {(one.kind, one.text) for one in said} == {("terms", None), ("privacy", text)}
    [holding] = [one for one in bootstrap.holdings().columns if one.column is Consent.person]
    assert {"kind", "text", "at"} <= set(exported(holding))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n\nb", [("", ["a", "b"])]),
        ("## H\n\na\n\n## I\nb", [("H", ["a"]), ("I", ["b"])]),
        ("x\r\n\r\n## H", [("", ["x"]), ("H", [])]),
        ("", []),
    ],
)
def test_a_text_is_parted_into_sections(text, found):
    assert parts(text) == found


def test_a_page_waits_until_its_reader_agrees_and_the_way_out_stays_open(
    sample_market, sample_app, client_of
):
    member, visitor = client_of("firm_member"), client_of(None)
    shown = _force(sample_market)
    with sample_app.app_context():
        standing.forget()
    asked = member.get("/deals")
    assert (asked.status_code, asked.headers["Location"].split("?")[0]) == (302, "/account/consent")
    assert member.post("/saved/searches").headers["Location"].startswith("/account/consent")
    for open_page in ("/account/privacy", f"/texts/{shown}", "/terms", "/account/consent"):
        assert member.get(open_page).status_code == 200, open_page
    assert visitor.get("/search").status_code == 200
    assert "新的条款" in visitor.get("/terms").text
    page = member.get("/en/account/consent?next=/deals")
    assert "has changed" in page.text
    refused = member.post("/account/consent", data={"text": "nothing"})
    assert refused.status_code == 422
    agreed = member.post("/account/consent?next=/deals", data={"text": shown.removeprefix("txt_")})
    assert agreed.headers["Location"] == "/deals"
    assert member.get("/deals").status_code == 200


def _force(sample_market):
    """A version that has held since yesterday, as time would have made it."""
    with sample_market.database.write() as session:
        now = sample_market.database.now(session)
        row = ConsentText(id="f" * 32, kind="terms", takes_effect=now.date() - timedelta(days=1),
                          text=TEXT[0], text_en=TEXT[1], published_at=now)  # fmt: skip
        session.add(row)
        session.commit()
    return "txt_" + "f" * 32
