"""What kind of picture some bytes are: told by their beginning, whatever a sender claims."""

from __future__ import annotations

from typing import Final

from flask import Response, abort, send_file

from webapp.runtime import the_market
from webapp.security_headers import CLOSED

HEAD: Final = 16
"""Octets that `picture_type` needs."""
_MAGIC: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
)


def picture_type(head: bytes) -> str | None:
    """The media type, or None for anything but a known picture."""
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    return "image/webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None


def shown_picture(sha256: str) -> Response:
    """A picture of the store, shown within the site; 404 for anything that is none."""
    stream = the_market().files.open(sha256)
    media_type = picture_type(stream.read(HEAD))
    if media_type is None:
        stream.close()
        abort(404)
    stream.seek(0)
    answer = send_file(stream, media_type, etag=sha256)
    answer.headers["Content-Security-Policy"] = CLOSED
    return answer
