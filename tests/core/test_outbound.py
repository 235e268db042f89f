"""Server-side request forgery: a hundred ways to write an address that must not be called, names
that change their mind between question and call, and peers that are slow, long or elsewhere."""

from __future__ import annotations

import socket
import time
from http.client import HTTPException

import pytest

from core.outbound import KEPT, Outbound, OutboundRefused, is_public, resolve
from tests.loopback import near, plain, serving

PRIVATE = (
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0.0.0.0", "0", "10.0.0.1", "10.1",
    "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1", "169.254.169.254",
    "169.254.170.2", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "192.88.99.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
    "017700000001", "0x7f.1", "127.0.0.1.", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376",
    "3232235521", "0xc0a80001", "167772161", "0x0a.0x00.0x00.0x01", "012.0.0.1",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::1]", "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::]", "[2001:0:7f00:1::1]", "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]",
    "[fec0::1]", "[ff02::1]", "[ff0e::1]", "[100::1]", "[2001:db8::1]", "[fe80::1%25eth0]",
    "localhost", "LOCALHOST", "localhost.", "a.localhost", "metadata", "intranet",
)  # fmt: skip
WHOLE = (
    "", " ", "hooks.example.org", "//hooks.example.org/", "ftp://hooks.example.org/",
    "file:///etc/passwd", "gopher://hooks.example.org/", "dict://hooks.example.org:443/",
    "javascript:alert(1)", "data:text/plain,x", "http://hooks.example.org/",
    "HTTP://hooks.example.org/", "https://", "https:///path", "https://:443/",
    "https://user@hooks.example.org/", "https://user:pass@hooks.example.org/",
    "https://hooks.example.org@127.0.0.1/", "https://127.0.0.1#@hooks.example.org/",
    "https://127.0.0.1\\@hooks.example.org/", "https://hooks.example.org\\@127.0.0.1/",
    "https://hooks.example.org:22/", "https://hooks.example.org:25/",
    "https://hooks.example.org:6379/", "https://hooks.example.org:99999/",
    "https://hooks.example.org:x/", "https://hooks.example.org:0/",
    "https://hooks.example.org:-1/", "https://[::1/", "https://::1/",
    "https://hooks.example.org/\r\nX: y", "https://hooks.example.org/ a",
    "https://hooks.example.org/\x00", "https://ho\tst.example.org/", "https://１２７.0.0.1/",
    "https://127。0。0。1/", "https://ⓛocalhost/", "https://bücher.example/",
    "https://*.example.org/", "https://hooks%2eexample.org/", "https://%31%32%37.0.0.1/",
    "https://" + "a" * 2000 + ".example/",
)  # fmt: skip


def test_a_hundred_forms_are_tried():
    assert len(set(PRIVATE)) + len(set(WHOLE)) >= 100


@pytest.mark.parametrize("host", PRIVATE)
def test_no_form_of_a_private_address_is_called(host):
    """Whatever the reader lets pass, the system's resolver turns into an address that is closed."""
    called = []

    def numbers_only(name, port):
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        called.append(name)
        return [str(one[4][0]) for one in found]

    out = Outbound(resolve=numbers_only)
    with pytest.raises(OutboundRefused) as refused:
        out._pin(out.read(f"https://{host}/hook"))
    assert refused.value.reason in {"address", "host", "unknown"}


@pytest.mark.parametrize("url", WHOLE)
def test_no_odd_address_is_read(url):
    with pytest.raises(OutboundRefused):
        Outbound().read(url)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "223.5.5.5"])
def test_what_is_public_is_public(address):
    assert is_public(address)
    assert not is_public(f"{address}%eth0")
    assert Outbound(resolve=lambda *_: [address]).read("https://hooks.example.org/a?b=c").path == (
        "/a?b=c"
    )


def test_one_private_address_among_public_ones_refuses_all():
    for mixed in (["8.8.8.8", "10.0.0.1"], ["::1", "8.8.8.8"], [], ["not an address"]):
        out = Outbound(resolve=lambda *_, mixed=mixed: mixed)
        with pytest.raises(OutboundRefused):
            out.post("https://hooks.example.org/", b"", {})


def test_a_name_that_changes_its_mind_is_asked_once(monkeypatch):
    """Rebinding: the second answer would be this machine; the connection goes to the first."""
    answers, called = [["8.8.8.8"], ["127.0.0.1"], ["127.0.0.1"]], []

    def connect(address, timeout):
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    out = Outbound(resolve=lambda *_: answers.pop(0))
    with pytest.raises(ConnectionRefusedError):
        out.post("https://hooks.example.org/", b"", {})
    assert called == [("8.8.8.8", 443)]
    with pytest.raises(OutboundRefused, match="address"):
        out.post("https://hooks.example.org/", b"", {})
    assert called == [("8.8.8.8", 443)]


def test_the_system_resolver_answers_numbers():
    assert resolve("127.0.0.1", 80) == ["127.0.0.1"]


def test_a_server_of_this_machine_is_reached_on_a_named_port_only(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serving(plain) as server:
        out, url = near(server)
        answer = out.post(url, b"{}", {"X-Qiaoyi": "1"})
        assert (answer.status, answer.body) == (200, b"ok")
        [(path, headers, body)] = server.got
        assert (path, headers["X-Qiaoyi"], body) == ("/hook?a=1", "1", b"{}")
        assert headers["Host"] == url.split("/")[2]
        with pytest.raises(OutboundRefused):
            Outbound().post(url, b"", {})


def test_a_redirect_is_an_answer():
    with serving(lambda handler: plain(handler, 302, Location="http://127.0.0.1:1/")) as server:
        out, url = near(server)
        assert out.post(url, b"", {}).status == 302
        assert len(server.got) == 1


def test_a_long_answer_is_cut():
    with serving(lambda handler: plain(handler, body=b"x" * 5_000_000)) as server:
        out, url = near(server)
        assert len(out.post(url, b"", {}).body) == KEPT


def drip(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        try:
            handler.wfile.write(f"X-{number}: y\r\n".encode())
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.1)


def test_a_peer_that_drips_is_left_in_time():
    with serving(drip) as server:
        out, url = near(server, patience=0.6)
        begun = time.monotonic()
        with pytest.raises((OSError, HTTPException)):
            out.post(url, b"", {})
        assert time.monotonic() - begun < 2


def test_tls_wants_the_name_that_was_asked_for(monkeypatch):
    """A peer without a certificate for the name is not spoken to."""
    with serving(plain) as server:
        out, url = near(server)
        with pytest.raises(OSError, match=r"(?i)ssl|wrong version|record"):
            out.post(url.replace("http://", "https://"), b"secret", {})
        assert server.got == []
