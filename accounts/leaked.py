"""Passwords that were stolen elsewhere (ASVS 5.0, 6.2.12): a file beside the market, asked without
telling anybody what was typed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO, Final

_DIGEST: Final = 40
"""Letters of a SHA-1 in hex."""
_LINE: Final = 128
"""Octets that no line is longer than."""


class LeakedPasswords:
    """A file of SHA-1 hashes in hex, a line each, sorted, perhaps with ":" and a count behind: as
    the downloader of Have I Been Pwned writes it. Some 40 GB, of which a question reads some forty
    lines."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, password: str) -> bool:
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest()
        with self._path.open("rb") as file:
            return _holds(file, digest.upper().encode())


def _holds(file: IO[bytes], digest: bytes) -> bool:
    """Halves the file until a line is found, or there is none between two places."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        file.seek(middle)
        if middle:
            file.readline(_LINE)  # the rest of a line that began before
        begins = file.tell()
        found = file.readline(_LINE)[:_DIGEST].upper()
        if found == digest:
            return True
        if found and found < digest:
            low = begins + 1
        else:
            high = middle
    return False
