"""Signatures of what leaves over HTTP, in the form `t=…,v1=…`: HMAC-SHA256 over `<t>.<body>`.

The time is signed with the body, so that a receiver can refuse what is old. While a secret is being
rotated, the header carries a `v1` for either.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

PATIENCE: Final = 300
"""Seconds by which clocks may differ; what is older is refused."""
HEADER: Final = "Qiaoyi-Signature"


def signature(secrets: Sequence[str], at: int, body: bytes) -> str:
    """The header's value; `at` in seconds since 1970."""
    signed = f"{at}.".encode() + body
    marks = [hmac.new(one.encode(), signed, hashlib.sha256).hexdigest() for one in secrets]
    return ",".join([f"t={at}", *(f"v1={mark}" for mark in marks)])


def fits(secret: str, header: str, body: bytes, now: int) -> bool:
    """Whether a header as `signature` writes it is of this body, by who knows the secret, and at
    most `PATIENCE` seconds from `now` (since 1970)."""
    parts = [part.partition("=") for part in header.split(",")]
    times = [value for name, _, value in parts if name == "t"]
    if len(times) != 1 or not times[0].isascii() or not times[0].isdigit():
        return False
    at = int(times[0][:20])
    wanted = signature([secret], at, body).partition("v1=")[2].encode()
    marks = [value.encode() for name, _, value in parts if name == "v1"]
    known = [hmac.compare_digest(mark, wanted) for mark in marks]
    return any(known) and abs(now - at) <= PATIENCE
