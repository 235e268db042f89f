"""Our own rules for what must never appear: each finds its bad sample and leaves the good one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "ci" / "semgrep"
VIEW, PAGE = "webapp/views/public/x.py", "templates/x.html"
SAMPLES = {
    "sql-from-strings": ("a.py", 'text(f"SELECT {name}")', 'text("SELECT 1")'),
    "view-looks-up-unscoped": (VIEW, "session.get(Listing, id)", 'session.get("next", "")'),
    "clock-outside-the-clock": ("a.py", "now = datetime.now(UTC)", "now = database.now(session)"),
    "float-for-money": ("a.py", "float(lump_sum)", "float(score)"),
    "weak-hash": ("a.py", "hashlib.md5(data)", "hashlib.sha256(data)"),
    "chance-outside-secrets": ("a.py", "import random", "import secrets"),
    "secret-compared-in-the-open": ("a.py", "given_token == token", "kind == other"),
    "secret-in-the-log": ("a.py", 'log.info("in", password=typed)', 'log.info("in", person=id)'),
    "http-outside-its-door": ("a.py", "import requests", "from core.outbound import post"),
    "socket-outside-its-door": ("a.py", "import socket", "import sockets"),
    "certificate-not-checked": ("a.py", "call(url, verify=False)", "call(url, verify=True)"),
    "process-outside-its-modules": ("a.py", "import subprocess", "import sys"),
    "shell": ("a.py", "run(line, shell=True)", "run(line, check=True)"),
    "code-from-data": ("a.py", "eval(typed)", "evaluate(typed)"),
    "objects-from-bytes": ("a.py", "import pickle", "import json"),
    "xml-parser-with-doors": (
        "a.py",
        "etree.XMLParser(huge_tree=False)",
        "etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)",
    ),
    "xml-of-the-library": ("a.py", "import xml.etree.ElementTree", "from lxml import etree"),
    "archive-unpacked-whole": ("a.py", "archive.extractall(folder)", "archive.open(name)"),
    "markup-outside-its-modules": ("a.py", "Markup(text)", "escape(text)"),
    "template-marks-safe": (PAGE, "{{ text|safe }}", "{{ text }} is safe"),
    "escaping-off": ("a.py", "Environment(autoescape=False)", "Environment(autoescape=True)"),
    "template-escaping-off": (PAGE, "{% autoescape false %}", "{% autoescape true %}"),
    "template-from-data": (VIEW, "render_template_string(text)", 'render_template("x.html")'),
    "script-in-the-page": (PAGE, "<script>go()</script>", '<script src="/static/a.js"></script>'),
    "handler-or-style-in-the-page": (PAGE, '<a onclick="go()">', '<a class="go" data-on="x">'),
    "cookie-session-outside-its-modules": (
        VIEW,
        "from flask import request, session",
        "from flask import request",
    ),
    "file-sent-outside-its-modules": (VIEW, "send_file(path)", "send_page(path)"),
    "redirect-where-the-request-says": (
        VIEW,
        'redirect(request.args.get("next"))',
        'redirect(safe_next(request.args.get("next")))',
    ),
    "form-without-token": (VIEW, "csrf.exempt(view)", "csrf.protect()"),
    "debug-server": ("a.py", "app.run(debug=True)", "app.run(debug=False)"),
}


def written() -> set[str]:
    return {
        name
        for path in RULES.glob("*.yml")
        for name in re.findall(r"^  - id: (\S+)$", path.read_text(encoding="utf-8"), re.M)
    }


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> set[tuple[str, str]]:
    """(rule, folder/file) of everything that the rules find in the samples."""
    folder = tmp_path_factory.mktemp("samples")
    for name, (path, bad, good) in SAMPLES.items():
        for side, line in (("bad", bad), ("good", good)):
            file = folder / f"{side}-{name}" / path
            file.parent.mkdir(parents=True)
            file.write_text(line + "\n", encoding="utf-8")
    command = [
        Path(sys.executable).parent / "semgrep", "scan", "--config", RULES, "--json", "--quiet",
        "--metrics=off", "--disable-version-check", "--no-git-ignore", folder,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, check=True, timeout=300)
    answer = json.loads(done.stdout)
    assert answer["errors"] == []
    return {
        (hit["check_id"].rsplit(".", 1)[-1], Path(hit["path"]).relative_to(folder).parts[0])
        for hit in answer["results"]
    }


def test_every_rule_has_its_samples():
    assert written() == SAMPLES.keys()
    assert len(SAMPLES) >= 25


@pytest.mark.parametrize("name", SAMPLES)
def test_a_rule_finds_what_must_not_be_and_nothing_else(found, name):
    assert (name, f"bad-{name}") in found
    assert (name, f"good-{name}") not in found
