"""Judges what a provider says about somebody: pure functions of what came over the line.

OpenID Connect Core 1.0, section 3.1.3.7; RFC 9700 (best practice) for algorithms and mix-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey

from accounts.sign_on.rules import CLOCK_SKEW, LONGEST_SUBJECT

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
"""Signatures of a provider's own key. No `none`, and no HMAC: its key would be one that we hold."""
_SMALLEST_RSA: Final = 2048
_MOST_KEYS: Final = 50


class BadToken(Exception):  # noqa: N818  an answer about a token, not a fault
    """This says nothing about anybody; the text is for the log."""


@dataclass(frozen=True)
class Claims:
    """Whom the provider means, and how it calls them."""

    issuer: str
    subject: str
    name: str
    proven_at: int | None = None
    """When they last showed the provider who they are, in seconds since 1970, where it says so."""


def check_token(
    token: str,
    keys: Mapping[str, Any],
    issuer: str,
    client: str,
    nonce: str,
    now: datetime,
    access_token: str = "",
) -> Claims:
    """Signature, issuer, audience, nonce and times, the clock being `CLOCK_SKEW` off at most.
    Raises BadToken."""
    wanted: dict[str, dict[str, Any]] = {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": client},
    }
    params = {"client_id": client, "nonce": nonce, "access_token": access_token}
    try:
        read = jwt.decode(token, _usable(keys), algorithms=list(ALGORITHMS))
        claims = CodeIDToken(read.claims, read.header, wanted, params)
        claims.validate(now=int(now.timestamp()), leeway=CLOCK_SKEW)
    except (JoseError, ValueError, TypeError, KeyError) as fault:
        raise BadToken(f"{type(fault).__name__}: {fault}"[:200]) from None
    if not isinstance(claims["iss"], str) or claims.get("nonce") != nonce:
        raise BadToken("issuer or nonce is no text")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise BadToken("subject")
    if not subject.isascii() or not subject.isprintable():
        raise BadToken("subject holds other signs than ASCII")
    proven = claims.get("auth_time")
    seconds = proven if isinstance(proven, int) and not isinstance(proven, bool) else None
    return Claims(issuer, subject, _name(claims), seconds)


def _usable(keys: Mapping[str, Any]) -> KeySet:
    """Public keys for signing, of a length that holds."""
    listed = keys.get("keys")
    if not isinstance(listed, list) or len(listed) > _MOST_KEYS:
        raise BadToken("keys")
    found: list[Key] = []
    for one in listed:
        if not isinstance(one, dict) or one.get("use", "sig") != "sig":
            continue
        if one.get("kty") == "RSA" and (key := RSAKey.import_key(one)):
            if key.public_key.key_size >= _SMALLEST_RSA:
                found.append(key)
        elif one.get("kty") == "EC":
            found.append(ECKey.import_key(one))
    if not found:
        raise BadToken("no key that serves")
    return KeySet(found)


def _name(claims: Mapping[str, Any]) -> str:
    """To fill a form with; its owner corrects it."""
    for field in ("name", "preferred_username"):
        said = claims.get(field)
        if isinstance(said, str) and said.strip() and said.isprintable():
            return said.strip()[:200]
    return ""
