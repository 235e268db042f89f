"""What a file turned out to be: enough to open it again the same way, and to show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Format = Literal["csv", "xlsx", "json", "jsonl", "uspto_xml"]


@dataclass(frozen=True)
class Alternative:
    """Another encoding in which the file might be meant, with the first lines as it would show."""

    name: str
    label: str
    preview: str


@dataclass(frozen=True)
class Description:
    """`header` are the columns; `header_row` is the record that holds them, 0 for formats with
    named fields. `sample` are the first rows by column. `member` names the file inside a zip."""

    format: Format
    encoding: str
    encoding_certain: bool
    header: tuple[str, ...]
    sample: tuple[dict[str, str], ...]
    delimiter: str = ""
    header_row: int = 0
    member: str = ""
    alternatives: tuple[Alternative, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def description_from_json(body: Mapping[str, Any]) -> Description:
    """What `Description.to_json` gave."""
    values = dict(body)
    values["header"] = tuple(values["header"])
    values["sample"] = tuple(values["sample"])
    values["alternatives"] = tuple(Alternative(**a) for a in values["alternatives"])
    return Description(**values)
