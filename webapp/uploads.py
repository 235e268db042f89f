"""A file that a form sent: looked at before it is stored, stored before it is referred to."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Final

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename

from core.errors import Invalid, Problem
from core.file_types import file_type
from core.files import FileTooLarge
from core.i18n import N_
from core.pictures import drawn_anew
from core.scanning import FileHarmful, ScannerSilent
from webapp.runtime import the_market

MEGABYTE: Final = 1024 * 1024
LARGEST_LOGO: Final = MEGABYTE
LARGEST_PICTURE: Final = 8 * MEGABYTE
LARGEST_PAPER: Final = 50 * MEGABYTE
LARGEST_REPORT: Final = 20 * MEGABYTE
LARGEST_POSTING: Final = 10 * MEGABYTE
LARGEST_DOCUMENT: Final = 10 * MEGABYTE
PDF: Final = frozenset({"application/pdf"})
POSTING_KINDS: Final = frozenset({"image/png", "image/jpeg"}) | PDF
DOCUMENT_WANTED: Final = N_("Send the document as PDF, PNG or JPEG.")
PAPER_WANTED: Final = N_("Send the paper as a PDF.")
REPORT_WANTED: Final = N_("Send the report as a PDF.")
POSTING_WANTED: Final = N_("Send a PNG or JPEG picture, or the page saved as PDF.")
_TOO_LARGE: Final = N_("The file is larger than %(limit)s MB. Save it smaller and send it again.")


@dataclass(frozen=True)
class Upload:
    """`size` in octets."""

    sha256: str
    name: str
    media_type: str
    size: int


def take_upload(field: str, *, limit: int, of: frozenset[str], wanted: str) -> Upload:
    """The file of a field, of one of the media types `of`; `wanted` (an English msgid) names them.

    `limit` in octets. Raises Invalid on the field.
    """
    sent = _sent(field, N_("Choose a file."))
    return keep_upload(field, sent.filename or "", sent.stream, limit=limit, of=of, wanted=wanted)


def take_picture(field: str, *, limit: int) -> Upload:
    """The picture of a field, for pages to show. `limit` in octets. Raises Invalid on the field."""
    sent = _sent(field, N_("Choose a picture."))
    return keep_picture(field, sent.filename or "", sent.stream, limit=limit)


def _sent(field: str, missing: str) -> FileStorage:
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        raise Invalid({field: [Problem("missing", missing)]})
    return sent


def keep_upload(
    field: str,
    sent_as: str,
    stream: IO[bytes],
    *,
    limit: int,
    of: frozenset[str] | None = None,
    wanted: str = "",
) -> Upload:
    """As `take_upload`, however the file came; `of` None takes every kind that is no program."""
    name = _cleaned(sent_as)
    with _said_beside(field, limit):
        media_type = file_type(name, stream)
        if of is not None and media_type not in of:
            raise Invalid({field: [Problem("media_type", wanted)]})
        stored = the_market().files.take(stream, limit=limit)
    return Upload(stored.sha256, name, media_type, stored.size)


def keep_picture(field: str, sent_as: str, stream: IO[bytes], *, limit: int) -> Upload:
    """As `take_picture`, however the file came: its points are kept, not its octets."""
    with _said_beside(field, limit):
        if _size(stream) > limit:
            raise FileTooLarge
        drawn, media_type = drawn_anew(stream)
        stored = the_market().files.take(io.BytesIO(drawn), limit=len(drawn))
    return Upload(stored.sha256, _cleaned(sent_as), media_type, stored.size)


def _cleaned(sent_as: str) -> str:
    named = sent_as.replace("\\", "/").rsplit("/", 1)[-1]
    return (secure_filename(named) if named.isascii() else named[-120:]) or "file"


def _size(stream: IO[bytes]) -> int:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return size


@contextmanager
def _said_beside(field: str, limit: int) -> Iterator[None]:
    """Whatever is wrong with a file, as a sentence at the field it was chosen in."""
    try:
        yield
    except FileTooLarge:
        most = {"limit": limit >> 20}
        raise Invalid({field: [Problem("too_large", _TOO_LARGE, most)]}) from None
    except (FileHarmful, ScannerSilent) as refused:
        raise Invalid({field: [Problem(refused.code, refused.text)]}) from None
    except Invalid as refused:
        raise Invalid(
            {field: [one for many in refused.problems.values() for one in many]}
        ) from None
