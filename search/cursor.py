"""Where a walk through the hits goes on: opaque, and signed, so that nobody makes up his own."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Final

from core.errors import Refused
from core.i18n import N_
from search.queries import SearchRequest

_SEAL: Final = 16
LONGEST: Final = 4_000
"""Characters of a cursor that are read: one holds a view of each shard."""


class CursorRefused(Refused):
    """Not ours, of another question, or too old."""

    code = "search_cursor"
    text = N_("This list of hits was left too long ago. Ask again from its first page.")
    status = 410


def sealed(secret: bytes, request: SearchRequest, place: Any) -> str:
    """A cursor that goes on at `place`, plain JSON, with this question only."""
    said = json.dumps(place, separators=(",", ":")).encode()
    return urlsafe_b64encode(_seal(secret, request, said) + said).decode()


def opened(secret: bytes, request: SearchRequest) -> Any:
    """The place of the request's own cursor. Raises CursorRefused."""
    try:
        raw = urlsafe_b64decode((request.cursor or "")[:LONGEST].encode("ascii"))
    except ValueError:
        raise CursorRefused from None
    seal, said = raw[:_SEAL], raw[_SEAL:]
    if not hmac.compare_digest(seal, _seal(secret, request, said)):
        raise CursorRefused
    return json.loads(said)


def _seal(secret: bytes, request: SearchRequest, said: bytes) -> bytes:
    asked = (
        request.text,
        sorted((name, tuple(values)) for name, values in request.filters.items()),
        sorted(request.ranges.items()),
        request.sort,
        request.match,
        tuple(request.kinds),
        request.bridge,
        request.size,
    )
    return hmac.digest(secret, repr(asked).encode() + b"\0" + said, hashlib.sha256)[:_SEAL]
