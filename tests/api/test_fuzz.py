"""schemathesis on the whole OpenAPI document, with what follows from what: no fault, no breach."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from accounts.actions.make_token import make_token
from accounts.codes import hash_token
from accounts.scopes import Scope
from accounts.tokens import new_token, shown_part
from core.actor import Actor
from core.settings import Settings
from tests.sampled import demo_person
from webapp.api.declaring import TABLE

CASES = int(os.environ.get("QIAOYI_FUZZ_CASES", "10000"))
CONFIG = Path(__file__).parent / "fuzzing.toml"
PHASES = {
    "tto_officer": "examples,coverage,fuzzing,stateful",
    "firm_admin": "examples,fuzzing,stateful",
}
SHARE = {"tto_officer": 0.9, "firm_admin": 0.1}
FROM_BOUNDS, FEWEST = 9000, 12
"""So many cases come of the schema's own bounds, before anything is drawn at random; and so many
are drawn for each operation at least."""
pytestmark = pytest.mark.fuzz


@pytest.fixture
def served(sample_market, sample_app):
    """The sample market behind a real socket, without the limit that a minute has."""
    real = sample_market.settings
    wide = {"api_per_minute": 10**6, "api_visitor_per_minute": 10**6}
    sample_market.settings = Settings.model_copy(real, update=wide)
    sample_app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, sample_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    sample_market.settings = real


def token_of(market, role: str) -> str:
    token = new_token()
    kept = (hash_token(token), shown_part(token))
    person = Actor("person", demo_person(market, role))
    market.executor.run(person, make_token, "fuzzing", tuple(Scope), 1, *kept)
    return token


def run(url: str, token: str, phases: str, examples: int, report: Path) -> tuple[int, str]:
    """The exit code and what was said, told on as it comes."""
    command = [
        str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(CONFIG), "run",
        f"{url}/api/openapi.json", "--url", url, "--header", f"Authorization: Bearer {token}",
        "--phases", phases, "--workers", "2", "--max-examples", str(examples),
        "--seed", "20261128", "--no-color",
        "--continue-on-failure", "--report-json-path", str(report), "--warnings", "off",
        "--suppress-health-check", "all", "--request-timeout", "60",
    ]  # fmt: skip
    said = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=report.parent
    ) as child:
        for line in child.stdout:
            said.append(line)
            print(line, end="", flush=True)
    return child.returncode, "".join(said)


@pytest.mark.parametrize("role", PHASES)
def test_no_fault_and_no_breach_of_the_schema(served, sample_market, tmp_path, capsys, role):
    """The bounds of the schema are tried with the office's token, who may do most; the firm's and
    the office's are then drawn at random."""
    examples = max(FEWEST, (CASES - FROM_BOUNDS) // (2 * len(TABLE.by_name)))
    with capsys.disabled():
        code, said = run(
            served, token_of(sample_market, role), PHASES[role], examples, tmp_path / "report.json"
        )
    assert code == 0, said[-12000:]
    counted = int(re.search(r"([\d,]+) generated", said)[1].replace(",", ""))
    assert counted >= SHARE[role] * CASES
