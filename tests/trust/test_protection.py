"""`docs/protection.md` beside what the source does: which module uses which cryptography, and what
the log writes."""

from __future__ import annotations

import ast
import io
import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import structlog
from structlog.testing import capture_logs

from core.logging import configure
from core.settings import Settings
from tests.trust.observing import program_of
from tests.trust.world import demo
from webapp.factory import create_app

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "protection.md"
CRYPTOGRAPHY = {
    "argon2", "authlib", "cryptography", "hashlib", "hmac", "itsdangerous", "joserfc", "pyotp",
    "secrets", "ssl", "webauthn",
}  # fmt: skip
APART = {"benchmarks", "ci", "migrations", "tests", "tools"}
"""Folders of which nothing runs in a market that serves."""


def imported(source: str) -> set[str]:
    """The outermost packages that a module takes something from, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.partition(".")[0])
    return found


def modules() -> set[str]:
    """Every module of the market that touches cryptography."""
    files = {path.relative_to(ROOT) for path in ROOT.rglob("*.py")}
    shipped = {path for path in files if path.parts[0] not in APART and path.parts[0][0] != "."}
    return {
        path.as_posix()
        for path in shipped
        if imported((ROOT / path).read_text(encoding="utf-8")) & CRYPTOGRAPHY
    }


def listed() -> set[str]:
    """Those that the table of algorithms names."""
    table = DOCUMENT.read_text(encoding="utf-8").partition("## Algorithms")[2].partition("## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    return {name for row in rows for name in re.findall(r"`([\w/]+\.py)`", row)}


def test_every_module_that_touches_cryptography_is_listed_and_no_other():
    assert len(modules()) > 40
    assert modules() ^ listed() == set()


def test_an_import_within_a_function_is_seen_too():
    assert "hashlib" in imported("def f():\n    from hashlib import md5\n")
    assert "ssl" in imported("import ssl.sub as other\n")


def test_no_key_is_made_of_a_password():
    """The one function that is slow on purpose keeps passwords, and derives nothing from them."""
    slow = re.compile(r"pbkdf2|scrypt|hash_secret|PBKDF2HMAC", re.I)
    for module in modules():
        assert not slow.search((ROOT / module).read_text(encoding="utf-8")), module


def test_no_cipher_but_the_authenticated_one():
    """AES-GCM refuses what was changed; without it there is no cipher, no mode and no padding."""
    taken = re.compile(r"from cryptography\.hazmat\.primitives\.(\S+) import (.+)")
    found = {
        name.strip()
        for module in modules()
        for place, names in taken.findall((ROOT / module).read_text(encoding="utf-8"))
        for name in names.split(",")
        if place.startswith("ciphers") or "padding" in place
    }
    assert found == {"AESGCM"}


@pytest.fixture
def log(monkeypatch):
    """What a market in production writes, to the one place that is written down."""
    before, written = structlog.get_config(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(write=pytest.fail, flush=lambda: None))
    configure(Settings(_env_file=None, env="production"))
    try:
        yield written
    finally:
        structlog.configure(**before)


def lines(written: io.StringIO) -> list[str]:
    return written.getvalue().splitlines()


def test_a_line_is_an_object_with_its_time_in_utc(log):
    structlog.get_logger().warning("not allowed", code="forbidden", person="0123")
    [line] = lines(log)
    said = json.loads(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", said.pop("timestamp"))
    assert said == {"event": "not allowed", "level": "warning", "code": "forbidden",
                    "person": "0123"}  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\x85", "\x1b[2J", "\x00"])
def test_nobody_writes_a_line_of_their_own(log, end):
    forged = f'x{end}{{"event": "signed in", "level": "info"}}'
    structlog.get_logger().warning(forged, code=forged)
    written = log.getvalue()
    assert written.count("\n") == 1, "the end of the line"
    assert json.loads(written)["code"] == forged
    assert written.isascii()
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", written)


def test_a_fault_brings_its_traceback_within_its_line(log):
    try:
        raise ValueError("first\nsecond")
    except ValueError:
        structlog.get_logger().exception("fault", endpoint="home.page")
    [line] = lines(log)
    assert "ValueError: first\nsecond" in json.loads(line)["exception"]


COMPUTED = re.compile(r"(\w+)\[[^\]'\"\d]+\]\s*(?:\?\?|\|\||&&)?=[^=>]")
"""Something put under a name that the page, or somebody, chose."""


def test_no_script_puts_a_chosen_name_into_an_object():
    """`__proto__` would change every object; a Map and Object.fromEntries know no such name."""
    assert COMPUTED.findall("a[b] ??= 1; c[d] = 2; e['f'] = 3; g[0] = 4; h[i] === 5") == ["a", "c"]
    scripts = sorted((ROOT / "static").glob("*.js"))
    written = {path.name: path.read_text(encoding="utf-8") for path in scripts}
    assert {"app.js", "passkeys.js", "sealing.js"} <= written.keys()
    found = [(name, into) for name, text in written.items() for into in COMPUTED.findall(text)]
    assert found == [("app.js", "localStorage")], "its names begin with `draft:`"
    assert not re.search(r"__proto__|\bin saved\b", "".join(written.values()))


def test_nothing_else_opens_a_place_to_log_to():
    """One module sets the log up; the others ask it for a logger."""
    opens = re.compile(r"FileHandler|SysLogHandler|basicConfig|addHandler|LoggerFactory|dictConfig")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if path.relative_to(ROOT).parts[0] not in APART
        and not path.relative_to(ROOT).parts[0].startswith(".")
        and opens.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"core/logging.py"}


def events(said, name):
    return [line for line in said if line["event"] == name]


def test_what_somebody_was_not_allowed_is_noted_by_place_and_person(client_of, sample_market):
    person = demo(sample_market, "firm_member").person
    with capture_logs() as said:
        assert client_of("firm_member").get("/operator/people").status_code == 404
        assert client_of("firm_member").get("/queue").status_code == 403
        assert client_of(None).get("/unsubscribe/secret-of-a-link").status_code == 404
    noted = events(said, "not allowed")
    assert [(one["endpoint"], one["person"]) for one in noted[:2]] == [
        ("operator.people", person), ("queue.page", person),
    ]  # fmt: skip
    assert noted[-1]["person"] is None
    assert "secret-of-a-link" not in repr(said)


def test_a_program_that_is_refused_is_noted_too(sample_app, client_of, sample_market):
    client_of("firm_member")
    person, client = demo(sample_market, "firm_member"), sample_app.test_client()
    head = program_of(sample_market, person)
    with capture_logs() as said:
        assert client.post("/api/v1/listings", json={}, headers=head).status_code == 403
        assert client.get("/api/v1/me").status_code == 401
        forged = {"Authorization": "Bearer qiaoyi_" + "x" * 30}
        assert client.get("/api/v1/me", headers=forged).status_code == 401
    noted = [(one["code"], one["person"]) for one in events(said, "not allowed")]
    assert noted == [("scope_missing", person.person), ("token_missing", None),
                     ("token_invalid", None)]  # fmt: skip
    assert "x" * 30 not in repr(said)


def test_a_fault_is_noted_without_the_address(sample_market, monkeypatch):
    app = create_app(sample_market)
    rule = next(one for one in app.url_map.iter_rules() if one.endpoint == "mail_habits.ask")

    def broken(**_places: str) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(broken, "market_access", app.view_functions[rule.endpoint].market_access,
                        raising=False)  # fmt: skip
    monkeypatch.setitem(app.view_functions, rule.endpoint, broken)
    with capture_logs() as said:
        assert app.test_client().get("/unsubscribe/secret-of-a-link").status_code == 500
    [noted] = events(said, "fault")
    assert noted["endpoint"] == rule.endpoint
    assert "secret-of-a-link" not in repr({**noted, "exc_info": ""})
