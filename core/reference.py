"""Code tables with their names in both languages: fields, industries, regions, scales.

Each is a CSV in `reference/` whose first line says where it comes from. Countries and currencies
come from Unicode's tables (Babel) instead of a copy.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from babel import Locale
from babel.numbers import list_currencies

FOLDER: Final = Path(__file__).resolve().parent.parent / "reference"
_LOCALES: Final = {"zh": "zh_Hans_CN", "en": "en_GB"}


@dataclass(frozen=True)
class Entry:
    """One code. `parent` is the code one level up in the same or the broader table, or empty."""

    code: str
    names: Mapping[str, str]
    parent: str = ""

    def name(self, language: str) -> str:
        """Return the name; English where the table has no such language."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True)
class Table:
    """A code table in its own order. `source` says where codes and names come from."""

    name: str
    source: str
    entries: Mapping[str, Entry]


@cache
def table(name: str) -> Table:
    """Return a table, read at first use; LookupError for a name that there is no file for."""
    if name in _FROM_UNICODE:
        return _FROM_UNICODE[name]()
    path = FOLDER / f"{name}.csv"
    if not name.isidentifier() or not path.is_file():
        raise LookupError(f"no reference table named {name}")
    with path.open(encoding="utf-8", newline="") as lines:
        source = next(lines).removeprefix("#").strip()
        rows = [_entry(name, row) for row in csv.DictReader(lines)]
    return Table(name, source, MappingProxyType({row.code: row for row in rows}))


def tables() -> tuple[str, ...]:
    """Return the names of all tables."""
    return (*sorted(path.stem for path in FOLDER.glob("*.csv")), *sorted(_FROM_UNICODE))


def find(name: str, code: str) -> Entry | None:
    """Return the entry of a code, or of the class that a finer code belongs to, or None.

    `H01L 21/02` is found as class H01, `C3911` as division C39, `3301` as region 330100.
    """
    entries = table(name).entries
    code = code.strip()
    if code in entries:
        return entries[code]
    shorten = _SHORTENED.get(name)
    return entries.get(shorten(code)) if shorten else None


def name_of(name: str, code: str, language: str) -> str:
    """Return a code's name for readers, or an empty text for a code that the table lacks."""
    entry = find(name, code)
    return entry.name(language) if entry else ""


def choices(name: str, language: str, *, parent: str | None = None) -> list[tuple[str, str]]:
    """Return (code, name) in the table's order, all of them or one parent's children."""
    return [
        (entry.code, entry.name(language))
        for entry in table(name).entries.values()
        if parent is None or entry.parent == parent
    ]


def region_and_above(code: str) -> tuple[str, ...]:
    """The region and what it is part of, the widest first: whoever looks in a province finds
    what is in its cities."""
    place = find("regions", code)
    return (code,) if place is None or not place.parent else (place.parent, code)


def region_name(code: str, language: str) -> str:
    """Return a place with its province: `浙江省杭州市`, `Hangzhou, Zhejiang`; empty if unknown."""
    place = find("regions", code)
    if place is None or not place.parent:
        return place.name(language) if place else ""
    province = table("regions").entries[place.parent].name(language)
    own = place.name(language)
    return f"{province}{own}" if language == "zh" else f"{own}, {province}"


def _entry(name: str, row: Mapping[str, str]) -> Entry:
    names = MappingProxyType({language: row[language] for language in ("zh", "en")})
    parent = row.get("parent") or _parent(name, row["code"])
    return Entry(row["code"], names, parent)


def _parent(name: str, code: str) -> str:
    if name == "emerging_industries":
        return code.partition(".")[0] if "." in code else ""
    if name in {"ipc_classes", "industries"} and len(code) > 1:
        return code[0]
    return ""


def _region(code: str) -> str:
    """National code of the prefecture or, for a county, of the prefecture above it."""
    if len(code) == 6:
        county_of = code[:4] + "00"
        return county_of if county_of in table("regions").entries else code[:2] + "0000"
    return code.ljust(6, "0")


_SHORTENED: Final[Mapping[str, Callable[[str], str]]] = {
    "ipc_sections": lambda code: code[:1].upper(),
    "ipc_classes": lambda code: code[:3].upper(),
    "industries": lambda code: code[:3].upper(),
    "emerging_industries": lambda code: ".".join(code.split(".")[:2]),
    "regions": _region,
}


def _territories() -> Table:
    names = {lang: _words(Locale.parse(tag).territories) for lang, tag in _LOCALES.items()}
    codes = [code for code in names["en"] if len(code) == 2 and code not in _NO_COUNTRY]
    return _unicode_table("countries", sorted(codes), names)


def _currencies() -> Table:
    names = {lang: _words(Locale.parse(tag).currencies) for lang, tag in _LOCALES.items()}
    codes = [code for code in list_currencies() if code in names["en"]]
    return _unicode_table("currencies", sorted(codes), names)


def _words(found: Mapping[Any, Any]) -> dict[str, str]:
    return {str(code): str(name) for code, name in found.items()}


def _unicode_table(name: str, codes: list[str], names: Mapping[str, Mapping[str, str]]) -> Table:
    entries = {
        code: Entry(code, MappingProxyType({lang: names[lang].get(code, code) for lang in names}))
        for code in codes
    }
    return Table(name, "Unicode CLDR, through Babel", MappingProxyType(entries))


# Unicode's codes for unions, outlying parts and tests, which no register of companies has.
_NO_COUNTRY: Final = {
    "EU",
    "EZ",
    "UN",
    "QO",
    "ZZ",
    "XA",
    "XB",
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "IC",
    "TA",
}
_FROM_UNICODE: Final[Mapping[str, Callable[[], Table]]] = {
    "countries": _territories,
    "currencies": _currencies,
}
