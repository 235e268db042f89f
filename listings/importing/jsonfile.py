"""JSON arrays and JSON lines, one record in memory at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO

from listings.importing.errors import JsonBroken, JsonShape, JsonTooDeep
from listings.importing.limits import MAX_CELL, MAX_DEPTH, MAX_RECORD
from listings.importing.row import (
    BYTES_UNREADABLE,
    CELL_TOO_LONG,
    RECORD_BROKEN,
    RECORD_NOT_OBJECT,
    RECORD_TOO_LONG,
    Row,
    RowProblem,
)

_BLOCK: Final = 1 << 16
_MARKS: Final = re.compile(r'["\\{}\[\],]')


def read_lines(path: Path, encoding: str) -> Iterator[Row]:
    """JSON lines: one object a line, numbered by line; a broken line is a problem of its own."""
    with path.open(encoding=encoding, errors="replace") as text:
        number = 0
        while line := text.readline(MAX_RECORD + 1):
            number += 1
            if len(line) > MAX_RECORD:
                while line and not line.endswith("\n"):
                    line = text.readline(MAX_RECORD + 1)
                yield _problem(number, "record_too_long", RECORD_TOO_LONG, limit=MAX_RECORD)
            elif line.strip():
                yield to_row(number, line, encoding)


def read_array(path: Path, encoding: str) -> Iterator[Row]:
    """An array of objects, the first array inside one object, or one object; numbered by position.

    Raises JsonShape, JsonBroken and JsonTooDeep; a record that is no valid object is a row with a
    problem.
    """
    with path.open(encoding=encoding, errors="replace") as text:
        whole = text.read(MAX_RECORD)
        if _is_one_record(whole):
            yield to_row(1, whole, encoding)
            return
        text.seek(0)
        for number, record in enumerate(_elements(text), 1):
            if record is None:
                yield _problem(number, "record_too_long", RECORD_TOO_LONG, limit=MAX_RECORD)
            else:
                yield to_row(number, record, encoding)


def _is_one_record(text: str) -> bool:
    """A single object without a list of objects in it is one record."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{") or len(text) >= MAX_RECORD:
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    lists = (inner for inner in value.values() if isinstance(inner, list))
    return not any(item for inner in lists for item in inner[:1] if isinstance(item, dict))


def to_row(number: int, source: str, encoding: str = "") -> Row:
    """The row that one JSON object gives: lists joined by "; ", objects flattened with dots."""
    try:
        value = json.loads(source, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "") or "nested too deep"
        return _problem(number, "record_broken", RECORD_BROKEN, source, reason=reason)
    if not isinstance(value, dict):
        return _problem(number, "record_not_object", RECORD_NOT_OBJECT, source)
    fields: dict[str, str] = {}
    _flatten("", value, fields, 0)
    fields = {_storable(name): _storable(text) for name, text in fields.items()}
    return Row(number, fields, tuple(_cell_problems(fields, encoding)))


def _cell_problems(fields: dict[str, str], encoding: str) -> Iterator[RowProblem]:
    for name, text in fields.items():
        if len(text) > MAX_CELL:
            params = {"length": len(text), "limit": MAX_CELL}
            yield RowProblem(name, text[:200], "cell_too_long", CELL_TOO_LONG, params)
        if "\ufffd" in text:
            bad = {"encoding": encoding}
            yield RowProblem(name, text[:200], "bytes_unreadable", BYTES_UNREADABLE, bad)


def _flatten(prefix: str, value: Any, into: dict[str, str], depth: int) -> None:
    if isinstance(value, dict) and depth < 4:
        for name, inner in value.items():
            _flatten(f"{prefix}.{name}" if prefix else name, inner, into, depth + 1)
    else:
        into[prefix] = _as_text(value)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(_as_text(item) for item in value)
    if isinstance(value, dict):
        name = value.get("name") or value.get("title")
        return str(name) if name else json.dumps(value, ensure_ascii=False)
    return "".join(char for char in str(value) if char >= " " or char in "\n\t").strip()


def _storable(text: str) -> str:
    """JSON can write half a character and NUL, which no column and no page can hold."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\x00", "\ufffd")


def _problem(number: int, code: str, text: str, value: str = "", **params: Any) -> Row:
    return Row(number, {}, (RowProblem("", value.strip()[:200], code, text, params),))


class _Scanner:
    """Finds where the elements of the list begin and end, without building any value."""

    def __init__(self) -> None:
        self.depth = 0
        self.floor = 0
        """The depth inside the list of records; 0 until the list is found."""
        self.quoted = False
        self.skip = False
        """The next character is escaped."""
        self.closed = False
        self.position = 0

    def feed(self, block: str) -> Iterator[int]:
        """Yields the places in `block` where an element ends; negative ones where the list does."""
        for mark in _MARKS.finditer(block):
            if mark.start() < self.position:
                continue
            char = mark[0]
            if char == "\\":
                if self.quoted:
                    self.position = mark.start() + 2  # the escaped character decides nothing
            elif char == '"':
                self.quoted = not self.quoted
            elif not self.quoted:
                yield from self._structure(char, mark.start())
        self.position = max(0, self.position - len(block))

    def _structure(self, char: str, at: int) -> Iterator[int]:
        if char in "{[":
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise JsonTooDeep(limit=MAX_DEPTH)
            if char == "[" and not self.floor and self.depth <= 2 and not self.closed:
                self.floor = self.depth
                yield at
        elif char in "}]":
            if self.floor and self.depth == self.floor:
                self.floor, self.closed = 0, True
                yield -at - 1
            self.depth -= 1
        elif self.floor and self.depth == self.floor:
            yield at


def _elements(text: TextIO) -> Iterator[str | None]:
    """The source of each element of the list; None for one beyond the limit."""
    scanner = _Scanner()
    held, inside, total, found = "", False, 0, False
    while block := text.read(_BLOCK):
        if not total and block.lstrip("\ufeff \t\r\n")[:1] not in ("[", "{"):
            raise JsonShape
        start = 0
        for mark in scanner.feed(block):
            at = -mark - 1 if mark < 0 else mark
            if inside:
                element = held + block[start:at] if len(held) <= MAX_RECORD else None
                if element is None or len(element) > MAX_RECORD:
                    yield None
                elif element.strip():
                    yield element
            held, start, inside, found = "", at + 1, mark >= 0, True
        if inside and len(held) <= MAX_RECORD:
            held += block[start:]
        total += len(block)
    if not found:
        raise JsonShape
    if scanner.depth or scanner.quoted:
        raise JsonBroken(position=total)
