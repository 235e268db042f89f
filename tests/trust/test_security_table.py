"""`docs/security.md` names only what exists: each claim has its test, document or plan, and each
abuse case the controls that are taken away to see a check turn red."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.trust.test_controls import EVERY

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "security.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (.+) \|$", re.M)
IN_CHAPTER = {1: 30, 2: 13, 3: 31, 4: 16, 5: 13, 6: 47, 7: 19, 8: 13, 9: 7, 10: 36, 11: 24, 12: 12,
              13: 21, 14: 13, 15: 21, 16: 17, 17: 12}  # fmt: skip
"""How many requirements each chapter of version 5.0.0 has."""
FEWEST = 225
WANTED = """
1.1: 1 2; 1.2: 1-5 7 9; 1.3: 1-7 10 11; 1.4: 2; 1.5: 1 2; 2.1: 1-3; 2.2: 1-3; 2.3: 1-5;
2.4: 1 2; 3.2: 1 2; 3.3: 1-4; 3.4: 1-8; 3.5: 1-4 8; 3.7: 1 2; 4.1: 1-4; 4.2: 1; 4.3: 1;
5.1: 1; 5.2: 1-6; 5.3: 1-3; 5.4: 1-3; 6.1: 1-3; 6.2: 1-12; 6.3: 1-4; 6.4: 1-4; 6.5: 1-5;
6.6: 2 3; 6.8: 1 2 4; 7.1: 1 2; 7.2: 1-4; 7.3: 1 2; 7.4: 1-5; 7.5: 1-3; 7.6: 1 2; 8.1: 1 2;
8.2: 1-3; 8.3: 1-3; 8.4: 1; 9.1: 1-3; 9.2: 1-4; 10.1: 1 2; 10.2: 1 2; 10.5: 1-4; 11.1: 1 2;
11.2: 1-3; 11.3: 1-3; 11.4: 1-4; 11.5: 1; 11.6: 1; 12.1: 1 2; 12.2: 1 2; 12.3: 1-4; 13.1: 1 3;
13.2: 1-5; 13.3: 1 2; 13.4: 1-5; 14.1: 1 2; 14.2: 1-4 6 8; 14.3: 1-3; 15.1: 1-3; 15.2: 1-3;
15.3: 1-7; 15.4: 1-3; 16.1: 1; 16.2: 1-5; 16.3: 1-4; 16.4: 1-3; 16.5: 1-4
"""
"""Levels 1 and 2 but for what is not here (GraphQL, WebSocket, WebRTC, SAML, LDAP, LaTeX, memory
of our own, an authorization server), and twenty of level 3: 216, and 13 of a client's sign-on."""
ABUSE = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", re.M)
CASES, LATER = 40, {"Auctions", "Brokers", "Operations", "Stripe"}
"""How many abuse cases there are, and the issues with which comes what is not here."""


def rows() -> list[tuple[str, str, str]]:
    return ROW.findall(TABLE.read_text(encoding="utf-8"))


def dangling(evidence: str) -> str:
    """Why this is no evidence; empty where it is."""
    if evidence.startswith("planned: "):
        issue = evidence.removeprefix("planned: ")
        return "" if issue in LATER else f"{issue} is no issue"
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
    claims = TABLE.read_text(encoding="utf-8").partition("## Abuse cases")[0]
    lines = [line for line in claims.splitlines() if line[:3] != "|--"]
    assert sum(line.startswith("| ") for line in lines) == len(ids) + len(counted)


def wanted() -> set[str]:
    """The requirements that must have a row."""
    found = set()
    for section in WANTED.split(";"):
        name, _, numbers = section.strip().partition(": ")
        for part in numbers.split():
            first, _, last = part.partition("-")
            found |= {f"{name}.{n}" for n in range(int(first), int(last or first) + 1)}
    return found


def test_every_requirement_has_its_row():
    assert len(wanted()) == 216 + 13
    assert wanted() - {id for id, _, _ in rows()} == set()


def test_a_dangling_name_is_seen():
    assert dangling("`trust/test_doors.py::test_nobody_wrote_this`")
    assert dangling("`docs/nowhere.md`")
    assert dangling("planned: Some day")
    assert dangling("`trust/test_security_table.py::test_a_dangling_name_is_seen`") == ""


def abuse_cases() -> dict[int, list[str]]:
    """What is named for each case: rows of `test_controls.py`, or the issue with which it comes."""
    listed = ABUSE.findall(TABLE.read_text(encoding="utf-8").partition("## Abuse cases")[2])
    named = {int(case): shown.strip().split(", ") for case, _, shown in listed}
    assert len(named) == len(listed), "a case stands twice"
    return named


def test_each_abuse_case_has_controls_to_take_away_or_comes_later():
    cases = abuse_cases()
    assert sorted(cases) == list(range(1, CASES + 1))
    for case, named in cases.items():
        later = {one.removeprefix("planned: ") for one in named if one.startswith("planned: ")}
        assert later <= LATER, case
        rows = [one for one in named if not one.startswith("planned: ")]
        assert rows or later, case
        assert [row for row in rows if row.partition(" ")[0] != str(case)] == [], case


def test_each_control_that_is_taken_away_stands_at_its_case():
    listed = [one for named in abuse_cases().values() for one in named]
    rows = [one for one in listed if not one.startswith("planned: ")]
    assert sorted(rows) == sorted(EVERY)
