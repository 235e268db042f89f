"""Versions of what keeps no counter of its own: made of what it says."""

from __future__ import annotations

import hashlib
import json
from typing import Final

_MOST: Final = 10**9
"""An ETag of the API holds nine digits."""


def version_of(*said: object) -> int:
    """Below 10^9; the same contents have the same one, others with a chance of 10^-9."""
    text = json.dumps(said, sort_keys=True, default=str)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) % _MOST
