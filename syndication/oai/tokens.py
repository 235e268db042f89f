"""Resumption tokens: where a list goes on, signed, so that nothing is kept for a harvester."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from syndication.oai.requests import OaiError

LIFE: Final = timedelta(hours=24)


@dataclass(frozen=True)
class Place:
    """`after` is the change that ended the last page, `shown` how many records came before."""

    verb: str
    after: int
    shown: int
    total: int
    since: str | None
    until: str | None
    set: str | None
    expires: int


def write_token(secret: bytes, place: Place) -> str:
    body = json.dumps(asdict(place), sort_keys=True).encode()
    return f"{_text(body)}.{_text(_mark(secret, body))}"


def read_token(secret: bytes, token: str, verb: str, now: datetime) -> Place:
    """Raises OaiError badResumptionToken for what is forged, of another verb, or too old."""
    wrong = OaiError("badResumptionToken", "The token is no token of this list, or has expired.")
    body_text, _, mark = token.partition(".")
    try:
        body, given = _octets(body_text), _octets(mark)
    except (binascii.Error, ValueError):
        raise wrong from None
    if not hmac.compare_digest(_mark(secret, body), given):
        raise wrong
    place = Place(**json.loads(body))
    if place.verb != verb or now.timestamp() >= place.expires:
        raise wrong
    return place


def expiry(now: datetime) -> datetime:
    """When a token that is made now ends, in whole seconds."""
    return (now + LIFE).replace(microsecond=0)


def _mark(secret: bytes, body: bytes) -> bytes:
    return hmac.new(secret, b"oai:" + body, hashlib.sha256).digest()


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def _octets(text: str) -> bytes:
    if not text.isascii():
        raise ValueError(text)
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
