"""What every route says to the browser, and where no address leads."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest

from tests.trust.routes import CASES
from tests.trust.test_doors import EVIL
from webapp import sessions
from webapp.factory import create_app

SAID = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
MUST = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'")
UNTOLD = ("Server", "X-Powered-By", "Access-Control-Allow-Origin", "X-AspNet-Version")
ZEROS = re.compile(r"\{\w+\}|<[^>]*>")


def addresses(app) -> list[str]:
    """Every address that can be asked for: those of the cases, and of every rule with zeros."""
    cases = {ZEROS.sub("0" * 32, case.path) for case in CASES if case.method == "GET"}
    rules = {ZEROS.sub("0" * 32, one.rule) for one in app.url_map.iter_rules()}
    return sorted(cases | rules)


def test_every_route_carries_the_headers(sample_app, client_of):
    seen = 0
    for role in (None, "operator", "tto_officer"):
        for path in addresses(sample_app):
            with client_of(role).get(path) as answer:
                head = answer.headers
                assert {name: head[name] for name in SAID} == SAID, path
                policy = head["Content-Security-Policy"]
                assert [part for part in MUST[:2] if part not in policy] == [], path
                assert not re.search(r"unsafe|\*|http:", policy), path
                assert "camera=()" in head["Permissions-Policy"], path
                assert [name for name in UNTOLD if name in head] == [], path
                seen += 1
    assert seen > 300


def test_every_route_names_its_type(sample_app, client_of):
    for path in addresses(sample_app):
        with client_of(None).get(path) as answer:
            if answer.data:
                kind = answer.headers["Content-Type"]
                assert re.fullmatch(
                    r"[\w.+-]+/[\w.+-]+(; version=0\.0\.4)?(; ?charset=utf-8)?", kind
                ), path
                if kind.startswith("text/"):
                    assert "charset=utf-8" in kind, path


def test_no_address_answers_to_trace_or_an_invented_method(sample_app, client_of):
    """TRACE would give back what a browser sent, its cookie included."""
    every = addresses(sample_app)
    for client, methods, paths in (
        (client_of(None), ("TRACE",), every),
        (client_of("operator"), ("TRACE", "TRACK", "CONNECT", "INVENTED"), every[::20]),
    ):
        for path, method in product(paths, methods):
            with client.open(path, method=method, headers={"X-Echo": "sent-in-a-header"}) as answer:
                assert answer.status_code in (404, 405), (method, path)
                assert "sent-in-a-header" not in answer.text, path


def test_no_password_is_shown_while_it_is_typed(client_of, sample_app):
    """Nor is one ever sent back into its field; password managers fill it in and keep it."""
    places = {
        None: ("/sign-in", "/sign-up", "/reset/0123"),
        "expert": ("/account", "/sign-in/again"),
    }
    named = {"password", "old"}
    seen = set()
    for role, paths in places.items():
        for path in paths:
            page = client_of(role).get(path).text
            for field in re.findall(r"<input\b[^>]*>", page):
                name = re.search(r'\bname="(\w+)"', field)
                if name and name[1] in named:
                    assert 'type="password"' in field, (path, field)
                    assert re.search(r'autocomplete="(current|new)-password"', field), field
                    assert not re.search(r'\bvalue="[^"]', field), field
                    seen.add((path, name[1]))
    assert {path for path, _ in seen} == {path for paths in places.values() for path in paths}


def test_https_is_remembered(sample_market):
    settings = sample_market.settings.model_copy(
        update={"base_url": "https://market.example", "trusted_hosts": "market.example"}
    )
    app = create_app(replace(sample_market, settings=settings))
    answer = app.test_client().get("/sign-in", base_url="https://market.example")
    assert answer.status_code == 200
    remembered = answer.headers["Strict-Transport-Security"]
    assert int(re.search(r"max-age=(\d+)", remembered)[1]) >= 31536000
    assert "includeSubDomains" in remembered
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-market=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def payloads() -> list[str]:
    """Three hundred ways to write another place, beside those that are listed."""
    hosts = (
        "evil.example",
        "evil.example:443",
        "user@evil.example",
        "[::1]",
        "0x7f.1",
        "evil。example",
    )
    starts = (
        "//", "///", "/\\", "\\\\", "/\t/", "/\r/", "/\n/", " //", "https://", "http://", "HTTPS://",
        "https:/", "https:", "ftp://", "javascript://", "//\t", "/\x00/", "/%2f\\", "//%0d%0a",
        "\u3000//", "/\u2028/", "https:\\\\", "/ /", ".//", "//./", "///.", "//;@", "//?@", "//#@",
        "view-source://", "data://", "blob:https://", "//\u202e", "/\x7f/", "\x1f//", "//%5c",
        "/\\/\\", "\\/\\/", "http:///", "//@", "/.//", "//..//", "//%09", "////",
        "//\t\t", "mailto:",
    )  # fmt: skip
    made = [f"{start}{host}" for start in starts for host in hosts]
    return [*EVIL, *made]


def test_three_hundred_targets_lead_nowhere_else(sample_app):
    tried = payloads()
    assert len(set(tried)) >= 300
    with sample_app.test_request_context("/"):
        for target in tried:
            to = sessions.safe_next(target)
            assert re.match(r"/(?![/\\])", to), (target, to)
            assert not re.search(r"[\x00-\x1f\x7f\\]", to), (target, to)


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_form_that_is_sent_brings_nobody_away(client_of, language):
    for target in payloads()[::7]:
        answer = client_of("broker").get(f"{language}/sign-in", query_string={"next": target})
        to = answer.headers.get("Location", "/")
        assert answer.status_code in (302, 400), target
        assert re.match(r"/(?![/\\])", to), (target, to)
