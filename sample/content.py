"""The sample as it stands in the TOML files beside this module; nothing is derived here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).resolve().parent
LANGUAGES: Final = ("zh", "en")
Entry = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """Entries by key, in the order of the files."""

    organisations: dict[str, Entry]
    people: dict[str, Entry]
    results: dict[str, Entry]
    needs: dict[str, Entry]
    inquiries: dict[str, Entry]
    postings: dict[str, Entry]
    accounts: dict[str, Entry]

    def office(self, organisation: str) -> list[str]:
        """Keys of the people who run an organisation's office, in order."""
        return [
            key
            for key, one in self.people.items()
            if one["organisation"] == organisation and "mail" in one
            if {"tto_officer", "firm_admin", "broker", "provider_admin", "operator"}
            & set(one["roles"])
        ]

    def demo(self) -> list[Entry]:
        """The one person per role whose sign-in is printed."""
        return [one for one in self.people.values() if "demo" in one]


@cache
def read() -> Content:
    """Reads every file once."""
    results: dict[str, Entry] = {}
    for path in sorted((FOLDER / "results").glob("*.toml")):
        results |= _entries(path, "result")
    return Content(
        organisations=_entries(FOLDER / "organisations.toml", "organisation"),
        people=_entries(FOLDER / "people.toml", "person"),
        results=results,
        needs=_entries(FOLDER / "needs.toml", "need"),
        inquiries=_entries(FOLDER / "deals.toml", "inquiry"),
        postings=_entries(FOLDER / "postings.toml", "posting"),
        accounts=_entries(FOLDER / "postings.toml", "account"),
    )


def languages(entry: Entry) -> list[str]:
    """The languages in which an entry is written, its original first."""
    original: str = entry["original"]
    return [original, *(code for code in LANGUAGES if code in entry and code != original)]


def _entries(path: Path, table: str) -> dict[str, Entry]:
    found = tomllib.loads(path.read_text(encoding="utf-8"))[table]
    return {entry["key"]: entry for entry in found}
