"""From a fact to a letter that left: claims, failures, and what a letter may say."""

from __future__ import annotations

import socketserver
import threading
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import func, select

from accounts.actions.invite_member import invite_member
from accounts.actions.sign_up import sign_up
from accounts.actions.start_reset import start_reset
from accounts.actions.vet_organisation import vet_organisation
from accounts.actions.withdraw_invitation import withdraw_invitation
from accounts.codes import Codes
from accounts.seeding import Registrar
from core.actor import ANONYMOUS
from core.errors import Forbidden
from core.facts import Fact
from core.i18n import translator
from core.links import url
from notifications.actions.mark_read import mark_read
from notifications.gateways.folder import MailFolder
from notifications.gateways.port import Text
from notifications.gateways.smtp import Smtp
from notifications.models import Dispatch, Message
from notifications.queries import letters_by_state, messages, unread
from notifications.reactions import tell
from notifications.tasks.send_dispatches import SendDispatches
from notifications.topics import CODE, INVITATION, TOPICS
from notifications.writing import compose
from tests.accounts.conftest import PASSWORD, draft
from tests.apps import app_of

MAIL = "mei@example.org"


class Keeper:
    """A gateway that keeps what it is given, and may refuse."""

    def __init__(self, refuse=0):
        self.sent, self.refuse = [], refuse

    def send(self, number, address, text):
        if self.refuse:
            self.refuse -= 1
            raise ConnectionError("no peer")
        self.sent.append((number, address, text.subject, text.body))


@pytest.fixture
def post(runtime):
    """The market's worker with gateways that keep."""
    keeper = Keeper()
    real = runtime.worker.tasks["letters"]
    runtime.worker.tasks["letters"] = SendDispatches(
        runtime.executor, {"mail": keeper, "sms": keeper}
    )
    yield keeper
    runtime.worker.tasks["letters"] = real


@pytest.fixture
def registrar(executor):
    return Registrar(executor)


def count(executor, table):
    with executor.database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


@pytest.mark.parametrize("contact", [MAIL, "+8613800138000"])
def test_a_code_goes_to_the_contact_and_is_never_stored(executor, drain, post, contact):
    asked = executor.run(ANONYMOUS, sign_up, contact, "Mei", PASSWORD, "zh")
    drain()
    code = Codes(executor.ports.secret).code(asked.ref)
    assert [(to, code in body) for _, to, _, body in post.sent] == [(contact, True)]
    with executor.database.read() as session:
        row = session.scalars(select(Dispatch)).one()
        assert code not in f"{row.params}{row.topic}{row.ref}"
        assert (row.state, row.attempts) == ("sent", 1)
        assert letters_by_state(session) == {"sent": 1}


def test_the_owner_of_a_known_contact_is_told_without_a_code(executor, drain, post, registrar):
    registrar.person(MAIL, "Mei", PASSWORD, "en")
    drain()
    post.sent.clear()
    executor.run(ANONYMOUS, sign_up, MAIL, "Mallory", "another long sentence")
    drain()
    [(_, to, subject, body)] = post.sent
    assert (to, subject) == (MAIL, "You have an account already")
    assert not any(word.isdigit() and len(word) == 6 for word in body.split())


def test_reacting_twice_sends_once(executor, drain, post):
    asked = executor.run(ANONYMOUS, sign_up, MAIL, "Mei", PASSWORD, "en")
    drain()
    with executor.database.read() as session:
        person = session.scalar(select(Dispatch.ref))
    executor.attempt(
        lambda: _unit(executor), lambda uow: tell(uow, [Fact("person.challenged", person)])
    )
    drain()
    assert asked.ref
    assert len(post.sent) == 1


def _unit(executor):
    from core.actor import SYSTEM
    from core.unit_of_work import UnitOfWork

    return UnitOfWork(executor, SYSTEM)


def test_a_refused_letter_waits_longer_each_time_and_is_given_up(executor, drain, post, clock):
    post.refuse = 100
    executor.run(ANONYMOUS, sign_up, MAIL, "Mei", PASSWORD, "en")
    for _ in range(14):
        drain()
        clock.move(timedelta(seconds=5000))
    with executor.database.read() as session:
        row = session.scalars(select(Dispatch)).one()
        assert (row.state, row.attempts, row.error) == ("failed", 12, "ConnectionError")
    assert post.sent == []


def test_a_letter_that_failed_once_arrives(executor, drain, post, clock):
    post.refuse = 1
    executor.run(ANONYMOUS, sign_up, MAIL, "Mei", PASSWORD, "en")
    drain()
    assert post.sent == []
    clock.move(timedelta(seconds=3))
    drain()
    assert len(post.sent) == 1


def test_a_claim_that_died_is_taken_over_and_its_holder_cannot_record(executor, drain, post, clock):
    executor.run(ANONYMOUS, sign_up, MAIL, "Mei", PASSWORD, "en")
    task = SendDispatches(executor, {"mail": post})
    letters = executor.database
    drain_outbox(executor)
    [dead] = task._claim()
    assert task._claim() == []
    clock.move(timedelta(seconds=61))
    assert task() == 1
    task._record(dead, "ConnectionError")
    with letters.read() as session:
        row = session.scalars(select(Dispatch)).one()
        assert (row.state, row.error) == ("sent", None)


def drain_outbox(executor):
    from worker.outbox import Drain

    task = Drain(executor)
    while task():
        pass


def test_a_withdrawn_invitation_is_not_sent(executor, registrar, drain, post):
    admin = registrar.person(MAIL, "Mei", PASSWORD, "en")
    operator = registrar.person("ou@example.org", "Ou", PASSWORD, "en")
    registrar.operator({"en": "Market"}, "1", operator)
    firm = registrar.organisation(admin, draft("HRB 1"), vetted_by=operator)
    drain()
    post.sent.clear()
    for mail, withdrawn in (("a@example.org", True), ("b@example.org", False)):
        asked = executor.run(
            registrar.actor(admin), invite_member, firm, mail, ["firm_member"], "zh"
        )
        if withdrawn:
            executor.run(registrar.actor(admin), withdraw_invitation, asked.ref)
    drain()
    [(_, to, subject, body)] = post.sent
    assert to == "b@example.org"
    assert subject == "Works HRB 1邀请您加入"
    assert f"{executor.ports.address}/join/" in body


def test_people_read_in_their_own_language_and_mark_as_read(executor, registrar, drain, post):
    admin = registrar.person(MAIL, "Mei", PASSWORD, "en")
    operator = registrar.person("ou@example.org", "Ou", PASSWORD, "zh")
    registrar.operator({"en": "Market"}, "1", operator)
    firm = registrar.organisation(admin, draft("HRB 1"))
    drain()
    with executor.database.read() as session:
        [line] = messages(session, operator, "zh")
        assert line.text == "Works HRB 1待核验"
    executor.run(registrar.actor(operator), vet_organisation, firm, "approve")
    drain()
    with executor.database.read() as session:
        [line] = messages(session, admin, "en")
        assert (line.text, line.unread) == ("Works HRB 1 is vetted", True)
        assert unread(session, admin) == 1
    executor.run(registrar.actor(admin), mark_read, line.n)
    with executor.database.read() as session:
        assert unread(session, admin) == 0
        assert unread(session, operator) == 1
    with pytest.raises(Forbidden):
        executor.run(ANONYMOUS, mark_read, 1)
    assert {to for _, to, _, _ in post.sent} >= {MAIL, "ou@example.org"}
    [body] = [body for _, to, subject, body in post.sent if subject == "Works HRB 1 is vetted"]
    assert url(executor.ports.address, f"organisation:{firm}", "en") in body


def test_a_reset_for_nobody_sends_nothing(executor, drain, post):
    executor.run(ANONYMOUS, start_reset, "nobody@example.org")
    drain()
    assert count(executor, Dispatch) == count(executor, Message) == 0


def test_the_link_of_a_stranger_leads_to_a_page_that_exists(runtime, executor):
    row = Dispatch(topic="inquiry.answered", ref="inquiry:" + "a" * 32, language="en",
                   channel="mail", params={"title": "T"})  # fmt: skip
    with executor.database.read() as session:
        body = compose(session, row, executor.ports).body
    path = next(line for line in body.splitlines() if "/inquiries/" in line)
    path = path.removeprefix(executor.ports.address).removeprefix("/en")
    adapter = app_of(runtime).url_map.bind("localhost")
    assert "token" in adapter.match(path, method="GET")[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_topic_fills_with_what_audiences_give(language):
    say = translator(language).gettext
    given = {"title": "T", "organisation": "O"}
    for topic in TOPICS.values():
        assert "%(" not in say(topic.subject, **given) + say(topic.body, **given)
    for topic in (*CODE.values(), INVITATION):
        params = given | {"code": "123456", "link": "L"}
        assert "%(" not in say(topic.subject, **params) + say(topic.body, **params)


def test_a_mail_cannot_smuggle_headers(tmp_path):
    folder = MailFolder(tmp_path, "market@example.org")
    with pytest.raises(ValueError, match="Header values"):
        folder.send(1, "a@example.org\r\nBcc: b@example.org", Text("S", "text"))
    folder.send(2, "a@example.org", Text("公示 notice", "正文\n"))
    [path] = tmp_path.glob("*.eml")
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert (mail["Subject"], mail.get_content().strip()) == ("公示 notice", "正文")
    assert mail["Message-ID"] == "<dispatch-2@example.org>"


class _Peer(socketserver.StreamRequestHandler):
    """As much SMTP as one letter needs."""

    def handle(self):
        def say(line):
            self.wfile.write(line.encode() + b"\r\n")

        say("220 peer")
        data = False
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if data:
                if line == ".":
                    data = False
                    say("250 kept")
                else:
                    self.server.kept.append(line)
            elif line.upper().startswith("DATA"):
                data = True
                say("354 go on")
            elif line.upper().startswith("QUIT"):
                say("221 bye")
                return
            else:
                say("250 8BITMIME")


def test_smtp_hands_the_letter_to_a_peer():
    with socketserver.TCPServer(("127.0.0.1", 0), _Peer) as server:
        server.kept = []
        threading.Thread(target=server.handle_request, daemon=True).start()
        port = server.server_address[1]
        Smtp(f"smtp://127.0.0.1:{port}", "market@example.org").send(
            7, MAIL, Text("Subject", "Body")
        )
        assert f"To: {MAIL}" in server.kept
        assert "Body" in server.kept
    with pytest.raises(ValueError, match="QIAOYI_SMTP_URL"):
        Smtp("ftp://x", "market@example.org")
