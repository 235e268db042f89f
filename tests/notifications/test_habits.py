"""At once, digest, quiet hours, unsubscribing, bouncing: from a fact to what leaves the market."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from accounts.codes import Codes
from accounts.queries import load_actor
from accounts.seeding import Registrar
from core.actor import ANONYMOUS, SYSTEM
from core.errors import Invalid, NotFound
from core.facts import Fact
from core.i18n import translator
from core.results import Done
from core.unit_of_work import UnitOfWork
from notifications.actions.choose_mail import choose_mail
from notifications.actions.retry_address import retry_address
from notifications.actions.retry_letter import retry_letter
from notifications.actions.unsubscribe import unsubscribe
from notifications.bouncing import bouncing, note_refusal
from notifications.habits import GROUPS, Habits, after_quiet, next_digest
from notifications.models import Dispatch, RefusedAddress
from notifications.queries import mail_settings, messages
from notifications.topics import TOPICS
from notifications.unsubscribing import read_unsubscribe, unsubscribe_path
from tests.accounts.conftest import draft
from tests.notifications.conftest import MAIL
from webapp.forms.mail_habits import MailForm

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONCE = dict.fromkeys(GROUPS, "once")


def actor(executor, person):
    with executor.database.read() as session:
        return load_actor(session, person, executor.database.now(session))


def happen(executor, organisation, topic="organisation.vetted"):
    def tell(uow: UnitOfWork) -> Done:
        uow.open()
        uow.facts.append(Fact(topic, f"organisation:{organisation}"))
        return Done()

    executor.run(SYSTEM, tell)


def choose(executor, person, rhythm, begins=0, ends=0):
    chosen = {**ONCE, "organisation": rhythm}
    executor.run(actor(executor, person), choose_mail, chosen, begins, ends)


@pytest.mark.parametrize(("rhythm", "days"), [("daily", 1), ("weekly", 7)])
def test_a_digest_gathers_what_happened_into_one_letter(
    executor, firm, post, drain, clock, rhythm, days
):
    admin, _, organisation = firm
    choose(executor, admin, rhythm)
    for topic in ("organisation.vetted", "organisation.join_asked", "organisation.vetted"):
        happen(executor, organisation, topic)
        drain()
    assert post.to(MAIL) == []
    with executor.database.read() as session:
        assert len(messages(session, admin, "en")) >= 3
    clock.set(datetime(2026, 11, 22, 23, 59, tzinfo=UTC) + timedelta(days=days))
    drain()
    assert post.to(MAIL) == []
    clock.move(timedelta(minutes=2))
    drain()
    drain()
    [letter] = post.to(MAIL)
    assert letter.subject.endswith(": 3")
    assert letter.body.count("Works HRB 1 is vetted") == 2
    assert letter.body.count("http") >= 3
    assert letter.unsubscribe == ""
    with executor.database.read() as session:
        held = session.scalars(select(Dispatch.state).where(Dispatch.rhythm == rhythm)).all()
    assert sorted(held) == ["gathered", "gathered", "gathered", "sent"]


def test_no_mail_leaves_the_messages(executor, firm, post, drain):
    admin, _, organisation = firm
    choose(executor, admin, "never")
    with executor.database.read() as session:
        before = len(messages(session, admin, "en"))
    happen(executor, organisation)
    drain()
    with executor.database.read() as session:
        assert len(messages(session, admin, "en")) == before + 1
    assert post.to(MAIL) == []


def test_quiet_hours_put_off_what_can_wait_and_nothing_else(executor, firm, post, drain, clock):
    admin, _, organisation = firm
    choose(executor, admin, "once", 22, 10)
    happen(executor, organisation)
    drain()
    assert post.to(MAIL) == []
    clock.set(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    drain()
    assert len(post.to(MAIL)) == 1


@pytest.mark.parametrize(
    ("hour", "begins", "ends", "put_off_hours"),
    [(23, 22, 7, 8), (3, 22, 7, 4), (7, 22, 7, 0), (21, 22, 7, 0), (12, 12, 14, 2), (9, 9, 9, 0)],
)
def test_quiet_hours_run_over_midnight(hour, begins, ends, put_off_hours):
    now = datetime(2026, 11, 23, hour, tzinfo=SHANGHAI)
    later = after_quiet(now, Habits({}, begins, ends), SHANGHAI)
    assert later - now == timedelta(hours=put_off_hours)


def test_digests_leave_in_the_morning_of_the_market():
    monday = datetime(2026, 11, 23, 7, 59, tzinfo=SHANGHAI)
    assert next_digest(monday, "daily", SHANGHAI) - monday == timedelta(minutes=1)
    assert next_digest(monday, "weekly", SHANGHAI) - monday == timedelta(minutes=1)
    eight = monday + timedelta(minutes=1)
    assert next_digest(eight, "daily", SHANGHAI) - eight == timedelta(days=1)
    assert next_digest(eight, "weekly", SHANGHAI) - eight == timedelta(days=7)


def test_one_click_stops_one_group_without_signing_in(executor, firm, post, drain):
    admin, _, organisation = firm
    happen(executor, organisation)
    drain()
    [letter] = post.to(MAIL)
    token = letter.unsubscribe.rpartition("/")[2]
    assert letter.unsubscribe in letter.body
    executor.run(ANONYMOUS, unsubscribe, token)
    executor.run(ANONYMOUS, unsubscribe, token)
    happen(executor, organisation)
    drain()
    assert len(post.to(MAIL)) == 1
    with executor.database.read() as session:
        habits = mail_settings(session, admin).habits
    assert (habits.rhythm("organisation.vetted"), habits.rhythm("deal.opened")) == ("never", "once")


def test_a_forged_or_foreign_token_stops_nothing(executor, firm):
    secret = executor.ports.secret
    good = unsubscribe_path(secret, firm[0], "deal").rpartition("/")[2]
    assert read_unsubscribe(secret, good) == (firm[0], "deal")
    other = Codes(secret).token("invitation", f"{firm[0]}:deal")
    unknown = Codes(secret).token("unsubscribe", f"{firm[0]}:person")
    for token in (good[:-1], good.replace(":deal", ":listing"), other, unknown, "", "x.y"):
        with pytest.raises(NotFound):
            executor.run(ANONYMOUS, unsubscribe, token)


def test_an_odd_choice_is_refused(executor, firm):
    someone = actor(executor, firm[0])
    for rhythms, begins, ends in (
        ({"deal": "hourly"}, 0, 0),
        ({"person": "never"}, 0, 0),
        (ONCE, 24, 0),
        (ONCE, 0, -1),
    ):
        with pytest.raises(Invalid):
            executor.run(someone, choose_mail, rhythms, begins, ends)


def test_three_refusals_rest_an_address_until_its_owner_asks(executor, firm, post, drain):
    admin, _, organisation = firm
    post.refused = {MAIL}
    for _ in range(4):
        happen(executor, organisation)
        drain()
    with executor.database.read() as session:
        assert session.get(RefusedAddress, MAIL).refusals == 3
        assert set(mail_settings(session, admin).bounces) == {MAIL}
        letters = session.scalars(select(Dispatch).where(Dispatch.error.is_not(None))).all()
    assert {(row.state, row.attempts, row.error) for row in letters} == {
        ("failed", 1, "AddressRefused")
    }
    executor.run(actor(executor, admin), retry_address)
    drain()
    with executor.database.read() as session:
        assert set(bouncing(session, [MAIL])) == {MAIL}
    post.refused = set()
    executor.run(actor(executor, admin), retry_address)
    drain()
    assert len(post.to(MAIL)) == 1
    with executor.database.read() as session:
        assert session.get(RefusedAddress, MAIL) is None


def test_two_refusals_are_forgotten_when_a_letter_goes_through(executor, firm, post, drain):
    _, _, organisation = firm
    with executor.database.write() as session:
        note_refusal(session, MAIL, executor.database.now(session), 2)
        session.commit()
    happen(executor, organisation)
    drain()
    with executor.database.read() as session:
        assert session.get(RefusedAddress, MAIL) is None


def test_an_operator_has_a_letter_tried_again(executor, firm, post, drain):
    admin, operator, organisation = firm
    post.refused = {MAIL}
    happen(executor, organisation)
    drain()
    with executor.database.read() as session:
        [number] = session.scalars(select(Dispatch.n).where(Dispatch.state == "failed"))
    with pytest.raises(NotFound):
        executor.run(actor(executor, admin), retry_letter, number)
    post.refused = set()
    executor.run(actor(executor, operator), retry_letter, number)
    drain()
    assert len(post.to(MAIL)) == 1
    with pytest.raises(NotFound):
        executor.run(actor(executor, operator), retry_letter, number)


def test_text_and_html_say_the_same_and_load_nothing(executor, firm, post, drain):
    happen(executor, firm[2])
    drain()
    [letter] = post.to(MAIL)
    assert "Works HRB 1" in letter.html
    assert not re.search(r"(?i)<(img|script|link|style|iframe)|src=|style=|url\(", letter.html)
    links = set(re.findall(r'href="([^"]+)"', letter.html))
    assert links >= {letter.unsubscribe}
    assert all(link in letter.body for link in links)


def test_a_name_with_markup_is_text_in_the_html(executor, firm, post, drain):
    registrar = Registrar(executor)
    evil = replace(draft("HRB 2"), names={"en": "<b>Evil</b> & Co"})
    registrar.organisation(firm[0], evil, vetted_by=firm[1])
    drain()
    bodies = [text.html for text in post.to(MAIL) if "Evil" in text.html]
    assert bodies
    assert all("&lt;b&gt;Evil" in html and "<b>" not in html for html in bodies)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_topic_has_room_for_what_is_confidential(language):
    """Sentences take a title and an organisation's name, and nothing else: no amount, no text, no
    name of the other side can get into a letter."""
    say = translator(language).gettext
    allowed = {"title", "organisation"}
    for name, topic in TOPICS.items():
        for text in (topic.subject, topic.body):
            assert set(re.findall(r"%\((\w+)\)", say(text))) <= allowed, name
            assert set(re.findall(r"%\((\w+)\)", text)) <= allowed, name


def test_each_group_has_its_field_on_the_page():
    fields = {name for name, _ in MailForm.__dict__.items() if not name.startswith("_")}
    assert set(GROUPS) <= fields
