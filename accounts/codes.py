"""Codes and link tokens derived from row ids: nothing secret is stored, a letter can be rebuilt."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Final

DIGITS: Final = 6
_RECOVERY_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters that are read as digits."""


class Codes:
    """Derives with HMAC-SHA256 under the installation's secret; one purpose never fits another."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 16:
            raise ValueError("the secret must have 16 bytes or more")
        self._secret = secret

    def __str__(self) -> str:
        return "codes"

    def code(self, challenge: str) -> str:
        """Six digits that prove a contact point; guessable, so attempts are counted."""
        number = int.from_bytes(self._digest("challenge", challenge)[:8], "big")
        return f"{number % 10**DIGITS:0{DIGITS}}"

    def fits(self, challenge: str, code: str) -> bool:
        typed = "".join(code.split())
        return hmac.compare_digest(self.code(challenge).encode(), typed.encode())

    def token(self, purpose: str, id: str) -> str:
        """For a link: the id and 128 bits that only this installation can make."""
        return f"{id}.{self._digest(purpose, id).hex()[:32]}"

    def read_token(self, purpose: str, token: str) -> str | None:
        """The id of a token made for `purpose`, or None."""
        id, _, _ = token.partition(".")
        good = hmac.compare_digest(self.token(purpose, id).encode(), token.encode())
        return id if good else None

    def derived(self, purpose: str, id: str) -> str:
        """256 bits in base64url, 43 signs: a nonce, or the verifier of PKCE (RFC 7636)."""
        return base64.urlsafe_b64encode(self._digest(purpose, id)).decode().rstrip("=")

    def app_secret(self, authenticator: str) -> str:
        """160 bits for an authenticator app, in base32 as those apps read it."""
        return base64.b32encode(self._digest("app", authenticator)[:20]).decode()

    def recovery_hash(self, person: str, code: str) -> str:
        """What the database keeps of a recovery code; worth nothing without the secret."""
        return self._digest("recovery", f"{person}:{code}").hex()

    def _digest(self, purpose: str, id: str) -> bytes:
        return hmac.new(self._secret, f"{purpose}:{id}".encode(), hashlib.sha256).digest()


def new_recovery_code() -> str:
    """Fifty random bits, as ten signs that can be read aloud."""
    return "".join(secrets.choice(_RECOVERY_SIGNS) for _ in range(10))


def new_session_token() -> str:
    """256 random bits for the cookie; the database keeps `hash_token` of it."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
