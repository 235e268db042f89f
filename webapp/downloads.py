"""What leaves as a file: always an attachment, never a page of this market."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from flask import send_file
from werkzeug.wrappers import Response

from webapp.security_headers import CLOSED

OCTETS: Final = "application/octet-stream"
"""For what people handed in: no browser takes it for anything."""


def attachment(content: Path | bytes, name: str, media_type: str = OCTETS) -> Response:
    """The caller has asked who may have it."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    answer = send_file(source, mimetype=media_type, as_attachment=True, download_name=name)
    answer.headers["Content-Security-Policy"] = CLOSED
    answer.headers["Cache-Control"] = "no-store"
    return answer
