"""The secret with which calls to a webhook are signed."""

from __future__ import annotations

import base64
import hashlib
import hmac


def secret_of(installation: bytes, webhook: str, generation: int) -> str:
    """Only this installation can derive it; it lies in no table."""
    name = f"webhook:{webhook}:{generation}".encode()
    made = hmac.new(installation, name, hashlib.sha256).digest()
    return "whsec_" + base64.urlsafe_b64encode(made).decode().rstrip("=")
