"""Where one message ends and the next begins: the server that is shipped agrees with RFC 9112, so
that nobody hides a second request in the first one's body."""

from __future__ import annotations

import re
import socket

import pytest

HIDDEN = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
"""What an attacker would have the next visitor ask."""


def said(port: int, *heads: str, body: str) -> list[int]:
    """The status of every answer that comes back on one connection."""
    lines = ["POST /policy-reports HTTP/1.1", "Host: localhost", *heads]
    with socket.create_connection(("localhost", port), timeout=10) as line:
        line.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode("latin-1"))
        line.settimeout(3)
        heard = b""
        try:
            while piece := line.recv(65536):
                heard += piece
        except TimeoutError:
            pass  # the server waits for more, or keeps the connection open
    return [int(status) for status in re.findall(rb"^HTTP/1\.1 (\d{3})", heard, re.M)]


@pytest.mark.parametrize(
    "heads",
    [
        ("Content-Length: 5", "Content-Length: 60"),
        ("Content-Length: +5",),
        ("Content-Length: -1",),
        ("Content-Length: 0x5",),
        ("Content-Length : 5",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding: chunked", "Transfer-Encoding: identity"),
    ],
    ids=" + ".join,
)
def test_a_length_that_can_be_read_in_two_ways_is_refused(served, heads):
    answers = said(served.port, *heads, body="0\r\n\r\n" + HIDDEN)
    assert answers[:1] == [400] or answers == [501], answers
    assert len(answers) == 1, "nothing after it was taken for a request"


def test_a_length_beside_chunks_counts_nothing(served):
    """The chunks end where they say: the length would have hidden what follows them, or let it be
    taken for a part of the body by whoever stands in front."""
    sent = "5\r\nhello\r\n0\r\n\r\n"
    answers = said(served.port, "Content-Length: 4", "Transfer-Encoding: chunked", body=sent)
    assert answers in ([204], [400]), answers


@pytest.mark.parametrize(
    "chunk", ["0x5\r\nhello\r\n0\r\n\r\n", "-1\r\nhello\r\n0\r\n\r\n", "5;\nhello"]
)
def test_a_chunk_of_no_clear_size_ends_the_connection(served, chunk):
    answers = said(served.port, "Transfer-Encoding: chunked", body=chunk + HIDDEN)
    assert 200 not in answers, "what was hidden behind it was not answered"


def test_the_same_request_as_it_should_be_is_answered(served):
    assert said(served.port, "Content-Length: 5", "Connection: close", body="hello") == [204]
    sent = "5\r\nhello\r\n0\r\n\r\n"
    chunked = "Transfer-Encoding: chunked", "Connection: close"
    assert said(served.port, *chunked, body=sent) == [204]
