"""Seals files so that `core.verify` finds any change without the market."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.audit import public_key
from core.verify import FORMAT, SEAL, canonical, packed


def sealed(members: Mapping[str, bytes], key: Ed25519PrivateKey, made_at: datetime) -> bytes:
    """One ZIP of the members and their signed list. The same input gives the same bytes."""
    said = {
        "format": FORMAT,
        "made_at": made_at.isoformat(),
        "key": public_key(key),
        "members": {name: hashlib.sha256(data).hexdigest() for name, data in members.items()},
    }
    signature = base64.b64encode(key.sign(canonical(said))).decode()
    return packed({**members, SEAL: canonical(said | {"signature": signature})})
