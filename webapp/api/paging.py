"""Opaque cursors: where a list was left, so that the next part begins exactly there."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any, Final

from webapp.api.errors import BadCursor

DEFAULT: Final = 50
MOST: Final = 200
_LONGEST: Final = 600
_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(9000, 1, 1, tzinfo=UTC)


def pack(name: str, *place: str | int) -> str:
    """The cursor of the list `name` behind `place`."""
    plain = json.dumps([name, *place], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def unpack(name: str, cursor: str, *kinds: type) -> list[Any]:
    """The place that `pack` wrote, of the types `kinds`. Raises BadCursor."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise BadCursor from None
    fits = isinstance(found, list) and len(found) == len(kinds) + 1 and found[0] == name
    if not fits or len(cursor) > _LONGEST:
        raise BadCursor
    place: list[Any] = found[1:]
    if not all(_fits(value, kind) for value, kind in zip(place, kinds, strict=True)):
        raise BadCursor
    return place


def _fits(value: Any, kind: type) -> bool:
    if kind is str:
        return isinstance(value, str) and value.isprintable()
    return type(value) is int and 0 <= value < 2**53  # a boolean is no place in a list


def moment(at: datetime) -> str:
    """An instant as a cursor holds it, to the microsecond."""
    return at.astimezone(UTC).isoformat()


def instant(text: str) -> datetime:
    """The instant that `moment` wrote. Raises BadCursor."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadCursor from None
    if found.tzinfo is None or not _FIRST <= found <= _LAST:
        raise BadCursor
    return found
