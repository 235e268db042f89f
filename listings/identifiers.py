"""Patent numbers as they are stored; their forms are known to `core.identifiers`."""

from __future__ import annotations

from core.identifiers import find_patent_number


def canonical(number: str) -> str:
    """The canonical form; a text in no known form keeps its letters and digits."""
    found = find_patent_number(number)
    return found.canonical if found else "".join(c for c in number.upper() if c not in " ,-")
