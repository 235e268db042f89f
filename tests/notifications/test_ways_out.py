"""SMTP against a real server on loopback, and the gateway of text messages against a real one."""

from __future__ import annotations

import asyncio
import json
import socket
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from core.outbound import OutboundRefused
from core.signatures import HEADER, signature
from notifications.gateways.port import AddressRefused, Text
from notifications.gateways.sms import SmsGatewayError, SmsHttp
from notifications.gateways.smtp import Smtp
from tests.loopback import near, plain, serving

LETTER = Text("公示 notice", "正文\n", "<p>正文</p>", "https://market.example/unsubscribe/x")


class Peer:
    """Answers RCPT as it is told; keeps what arrives."""

    def __init__(self):
        self.answers, self.kept, self.delay = [], [], 0.0

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        await asyncio.sleep(self.delay)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.kept.append(message_from_bytes(envelope.content, policy=default))
        return "250 kept"


@pytest.fixture
def peer():
    handler = Peer()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        handler.port = free.getsockname()[1]

    def known(_server, _session, _envelope, _mechanism, data):
        good = (data.login, data.password) == (b"market", b"s3cret/@")
        return AuthResult(success=good, handled=False)

    options = {"authenticator": known, "auth_require_tls": False}
    server = Controller(handler, hostname="127.0.0.1", port=handler.port, **options)
    server.start()
    yield handler
    server.stop()


def test_a_letter_arrives_with_both_parts_and_the_heads_of_one_click(peer):
    way = Smtp(f"smtp://market:s3cret%2F%40@127.0.0.1:{peer.port}", "market@example.org")
    way.send(7, "mei@example.org", LETTER)
    way.send(7, "mei@example.org", LETTER)
    first, again = peer.kept
    assert first["Message-ID"] == again["Message-ID"]
    assert first["Subject"] == LETTER.subject
    assert first["List-Unsubscribe"] == f"<{LETTER.unsubscribe}>"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert first.get_body(("plain",)).get_content().strip() == "正文"
    assert first.get_body(("html",)).get_content().strip() == "<p>正文</p>"


def test_a_wrong_password_is_a_fault_of_ours_and_no_refusal(peer):
    way = Smtp(f"smtp://market:wrong@127.0.0.1:{peer.port}", "market@example.org")
    with pytest.raises(OSError, match="535"):
        way.send(7, "mei@example.org", LETTER)
    assert peer.kept == []


def test_a_greylisting_server_takes_the_letter_later(peer):
    peer.answers = ["450 come back later"]
    way = Smtp(f"smtp://127.0.0.1:{peer.port}", "market@example.org")
    with pytest.raises(OSError, match="450"):
        way.send(7, "mei@example.org", LETTER)
    way.send(7, "mei@example.org", LETTER)
    assert len(peer.kept) == 1


def test_an_unknown_mailbox_is_refused_for_good(peer):
    peer.answers = ["550 no such user"]
    with pytest.raises(AddressRefused):
        Smtp(f"smtp://127.0.0.1:{peer.port}", "market@example.org").send(7, "x@example.org", LETTER)


def test_a_slow_server_is_left(peer):
    peer.delay = 3.0
    way = Smtp(f"smtp://127.0.0.1:{peer.port}", "market@example.org", patience=0.3)
    with pytest.raises(OSError, match="timed out"):
        way.send(7, "mei@example.org", LETTER)


def test_where_tls_is_asked_for_nothing_is_said_without_it(peer):
    with pytest.raises(OSError, match=r"(?i)ssl|version|record"):
        Smtp(f"smtps://127.0.0.1:{peer.port}", "market@example.org").send(7, "a@b.example", LETTER)
    assert peer.kept == []


def test_a_text_message_is_posted_signed_in_the_gateways_own_form():
    form = '{"phone": "{to}", "params": [{"content": "{text}"}], "serial": "{id}", "sign": "桥易"}'
    with serving(plain) as server:
        outbound, url = near(server)
        SmsHttp(outbound, url, form, "key").send(9, "+8613800138000", Text("", '"}, {to}'))
        [(_, headers, body)] = server.got
    said = json.loads(body)
    assert said == {
        "phone": "+8613800138000",
        "params": [{"content": '"}, {to}'}],
        "serial": "dispatch-9",
        "sign": "桥易",
    }
    at = int(headers[HEADER].split(",")[0].removeprefix("t="))
    assert headers[HEADER] == signature(["key"], at, body)


def test_what_the_gateway_answers_is_told_apart():
    with serving(lambda handler: plain(handler, handler.server.answer)) as server:
        outbound, url = near(server)
        way = SmsHttp(outbound, url, "", "")
        server.answer = 503
        with pytest.raises(SmsGatewayError):
            way.send(1, "+8613800138000", Text("", "x"))
        server.answer = 422
        with pytest.raises(AddressRefused):
            way.send(1, "+8613800138000", Text("", "x"))
        server.answer = 200
        way.send(1, "+8613800138000", Text("", "x"))
        assert len(server.got) == 3


def test_a_gateway_inside_a_network_is_refused_at_start():
    from core.outbound import Outbound

    with pytest.raises(OutboundRefused):
        SmsHttp(Outbound(), "https://10.0.0.1/send", "", "")
