"""Signatures of what leaves over HTTP, in the form `t=…,v1=…`: HMAC-SHA256 over `<t>.<body>`.

The time is signed with the body, so that a receiver can refuse what is old. While a secret is being
rotated, the header carries a `v1` for either.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

HEADER: Final = "Qiaoyi-Signature"


def signature(secrets: Sequence[str], at: int, body: bytes) -> str:
    """The header's value; `at` in seconds since 1970."""
    signed = f"{at}.".encode() + body
    marks = [hmac.new(one.encode(), signed, hashlib.sha256).hexdigest() for one in secrets]
    return ",".join([f"t={at}", *(f"v1={mark}" for mark in marks)])
