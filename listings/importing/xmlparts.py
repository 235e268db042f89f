"""Cuts a file of glued XML documents apart and takes the danger out of each prolog.

The DOCTYPE never reaches the parser: an empty or declarative one is cut out, one that declares
entities is refused. What is decoded here is the only text the parser sees, so that an encoding
chosen to hide a declaration hides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from listings.importing.errors import (
    EntitiesDeclared,
    FileRefused,
    XmlEncoding,
    XmlMalformed,
    XmlTooLarge,
)
from listings.importing.limits import MAX_DOCUMENT, MAX_PROLOG

_MARK: Final = b"<?xml version"
_BLOCK: Final = 1 << 20
_READABLE: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "cp950",
}
_DECLARATION: Final = re.compile(rb"\s*<\?xml\s[^>]{0,200}\?>")
_ENCODING: Final = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'|<!--.*?-->|[\[\]<>]", re.DOTALL)
_BEFORE_ROOT: Final = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """One document of the file: its place from 1, and its bytes or why they were not kept."""

    number: int
    content: bytes
    refused: FileRefused | None = None


def split(path: Path) -> Iterator[Part]:
    """The documents of the file in order, one in memory at a time. Raises XmlEncoding."""
    number, held, dropping = 0, bytearray(), False
    for block in _blocks(path):
        held += block
        while (at := held.find(_MARK, 1)) >= 0:
            if dropping or held[:at].strip():
                number += 1
                yield _part(number, b"" if dropping else bytes(held[:at]), dropping=dropping)
            dropping = False
            del held[:at]
        if len(held) > MAX_DOCUMENT:
            dropping = True
        if dropping:
            del held[: -len(_MARK)]
    if dropping or held.strip():
        yield _part(number + 1, b"" if dropping else bytes(held), dropping=dropping)


def _part(number: int, content: bytes, *, dropping: bool) -> Part:
    if dropping:
        return Part(number, b"", XmlTooLarge(limit=MAX_DOCUMENT >> 20))
    return Part(number, content)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        first = file.read(_BLOCK)
        if first[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in first[:200]:
            raise XmlEncoding(encoding="UTF-16")
        if first:
            yield first.removeprefix(b"\xef\xbb\xbf")
        while block := file.read(_BLOCK):
            yield block


def harmless(content: bytes) -> str:
    """The document as text, without declaration and DOCTYPE.

    Raises XmlEncoding, EntitiesDeclared and XmlMalformed.
    """
    found = _DECLARATION.match(content)
    body = content[found.end() :] if found else content
    named = _ENCODING.search(found[0]) if found else None
    name = (named[1].decode() if named else "utf-8").lower()
    codec = _READABLE.get(name)
    if codec is None:
        raise XmlEncoding(encoding=name[:40])
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise XmlMalformed(line=line) from error
    return _without_doctype(text)


def _without_doctype(text: str) -> str:
    head = text[:MAX_PROLOG]
    start = _before_root(head)
    if not head.startswith("<!DOCTYPE", start):
        return text
    end = _doctype_end(head, start)
    if end is None:
        raise EntitiesDeclared
    subset = head[start:end]
    if "<!ENTITY" in subset or re.search(r"%[\w.-]+;", subset):
        raise EntitiesDeclared
    line_breaks = "\n" * subset.count("\n")  # keeps the line numbers of error messages right
    return head[:start] + line_breaks + text[end:]


def _before_root(head: str) -> int:
    found = _BEFORE_ROOT.match(head)
    return found.end() if found else 0


def _doctype_end(head: str, start: int) -> int | None:
    """Where the DOCTYPE closes; None if it does not within the prolog that we accept."""
    depth = 0
    for mark in _QUOTED.finditer(head, start):
        if mark[0] in ("<", "["):
            depth += 1
        elif mark[0] in (">", "]"):
            depth -= 1
            if depth == 0:
                return mark.end()
    return None


def root_name(text: str) -> str:
    """The name of the document's root element, or an empty string."""
    found = re.match(r"<([A-Za-z_][\w.:-]{0,80})", text[_before_root(text[:MAX_PROLOG]) :][:200])
    return found[1] if found else ""
