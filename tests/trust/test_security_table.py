"""`docs/security.md` names only what exists: each claim has its test, document or plan."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "security.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (.+) \|$", re.M)
IN_CHAPTER = {1: 30, 2: 13, 3: 31, 4: 16, 5: 13, 6: 47, 7: 19, 8: 13, 9: 7, 10: 36, 11: 24, 12: 12,
              13: 21, 14: 13, 15: 21, 16: 17, 17: 12}  # fmt: skip
"""How many requirements each chapter of version 5.0.0 has."""
FEWEST = 150


def rows() -> list[tuple[str, str, str]]:
    return ROW.findall(TABLE.read_text(encoding="utf-8"))


def dangling(evidence: str) -> str:
    """Why this is no evidence; empty where it is."""
    if evidence.startswith("planned: "):
        return ""
    path, _, test = evidence.strip("`").partition("::")
    file = ROOT / "tests" / path if test else ROOT / path
    if not file.exists():
        return f"{path} is not there"
    written = file.read_text(encoding="utf-8") if test else ""
    if test and not re.search(rf"^def {re.escape(test)}\(", written, re.M):
        return f"{path} has no {test}"
    return ""


def test_every_claim_is_shown_by_something_that_exists(capsys):
    claims = rows()
    wrong = {id: why for id, _, shown in claims if (why := dangling(shown))}
    planned = sum(shown.startswith("planned: ") for _, _, shown in claims)
    with capsys.disabled():
        print(f"\nASVS 5.0: {len(claims) - planned} claims shown, {planned} planned")
    assert wrong == {}
    assert len(claims) - planned >= FEWEST


def test_no_requirement_is_claimed_twice_or_invented():
    ids = [id for id, _, _ in rows()]
    assert [id for id, n in Counter(ids).items() if n > 1] == []
    counted = Counter(int(id.split(".")[0]) for id in ids)
    assert {chapter: n for chapter, n in counted.items() if n > IN_CHAPTER[chapter]} == {}
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:3] != "|--"]
    assert sum(line.startswith("| ") for line in lines) == len(ids) + len(counted)


def test_a_dangling_name_is_seen():
    assert dangling("`trust/test_doors.py::test_nobody_wrote_this`")
    assert dangling("`docs/nowhere.md`")
    assert dangling("`trust/test_security_table.py::test_a_dangling_name_is_seen`") == ""
