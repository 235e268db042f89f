"""Finds out what a file is from its content: format, encoding, delimiter, header, first rows.

Names and media types that come with an upload are not believed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from listings.importing import encodings
from listings.importing.archive import check_archive, data_members, is_workbook, unpack_member
from listings.importing.delimited import guess_delimiter, unique_header
from listings.importing.description import Alternative, Description, Format
from listings.importing.errors import (
    FileEmpty,
    FileRefused,
    FileTooLarge,
    FormatUnknown,
    SeveralMembers,
)
from listings.importing.limits import MAX_FILE, PREVIEW_ROWS
from listings.importing.opening import open_rows, table_cells
from listings.importing.row import Row
from listings.importing.targets import SYNONYMS, normal

_HEAD: Final = 64 * 1024
_BINARY: Final = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!",
                  b"7z\xbc\xaf", b"SQLite format")  # fmt: skip
_TITLE_ROWS: Final = 10
"""Rows above the header, such as a merged title, that are looked over."""


@dataclass(frozen=True)
class Choices:
    """What a person corrected; None leaves it to us. `header_row` counts records from 0."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None


_NOTHING_CHOSEN: Final = Choices()


def describe(path: Path, choices: Choices = _NOTHING_CHOSEN) -> Description:
    """What the file is. Raises the FileRefused that says why it cannot be imported."""
    size = path.stat().st_size
    if size == 0:
        raise FileEmpty
    if size > MAX_FILE:
        raise FileTooLarge(limit=MAX_FILE >> 20)
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_BINARY):
        raise FormatUnknown
    if head.startswith(b"PK\x03\x04"):
        return _describe_archive(path, choices)
    return _describe_text(path, choices)


def _describe_archive(path: Path, choices: Choices) -> Description:
    with check_archive(path) as archive, TemporaryDirectory(prefix="import-") as folder:
        if is_workbook(archive):
            return _describe_table(path, "xlsx", "utf-8", certain=True, choices=choices)
        members = data_members(archive)
        if not members:
            raise FormatUnknown
        if len(members) > 1:
            raise SeveralMembers(count=len(members))
        inner = Path(folder) / "inner"
        unpack_member(archive, members[0], inner)
        with inner.open("rb") as file:
            if file.read(4) == b"PK\x03\x04":
                raise FormatUnknown  # an archive in an archive, or a workbook: unpack it yourself
        return replace(describe(inner, choices), member=members[0])


def _describe_text(path: Path, choices: Choices) -> Description:
    found = encodings.detect(path)
    encoding = choices.encoding if choices.encoding in encodings.LABELS else found.name
    head = _decoded_head(path, encoding)
    if _looks_binary(head):
        raise FormatUnknown
    kind = guess_format(head)
    certain = found.certain or choices.encoding is not None
    if kind == "csv":
        described = _describe_table(path, "csv", encoding, certain=certain, choices=choices)
    else:
        described = _describe_records(Description(kind, encoding, certain, (), ()), path)
    return replace(described, alternatives=_alternatives(path, encoding, found))


def guess_format(head: str) -> Format:
    """The format of a text by how it begins. Raises FormatUnknown for web pages."""
    start = head.lstrip("\ufeff \t\r\n")
    if re.match(r"<(!doctype html|html|head|body|meta|table)\b", start, re.IGNORECASE):
        raise FormatUnknown
    if re.match(r"<[?!A-Za-z]", start):
        return "uspto_xml"
    if start.startswith("["):
        return "json"
    if start.startswith("{"):
        first, _, rest = start.partition("\n")
        follows = rest.lstrip()
        alone = first.rstrip().endswith("}") and (not follows or follows.startswith("{"))
        return "jsonl" if alone or len(first) >= _HEAD // 2 else "json"
    return "csv"


def _decoded_head(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        return text.read(_HEAD)


def _looks_binary(head: str) -> bool:
    odd = sum(1 for char in head[:4096] if char < " " and char not in "\t\r\n\f\x1a\x1e")
    return odd > len(head[:4096]) * 0.01 + 1


def _alternatives(path: Path, chosen: str, found: encodings.Encoding) -> tuple[Alternative, ...]:
    """The other encodings worth showing: scored ones, the best first."""
    names = [found.name, *(name for name, score in found.others if score > 0.05)]
    previews = []
    for name in names:
        if name not in (chosen, "latin-1"):
            label = encodings.LABELS[name]
            previews.append(Alternative(name, label, _preview(path, name)))
    return tuple(previews[:3])


def _preview(path: Path, encoding: str) -> str:
    """The first lines that hold more than ASCII, as this encoding shows them."""
    lines = []
    with path.open(encoding=encoding, errors="replace") as text:
        for line in itertools.islice(text, 2_000):
            if not line.isascii():
                lines.append(line.strip()[:120])
            if len(lines) == 3:
                break
    return "\n".join(lines)


def _describe_table(
    path: Path, kind: Format, encoding: str, *, certain: bool, choices: Choices
) -> Description:
    delimiter = ""
    if kind == "csv":
        delimiter = choices.delimiter or guess_delimiter(_decoded_head(path, encoding))
    with TemporaryDirectory(prefix="import-") as folder:
        cells = table_cells(path, kind, encoding, delimiter, Path(folder))
        first = [record.values for record in itertools.islice(cells, _TITLE_ROWS)]
    if not first:
        raise FileEmpty
    header_row = find_header(first) if choices.header_row is None else choices.header_row
    if header_row >= len(first):
        raise FileEmpty
    described = Description(
        kind, encoding, certain, tuple(unique_header(first[header_row])), (), delimiter,
        header_row,
    )  # fmt: skip
    return _describe_records(described, path)


def find_header(first: list[list[str]]) -> int:
    """The record that names the columns: the first, unless a later one names two fields more."""

    def known(values: list[str]) -> int:
        return sum(1 for value in values if normal(value) in SYNONYMS)

    best, row = known(first[0]), 0
    for index, values in enumerate(first[1:], 1):
        if known(values) >= best + 2:
            best, row = known(values), index
    return row


def _describe_records(described: Description, path: Path) -> Description:
    """Adds the sample, and the columns where the format names them in every record."""
    with open_rows(path, described) as rows:
        sample = _sample(rows)
    if described.header:
        return replace(described, sample=sample)
    header = dict.fromkeys(name for row in sample for name in row)
    return replace(described, header=tuple(header), sample=sample)


def _sample(rows: Iterator[Row]) -> tuple[dict[str, str], ...]:
    """The first rows that can be read; with none among the first hundred, their reason raised."""
    sample: list[dict[str, str]] = []
    refused = None
    for row in itertools.islice(rows, 100):
        if row.fields:
            sample.append({name: value[:300] for name, value in row.fields.items()})
        elif row.problems and refused is None:
            refused = row.problems[0]
        if len(sample) == PREVIEW_ROWS:
            break
    if not sample:
        if refused is None:
            raise FileEmpty
        kind = FileRefused.codes.get(refused.code, FormatUnknown)
        if not issubclass(kind, FileRefused):
            raise FormatUnknown
        raise kind(**refused.params)
    return tuple(sample)
