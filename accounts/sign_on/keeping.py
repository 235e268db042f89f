"""Seals the secrets that providers gave: a copy of the database alone opens none of them.

AES-256-GCM under a key of HKDF-SHA-256(installation's secret); the row's id is authenticated
too, so that a sealed secret fits its own row only. NIST SP 800-38D: a random nonce of 96 bits.
"""

from __future__ import annotations

import base64
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE: Final = 12


def seal(secret: bytes, row: str, plain: str) -> str:
    nonce = os.urandom(_NONCE)
    closed = _cipher(secret).encrypt(nonce, plain.encode(), row.encode())
    return base64.b64encode(nonce + closed).decode()


def unseal(secret: bytes, row: str, sealed: str) -> str | None:
    """None where it was sealed under another secret or for another row."""
    try:
        octets = base64.b64decode(sealed, validate=True)
        return _cipher(secret).decrypt(octets[:_NONCE], octets[_NONCE:], row.encode()).decode()
    except (InvalidTag, ValueError):
        return None


def _cipher(secret: bytes) -> AESGCM:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"qiaoyi-provider-secret-1")
    return AESGCM(kdf.derive(secret))
