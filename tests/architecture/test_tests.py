"""A test that asserts nothing is a defect: every test function must be able to fail."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PROVING = ("assert", "expect", "raises", "check_", "verify", "must_")


def proves(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assert):
            return not (isinstance(inner.test, ast.Constant) and inner.test.value)
        if isinstance(inner, ast.Call):
            called = ast.unparse(inner.func)
            if any(word in called for word in PROVING):
                return True
    return False


def silent_tests(source: str) -> list[str]:
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.name.startswith("test_")
        and not proves(node)
    ]


def test_every_test_can_fail() -> None:
    found = [
        f"{path.relative_to(TESTS)}: {name}"
        for path in sorted(TESTS.rglob("test_*.py"))
        for name in silent_tests(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_check_sees_a_silent_test() -> None:
    assert silent_tests("def test_x():\n    run()\n") == ["test_x"]
    assert silent_tests("def test_x():\n    assert True\n") == ["test_x"]
    assert silent_tests("def test_x():\n    assert run()\n") == []
