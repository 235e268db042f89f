"""What kind a file is: by its name and its first octets together, whatever the sender claims."""

from __future__ import annotations

from typing import IO, Final

from core.errors import Invalid, Problem
from core.i18n import N_

HEAD: Final = 16
"""Octets that `file_type` looks at."""
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})
"""Pictures that pages show."""
PLAIN: Final = "application/octet-stream"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN: Final[dict[str, tuple[tuple[bytes, ...], str]]] = {
    "pdf": ((b"%PDF-",), "application/pdf"),
    "png": ((b"\x89PNG\r\n\x1a\n",), "image/png"),
    "jpg": ((b"\xff\xd8\xff",), "image/jpeg"),
    "jpeg": ((b"\xff\xd8\xff",), "image/jpeg"),
    "gif": ((b"GIF87a", b"GIF89a"), "image/gif"),
    "webp": ((b"RIFF",), "image/webp"),
    "zip": ((_ZIP, b"PK\x05\x06"), "application/zip"),
    "docx": ((_ZIP,), f"{_OFFICE}wordprocessingml.document"),
    "xlsx": ((_ZIP,), f"{_OFFICE}spreadsheetml.sheet"),
    "pptx": ((_ZIP,), f"{_OFFICE}presentationml.presentation"),
    "doc": ((_OLE,), "application/msword"),
    "xls": ((_OLE,), "application/vnd.ms-excel"),
    "ppt": ((_OLE,), "application/vnd.ms-powerpoint"),
    "7z": ((b"7z\xbc\xaf\x27\x1c",), "application/x-7z-compressed"),
    "rar": ((b"Rar!\x1a\x07",), "application/vnd.rar"),
    "gz": ((b"\x1f\x8b",), "application/gzip"),
}
_TEXTS: Final = {"txt": "text/plain", "csv": "text/csv", "md": "text/plain"}
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")


_WRONG: Final = N_(
    "The content is not what the name “%(name)s” says. Save the file anew and send that."
)
_PROGRAM: Final = N_(
    "Programs are not accepted. Send a document, a table, a picture or an archive."
)


def file_type(name: str, stream: IO[bytes]) -> str:
    """The media type to store; the stream is read from its beginning and put back there.

    A kind that is not known is octets and nothing else. Raises Invalid (field `file`).
    """
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0)
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending in _KNOWN:
        magic, media_type = _KNOWN[ending]
        if not head.startswith(magic):
            raise Invalid({"file": [Problem("wrong_type", _WRONG, {"name": name[-80:]})]})
        return media_type
    if head.startswith(_PROGRAMS):
        raise Invalid({"file": [Problem("program", _PROGRAM)]})
    return _TEXTS.get(ending, PLAIN)
