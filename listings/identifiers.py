"""Patent numbers as they are stored."""

from __future__ import annotations


def canonical(number: str) -> str:
    """Upper case, without spaces, commas and hyphens, so that equal numbers are equal text."""
    return "".join(c for c in number.upper() if c not in " ,-\u00a0\u3000")
