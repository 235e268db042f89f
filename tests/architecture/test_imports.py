"""Who may import whom: the arrows of docs/architecture.md, read from every import in the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

LAYERS: list[set[str]] = [
    {"core"},
    {"search"},
    {"accounts"},
    {"datarooms"},
    {"listings"},
    {"billing"},
    {"deals"},
    {"contracts"},
    {"governance"},
    {"matching"},
    {"syndication", "notifications", "reporting"},
    {"worker"},
    {"bootstrap"},
    {"migrations"},
    {"sample"},
    {"webapp"},
    {"wsgi"},
]
"""Right may import left, never back; those in one set do not import each other."""

ONLY_IN: dict[str, set[str]] = {
    "flask": {"webapp", "wsgi"},
    "flask_login": {"webapp"},
    "flask_wtf": {"webapp"},
    "wtforms": {"webapp"},
    "werkzeug": {"webapp", "wsgi"},
    "tantivy": {"search"},
    "elasticsearch": {"search"},
    "elastic_transport": {"search"},
    "prometheus_client": {"search", "webapp"},
    "alembic": {"migrations"},
    "granian": {"webapp"},
    "typst": {"core"},
}
CORE_ALONE = {"jurisdictions": {"core", "jurisdictions"}}
OURS = {name for layer in LAYERS for name in layer} | set(CORE_ALONE)


def sources() -> Iterator[tuple[str, Path]]:
    for top in sorted(OURS):
        single = ROOT / f"{top}.py"
        if single.exists():
            yield top, single
        for path in sorted((ROOT / top).rglob("*.py")):
            yield top, path


def imported(path: Path) -> Iterator[tuple[str, int, bool]]:
    """(top-level package, line, only for type checking) of every import in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for name in names:
            yield name.partition(".")[0], node.lineno, id(node) in typing_only


def rank(package: str) -> int:
    return next(i for i, layer in enumerate(LAYERS) if package in layer)


def faults_of(top: str, path: Path) -> Iterator[str]:
    where = path.relative_to(ROOT)
    for package, line, typing_only in imported(path):
        if package in ONLY_IN and top not in ONLY_IN[package] and top != "migrations":
            yield f"{where}:{line} imports {package}"
        if package not in OURS or package == top or typing_only:
            continue
        if top in CORE_ALONE:
            if package not in CORE_ALONE[top]:
                yield f"{where}:{line} imports {package}: {top} stands on core only"
        elif package in CORE_ALONE:
            if top not in {"bootstrap", "sample", "webapp"}:
                yield f"{where}:{line} imports {package}, which is injected"
        elif rank(package) >= rank(top):
            yield f"{where}:{line} imports {package}, to its right"


def test_nobody_imports_to_the_right() -> None:
    found = [fault for top, path in sources() for fault in faults_of(top, path)]
    assert found == []


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_the_check_would_see_a_library_in_the_wrong_place(library: str, tmp_path: Path) -> None:
    stray = ROOT / "core" / "stray.py"
    source = tmp_path / "stray.py"
    source.write_text(f"import {library}\n", encoding="utf-8")
    seen = [(package, line) for package, line, _ in imported(source)]
    assert seen == [(library, 1)]
    assert not stray.exists()


@pytest.mark.parametrize(
    "area",
    ["core", "listings", "deals", "contracts", "governance", "accounts", "datarooms", "search"],
)
def test_rules_and_states_are_pure(area: str) -> None:
    for name in ("rules.py", "states.py"):
        path = ROOT / area / name
        if path.exists():
            packages = {package for package, _, _ in imported(path)}
            assert packages.isdisjoint({"sqlalchemy", "flask", "requests", "socket"}), path


def test_an_action_file_has_one_use_case_named_after_it() -> None:
    for area in ("accounts", "listings", "deals", "contracts", "datarooms", "governance"):
        for path in sorted((ROOT / area / "actions").glob("*.py")):
            if path.name == "__init__.py":
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            public = [
                node.name
                for node in tree.body
                if isinstance(node, ast.FunctionDef)
                and not node.name.startswith("_")
                and node.args.args[:1]
                and node.args.args[0].arg == "uow"
            ]
            assert public == [path.stem], f"{path.relative_to(ROOT)}: {public}"
