"""The example of the manual, run against a served market: it reads, writes and follows."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from core.ids import show
from docs.examples.client import Client, Problem
from search import indexer
from tests.listings.conftest import INSTITUTE

CLIENT = Path(__file__).resolve().parents[2] / "docs" / "examples" / "client.py"
DRAFT = {
    "owner": show("organisation", INSTITUTE),
    "kind": "result",
    "text": {"language": "zh", "title": "低温散热膜", "value_line": "薄40%。"},
}


@pytest.fixture
def address(api, app):
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_program_drafts_edits_and_lists(api, address):
    client = Client(address, api.token("author"))
    first = client.post("/listings", DRAFT, key="draft-of-today")
    assert client.post("/listings", DRAFT, key="draft-of-today") == first
    path = f"/listings/{first['id']}"
    changed = client.change("PATCH", path, {"asset": {"trl": 6}})
    assert (changed["trl"], changed["version"]) == (6, first["version"] + 1)
    for _ in range(2):
        client.post("/listings", DRAFT)
    assert len(list(client.every("/listings", limit=1, state="draft"))) == 3
    with pytest.raises(Problem, match="needs an access token") as refused:
        Client(address).post("/listings", DRAFT)
    assert (refused.value.status, refused.value.code) == (401, "token_missing")
    with pytest.raises(Problem, match=r"text\.title: This field is required"):
        client.post("/listings", DRAFT | {"text": {"language": "zh"}})


def test_the_command_searches(address, market, runtime, drain):
    indexer.reindex(runtime.database, runtime.search, runtime.loaders)
    market.published()
    drain()
    said = subprocess.run(
        [sys.executable, str(CLIENT), address, "散热膜"], capture_output=True, text=True, check=True
    ).stdout
    assert said.startswith("1 found\n- Low-temperature roll-to-roll")
