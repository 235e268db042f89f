"""Fails on a package that ships with the market under a licence outside `ci/licences.toml`.

`python ci/licences.py < LIST`, where LIST is what pip-licenses writes as JSON; `make licences`.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_JOINED = re.compile(r"\s+(?:AND|OR)\s+|;\s*|[()]")


def shipped(requirements: str) -> frozenset[str]:
    """Names of the packages that a locked list of requirements installs."""
    return frozenset(
        plain(name) for name in re.findall(r"^([A-Za-z0-9][\w.-]*)", requirements, re.M)
    )


def plain(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def problems(
    rows: Iterable[Mapping[str, str]], ships: frozenset[str], rules: Mapping[str, Any]
) -> list[str]:
    """One sentence for each package that ships without a licence that we allow."""
    licences = {plain(row["Name"]): row["License"] for row in rows}
    found = [
        f"{name} is locked but not installed: run make test first"
        for name in ships - licences.keys()
    ]
    for name in sorted(ships & licences.keys()):
        licence = licences[name]
        if not (allowed(licence, rules) or excepted(name, licence, rules)):
            found.append(f"{name} ships under {licence}, which ci/licences.toml does not allow")
    return found


def allowed(licence: str, rules: Mapping[str, Any]) -> bool:
    """Is every licence that the expression names on the list?"""
    whole = rules["words"].get(licence, licence)
    parts = [part.strip() for part in _JOINED.split(whole) if part.strip()]
    return bool(parts) and all(rules["words"].get(one, one) in rules["allowed"] for one in parts)


def excepted(name: str, licence: str, rules: Mapping[str, Any]) -> bool:
    """Is the package named, with this very licence?"""
    known = rules["exceptions"].get(name)
    return known is not None and known[0] == licence


def main() -> int:
    rules = tomllib.loads((ROOT / "ci" / "licences.toml").read_text(encoding="utf-8"))
    ships = shipped((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))
    found = problems(json.load(sys.stdin), ships, rules)
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.stdout.write(f"{len(ships)} packages ship; {len(found)} without an allowed licence\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
