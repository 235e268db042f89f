"""From a letter that leaves to what a message that comes back changes: the address, its person, the
operator's figures; by pipe and out of a mailbox."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from accounts.trail import newest
from core.actor import SYSTEM
from core.errors import Forbidden
from notifications.actions.note_letter_back import note_letter_back
from notifications.actions.retry_address import retry_address
from notifications.bouncing import BOUNCES_AFTER, DELAYED_AFTER, LAPSES_AFTER
from notifications.gateways.mailbox import Mailbox
from notifications.gateways.smtp import PATIENCE, Smtp
from notifications.models import Dispatch, RefusedAddress
from notifications.queries import mail_settings, messages, returned_letters
from notifications.reports import LARGEST
from notifications.returning import return_address
from notifications.returns import Returns
from notifications.tasks.read_returns import EVERY, ReadReturns
from notifications.tasks.send_dispatches import SendDispatches
from tests.notifications import reports
from tests.notifications.conftest import MAIL
from tests.notifications.imap import serving_mailbox
from tests.notifications.test_habits import actor, choose, happen
from webapp.factory import create_app

BOX = "bounces@market.example"


@pytest.fixture
def returns(executor):
    return Returns(executor, BOX)


@pytest.fixture
def letters(executor, firm, post, drain):
    """Makes so many letters that were taken; the address that each comes back to."""

    def letters(count: int, topic: str = "organisation.vetted") -> list[str]:
        with executor.database.read() as session:
            last = max(session.scalars(select(Dispatch.n)), default=0)
        for _ in range(count):
            happen(executor, firm[2], topic)
            drain()
        with executor.database.read() as session:
            mine = (Dispatch.n > last, Dispatch.address == MAIL, Dispatch.state == "sent")
            numbers = session.scalars(select(Dispatch.n).where(*mine).order_by(Dispatch.n)).all()
        return [return_address(executor.ports.secret, BOX, n) for n in numbers]

    return letters


def refused(executor) -> RefusedAddress | None:
    with executor.database.read() as session:
        return session.get(RefusedAddress, MAIL)


def told(executor, person, topic) -> int:
    """How many messages of a sentence the person has."""
    with executor.database.read() as session:
        return sum(topic in line.text for line in messages(session, person, "en"))


def test_three_letters_that_come_back_rest_the_address_and_its_person_is_told(
    executor, firm, letters, returns, drain
):
    admin, backs = firm[0], letters(3)
    for back in backs[:2]:
        assert returns.take(reports.POSTFIX(back)) == "refused"
        drain()
    [more] = letters(1)  # a relay took it: that says nothing of the two
    assert refused(executor).bounces_since is None
    assert told(executor, admin, "refuses our letters") == 0
    assert returns.take(reports.EXCHANGE(more)) == "refused"
    drain()
    assert refused(executor).returned == BOUNCES_AFTER
    with executor.database.read() as session:
        assert set(mail_settings(session, admin).bounces) == {MAIL}
        assert returned_letters(session).letters == {"refused": 3}
        assert returned_letters(session).addresses == 1
        entries = newest(session, 3, stream=f"person:{admin}")
    assert told(executor, admin, "refuses our letters") == 1
    noted = [(one.what, one.ids["status"], one.ids["rests"]) for one in entries]
    assert noted[0] == ("letter_returned", "5.2.2", True)
    assert letters(1) == [], "a resting address gets no letter"


def test_one_letter_counts_once_however_often_it_is_reported(executor, letters, returns):
    [back] = letters(1)
    assert returns.take(reports.POSTFIX(back)) == "refused"
    for again in (reports.POSTFIX(back), reports.NETEASE(back), reports.POSTFIX_GAVE_UP(back)):
        assert returns.take(again) == "again"
    assert (refused(executor).returned, refused(executor).delayed) == (1, 0)


def test_letters_given_up_rest_the_address_after_many_only(executor, letters, returns):
    backs = letters(DELAYED_AFTER)
    for back in backs[:-1]:
        assert returns.take(reports.POSTFIX_GAVE_UP(back)) == "gave_up"
    assert refused(executor).bounces_since is None
    returns.take(reports.NETEASE_FULL(backs[-1]))
    assert refused(executor).bounces_since is not None


def test_what_came_back_long_ago_counts_no_more(executor, letters, returns, clock):
    for back in letters(2):
        returns.take(reports.POSTFIX(back))
    clock.move(LAPSES_AFTER + timedelta(days=1))
    [back] = letters(1)
    assert refused(executor) is None, "a letter was taken, and the others are long ago"
    returns.take(reports.POSTFIX(back))
    assert refused(executor).returned == 1


def test_who_asks_to_try_again_is_told_by_the_next_one(executor, firm, letters, returns):
    for back in letters(3):
        returns.take(reports.POSTFIX(back))
    executor.run(actor(executor, firm[0]), retry_address)
    assert refused(executor).bounces_since is None
    backs = letters(1)
    assert refused(executor).bounces_since is None
    returns.take(reports.POSTFIX(backs[-1]))
    assert refused(executor).bounces_since is not None


@pytest.mark.parametrize("make", [reports.ON_HOLIDAY, reports.POSTFIX_WARNS, reports.A_PERSON])
def test_answers_and_warnings_change_nothing(executor, letters, returns, make):
    [back] = letters(1)
    assert returns.take(make(back)) in {"nothing", "waits"}
    assert refused(executor) is None


def test_forged_foreign_and_oversized_messages_change_nothing(executor, letters, returns):
    [back] = letters(1)
    number = int(back.partition("+")[2].partition(".")[0])
    other = return_address(executor.ports.secret, BOX, number + 10**6)
    forged = return_address(b"a guess, sixteen octets", BOX, number)
    for raw in (
        reports.POSTFIX(forged),
        reports.POSTFIX(BOX),
        reports.POSTFIX(back.replace(f"+{number}.", f"+{number - 1}.")),
        reports.POSTFIX(back) + b" " * LARGEST,
        b"",
    ):
        assert returns.take(raw) == "unknown"
    assert returns.take(reports.POSTFIX(other)) == "again"
    assert refused(executor) is None
    assert Returns(executor, "").take(reports.POSTFIX(back)) == "unknown"
    with pytest.raises(Forbidden):
        executor.run(actor(executor, None), note_letter_back, number, "refused")


def test_an_address_that_a_report_names_is_not_touched(executor, letters, returns):
    """The report names whom it likes; the letter knows to whom it went."""
    [back] = letters(1)
    returns.take(reports.POSTFIX(back).replace(b"mei@example.org", b"ou@example.org"))
    with executor.database.read() as session:
        assert session.get(RefusedAddress, "ou@example.org") is None
    assert refused(executor).returned == 1


def test_a_complaint_stops_the_mail_of_its_group(executor, firm, letters, returns, drain):
    [back] = letters(1)
    assert returns.take(reports.complaint("abuse")(back)) == "complained"
    drain()
    with executor.database.read() as session:
        rhythms = mail_settings(session, firm[0]).habits.rhythms
    assert rhythms == {"organisation": "never"}
    assert refused(executor) is None
    assert told(executor, firm[0], "as unwanted") == 1
    assert letters(1) == []


def test_a_complaint_of_a_digest_stops_what_it_gathers(executor, firm, returns, drain, clock):
    choose(executor, firm[0], "daily")
    happen(executor, firm[2])
    drain()
    clock.move(timedelta(days=2))
    drain()
    drain()
    with executor.database.read() as session:
        number = session.scalar(select(Dispatch.n).where(Dispatch.topic == "digest.daily"))
    back = return_address(executor.ports.secret, BOX, number)
    assert returns.take(reports.complaint("abuse")(back)) == "complained"
    with executor.database.read() as session:
        habits = mail_settings(session, firm[0]).habits
    assert (habits.rhythm("organisation.vetted"), habits.rhythm("deal.opened")) == ("never", "once")


def test_refusals_in_the_dialogue_are_told_too(executor, firm, post, drain):
    post.refused = {MAIL}
    for _ in range(BOUNCES_AFTER):
        happen(executor, firm[2])
        drain()
    drain()
    assert told(executor, firm[0], "refuses our letters") == 1


# By pipe.


@pytest.fixture
def pipe(runtime, monkeypatch):
    """`flask mail bounced` with a message on standard input."""
    chosen = runtime.settings.model_copy(update={"return_address": BOX})
    monkeypatch.setattr(runtime, "settings", chosen)
    app = create_app(runtime)
    runner = app.test_cli_runner()

    def pipe(raw: bytes, *more: str):
        with app.app_context():
            return runner.invoke(args=["mail", "bounced", *more], input=raw)

    return pipe


def test_the_pipe_says_what_it_did_and_is_always_content(executor, letters, pipe):
    back, other = letters(2)
    said = pipe(reports.QQ(back))
    assert said.exit_code == 0
    assert said.output.endswith("A letter was refused for good: counted.\n")
    assert "before" in pipe(reports.QQ(back)).output
    unnamed = reports.POSTFIX("someone@elsewhere.example")
    assert pipe(unnamed).exit_code == 0
    assert "names no letter" in pipe(unnamed).output
    assert "counted" in pipe(unnamed, "--to", other).output
    assert refused(executor).returned == 2
    huge = pipe(reports.POSTFIX(back) + b"x" * (2 * LARGEST))
    assert (huge.exit_code, "names no letter" in huge.output) == (0, True)


def test_the_pipe_asks_to_be_tried_again_where_the_database_is_away(pipe, monkeypatch):
    def away(*_):
        raise OperationalError("", {}, OSError("gone"))

    monkeypatch.setattr(Returns, "take", away)
    assert pipe(b"x").exit_code == 75


def test_the_pipe_wants_its_setting(runtime):
    app = create_app(runtime)
    with app.app_context():
        said = app.test_cli_runner().invoke(args=["mail", "bounced"], input=b"")
    assert said.exit_code == 78
    assert "QIAOYI_RETURN_ADDRESS" in said.output


# Out of a mailbox.


def test_the_mailbox_is_read_and_emptied_of_reports(executor, letters, returns):
    first, second = letters(2)
    with serving_mailbox() as server:
        server.held = {
            3: reports.POSTFIX(first),
            4: reports.A_PERSON(second),
            7: reports.POSTFIX(second) + b" " * LARGEST,
            9: b"From: x\r\n\r\nOffers\r\n",
            12: reports.NETEASE(second),
        }
        now = [0.0]
        task = ReadReturns(Mailbox(server.url), returns, lambda: now[0])
        assert task() == 0
        assert (set(server.held), server.seen) == ({4, 7, 9}, {3, 4, 7, 9, 12})
        assert not [one for one in server.asked if one.startswith("UID FETCH 7 (BODY")]
        visits = server.asked.count("UID SEARCH UNSEEN")
        task()
        assert server.asked.count("UID SEARCH UNSEEN") == visits, "a minute has not gone by"
        now[0] += EVERY
        task()
        assert server.asked.count("UID SEARCH UNSEEN") == visits + 1
    assert refused(executor).returned == 2


@pytest.mark.parametrize("refuses", ["LOGIN", "SELECT", "SEARCH", "FETCH", "STORE"])
def test_a_mailbox_that_refuses_loses_nothing(letters, returns, refuses):
    [back] = letters(1)
    with serving_mailbox() as server:
        server.held, server.refuses = {1: reports.POSTFIX(back)}, refuses
        assert ReadReturns(Mailbox(server.url), returns)() == 0
        assert set(server.held) == {1}
        server.refuses = ""
        ReadReturns(Mailbox(server.url), returns)()
        assert server.held == {}
    assert ReadReturns(Mailbox(server.url, 0.3), returns)() == 0, "nobody answers there"


def test_a_mailbox_without_tls_is_not_spoken_to_by_imaps(returns):
    with serving_mailbox() as server:
        url = server.url.replace("imap://", "imaps://")
        assert ReadReturns(Mailbox(url, 2.0), returns)() == 0
        assert not [one for one in server.asked if "LOGIN" in one]


# From end to end.


class Relay:
    """Takes every letter, as a relay does, and keeps who sent it to whom."""

    def __init__(self):
        self.kept = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.kept.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 queued"


def test_a_letter_leaves_by_smtp_and_comes_back_by_the_pipe(runtime, firm, pipe, drain):
    """The relay takes it; its report arrives at the address that the letter named itself by."""
    executor, relay = runtime.executor, Relay()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(relay, hostname="127.0.0.1", port=port)
    server.start()
    secret = executor.ports.secret
    way = Smtp(f"smtp://127.0.0.1:{port}", "market@example.org", PATIENCE,
               lambda number: return_address(secret, BOX, number))  # fmt: skip
    runtime.worker.tasks["letters"] = SendDispatches(executor, {"mail": way, "sms": way})
    try:
        for _ in range(BOUNCES_AFTER):
            happen(executor, firm[2])
            drain()
        assert refused(executor) is None
        for sender, recipients, content in relay.kept:
            assert recipients == [MAIL]
            assert b"\r\nFrom: market@example.org\r\n" in b"\r\n" + content
            assert "counted" in pipe(reports.EXIM(sender)).output
        happen(executor, firm[2])
        drain()
    finally:
        server.stop()
    drain()
    assert len(relay.kept) == BOUNCES_AFTER, "the address rests: nothing is sent there"
    assert len({sender for sender, _, _ in relay.kept}) == BOUNCES_AFTER
    assert told(executor, firm[0], "refuses our letters") == 1


def test_a_letter_that_is_gone_changes_nothing(executor, firm):
    assert executor.run(SYSTEM, note_letter_back, 10**9, "refused").ref == ""
