"""Files as the body of a request, and as an answer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Final
from urllib.parse import quote

from werkzeug.http import dump_options_header

from core.errors import Invalid, Problem
from core.i18n import N_
from webapp.api.calling import Call, Reply
from webapp.uploads import Upload, keep_picture, keep_upload

_CHUNK: Final = 1 << 16


def kept(
    call: Call, name: str, limit: int, of: frozenset[str] | None = None, wanted: str = ""
) -> Upload:
    """What was sent, looked at and then stored; the caller has asked whether its sender may. See
    `webapp.uploads.keep_upload`. Raises Invalid."""
    return keep_upload("file", name, _something(call), limit=limit, of=of, wanted=wanted)


def picture(call: Call, name: str, limit: int) -> Upload:
    """A picture for pages to show. See `webapp.uploads.keep_picture`. Raises Invalid."""
    return keep_picture("file", name, _something(call), limit=limit)


def _something(call: Call) -> IO[bytes]:
    if call.file is None or not call.file.read(1):
        raise Invalid({"file": [Problem("empty", N_("The file is empty. Choose another."))]})
    call.file.seek(0)
    return call.file


def given(call: Call, sha256: str, name: str) -> Reply:
    """A stored file, always to be saved, never a page."""
    return _attached(_chunks(call.runtime.files.path(sha256).open("rb")), name)


def made(content: bytes, name: str) -> Reply:
    """The same of what was made for this answer."""
    return _attached(_chunks(io.BytesIO(content)), name)


def _attached(stream: Iterator[bytes], name: str) -> Reply:
    quoted = quote(name, safe="!#$&+-.^_`|~")  # RFC 8187
    said = dump_options_header("attachment", {"filename*": f"UTF-8''{quoted}"})
    return Reply(stream=stream, headers={"Content-Disposition": said})


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    with source:
        while chunk := source.read(_CHUNK):
            yield chunk
