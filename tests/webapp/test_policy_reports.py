"""What browsers report about the policy of content: believed little, logged shortly."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from tests.webapp.clients import app, client

CALL = {"content_type": "application/csp-report"}


def report(**said: object) -> dict[str, object]:
    return {"csp-report": {"effective-directive": "script-src-elem", **said}}


def sent(client, body, **how) -> list[dict]:
    with capture_logs() as lines:
        if isinstance(body, bytes):
            answer = client.post("/policy-reports", data=body, **CALL, **how)
        else:
            answer = client.post("/policy-reports", json=body, **how)
        assert (answer.status_code, answer.data) == (204, b"")
    return [line for line in lines if line["event"] == "policy kept something out"]


def test_every_page_says_where_a_browser_reports(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "report-uri /policy-reports" in policy


@pytest.mark.parametrize(
    ("blocked", "logged"),
    [
        ("inline", "inline"),
        ("https://evil.example/path?token=secret", "evil.example"),
        ("https://evil.example\nforged line", ""),
        ("javascript:alert(1)", "javascript"),
        ("data", "data"),
        ("http://[", ""),
        (["a list"], ""),
    ],
)
def test_a_report_is_one_line_without_what_was_in_the_address(client, blocked, logged):
    [line] = sent(client, report(**{"blocked-uri": blocked, "document-uri": "/join/secret"}))
    assert (line["directive"], line["blocked"]) == ("script-src-elem", logged)
    assert "secret" not in repr(line)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b'{"csp-report": 1}', b'{"csp-report": {}}', b"[" * 8000,
        b'{"csp-report": {"effective-directive": "a\\nb"}}',
        b'{"csp-report": {"effective-directive": "img-src"}, "x": "' + b"x" * 9000 + b'"}',
    ],
)  # fmt: skip
def test_what_is_no_report_leaves_no_line(client, body):
    assert sent(client, body) == []


def test_one_address_fills_no_log(client):
    lines = [
        line
        for _ in range(60)
        for line in sent(client, report(), environ_base={"REMOTE_ADDR": "203.0.113.9"})
    ]
    assert 20 <= len(lines) <= 40  # a minute may end meanwhile


__all__ = ["app", "client"]
