"""What ships with the market, under which licence: the list is read, and it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ci.licences import ROOT, allowed, problems, shipped

RULES = tomllib.loads((ROOT / "ci" / "licences.toml").read_text(encoding="utf-8"))


def test_what_is_installed_ships_under_allowed_licences():
    command = [Path(sys.executable).parent / "pip-licenses", "--format=json", "--from=mixed"]
    listed = subprocess.run(command, capture_output=True, check=True, timeout=120)
    ships = shipped((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))
    assert len(ships) > 30
    assert problems(json.loads(listed.stdout), ships, RULES) == []


@pytest.mark.parametrize(
    ("licence", "good"),
    [("MIT", True), ("MPL-2.0 AND (Apache-2.0 OR MIT)", True), ("BSD License; MIT License", True),
     ("GPL-3.0-or-later", False), ("MIT AND AGPL-3.0", False), ("UNKNOWN", False), ("", False)],
)  # fmt: skip
def test_a_licence_is_allowed_as_a_whole(licence, good):
    assert allowed(licence, RULES) is good


def test_an_exception_holds_for_one_package_and_one_licence():
    ships = frozenset({"psycopg", "stranger"})
    rows = [{"Name": "psycopg", "License": "LGPL-3.0-only"},
            {"Name": "stranger", "License": "LGPL-3.0-only"}]  # fmt: skip
    assert [line.split()[0] for line in problems(rows, ships, RULES)] == ["stranger"]
    assert problems([{"Name": "psycopg", "License": "AGPL-3.0"}], frozenset({"psycopg"}), RULES)
    assert "not installed" in problems([], frozenset({"psycopg"}), RULES)[0]
