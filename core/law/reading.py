"""Policy files (TOML) to checked values. Every fault is one sentence with file and rule."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from core.law.days import Calendar, Festival, Year
from core.law.values import CONFIDENCES, ENFORCEMENTS, UNITS, LawValue, Plain, Value
from core.money import Money, is_currency

_HEAD: Final = {"name", "title", "title_en", "extends", "holidays", "about", "rule"}
_NEEDED: Final = {"id", "unit", "valid_from", "citation", "citation_en", "confidence", "checked_on"}
_RULE: Final = _NEEDED | {"value", "unset", "valid_to", "enforce", "note", "note_en"}
_TEXTS: Final = ("id", "unit", "citation", "citation_en", "note", "note_en")
_DATES: Final = ("valid_from", "valid_to", "checked_on")


class LawError(ValueError):
    """A policy file that must not be used; the text names file, rule and what to correct."""


@dataclass(frozen=True)
class Source:
    """One policy file: a profile's own rules, in the order of the file."""

    file: str
    name: str
    title: str
    title_en: str
    extends: str
    holidays: str
    rules: tuple[LawValue, ...]
    digest: str


def read_source(path: Path) -> Source:
    """Read one profile from its file. LawError lists all faults of the file, one to a line."""
    return parse_source(path.name, path.stem, path.read_bytes())


def parse_source(file: str, stem: str, text: bytes) -> Source:
    """Read one profile from its text; `stem` is the name that it must have. Raises LawError."""
    data = _parse(file, text)
    faults = [f"unknown key “{key}”" for key in data.keys() - _HEAD]
    name = data.get("name")
    if name != stem:
        faults.append(f"its name is “{name}”; a profile is named like its file, “{stem}”")
    faults += [f"“{key}” is missing" for key in ("title", "title_en") if not data.get(key)]
    rules = []
    for place, raw in enumerate(data.get("rule", []), 1):
        label = f"rule {place} ({raw.get('id', 'without id')})"
        found = list(_rule_faults(raw))
        faults += [f"{label}: {fault}" for fault in found]
        if not found:
            rules.append(_rule(raw, stem))
    faults += _overlaps(rules)
    if faults:
        raise LawError("\n".join(f"{file}: {fault}" for fault in faults))
    return Source(
        file=file,
        name=stem,
        title=data["title"],
        title_en=data["title_en"],
        extends=data.get("extends", ""),
        holidays=data.get("holidays", ""),
        rules=tuple(rules),
        digest=sha256(text.replace(b"\r\n", b"\n")).hexdigest(),
    )


def _parse(file: str, text: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(text.decode(), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise LawError(f"{file}: cannot be read: {fault}") from fault


def _rule_faults(raw: Mapping[str, Any]) -> Iterable[str]:
    yield from (f"unknown key “{key}”" for key in sorted(raw.keys() - _RULE))
    yield from (f"“{key}” is missing" for key in sorted(_NEEDED) if not raw.get(key))
    yield from (f"“{key}” must be text" for key in _TEXTS if not isinstance(raw.get(key, ""), str))
    for key in _DATES:
        if key in raw and type(raw[key]) is not date:
            yield f"“{key}” must be a date written as 2026-01-31"
    ends, begins = raw.get("valid_to"), raw.get("valid_from")
    if type(ends) is date and type(begins) is date and ends < begins:
        yield "it ends before it begins"
    if raw.get("confidence") not in CONFIDENCES:
        yield "“confidence” must be H, M or L"
    if raw.get("enforce", "inform") not in ENFORCEMENTS:
        yield "“enforce” must be block, warn or inform"
    yield from _value_faults(raw)


def _value_faults(raw: Mapping[str, Any]) -> Iterable[str]:
    unit = raw.get("unit")
    if unit not in UNITS:
        yield f"“{unit}” is no unit; known are {', '.join(UNITS)}"
        return
    if raw.get("unset"):
        if "value" in raw:
            yield "“unset” and “value” contradict each other"
        return
    if "value" not in raw:
        yield "“value” is missing; write unset = true where the law sets none"
        return
    try:
        value = _value(raw["value"], unit)
    except (ValueError, TypeError) as fault:
        yield f"the value cannot be read as {unit}: {fault}"
        return
    wanted = Mapping if unit == "table" else UNITS[unit]
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        yield f"the value {raw['value']!r} does not fit the unit {unit}"
    elif isinstance(value, int) and not isinstance(value, bool) and value < 0:
        yield "the value is below zero"


def reads_as(value: str, unit: str) -> bool:
    """Whether it is a value of the unit, as TOML writes it."""
    try:
        raw = _parse("-", f"value = {value}".encode())
    except LawError:
        return False
    return raw.keys() == {"value"} and not list(_value_faults(raw | {"unit": unit}))


def _value(raw: Any, unit: str) -> Value:
    """Turn TOML into exact types: ratios are decimals, amounts are written `CNY 5000000.00`."""
    if unit == "money":
        return _money(raw)
    if unit == "ratio":
        return _ratio(raw)
    if isinstance(raw, list):
        if not all(isinstance(item, str) for item in raw):
            raise TypeError("a list holds code words")
        return tuple(raw)
    if isinstance(raw, dict):
        return MappingProxyType({key: _member(item) for key, item in raw.items()})
    return _plain(raw)


def _member(raw: Any) -> Plain | tuple[str, ...]:
    if isinstance(raw, list):
        return tuple(str(item) for item in raw)
    if isinstance(raw, str) and is_currency(raw[:3]) and raw[3:4] == " ":
        return _money(raw)
    return _plain(raw)


def _plain(raw: Any) -> Plain:
    if isinstance(raw, str | bool | int | Decimal):
        return raw
    raise TypeError(f"{raw!r} is neither text, number nor flag")


def _ratio(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise TypeError("a ratio is a decimal number such as 0.05")
    return Decimal(raw)


def _money(raw: Any) -> Money:
    currency, _, amount = str(raw).partition(" ")
    if not is_currency(currency):
        raise ValueError("an amount is written as “CNY 5000000.00”")
    try:
        return Money.of(Decimal(amount), currency)
    except ArithmeticError:  # no number, or none that is finite
        raise ValueError("an amount is written as “CNY 5000000.00”") from None


def _rule(raw: Mapping[str, Any], profile: str) -> LawValue:
    return LawValue(
        rule_id=raw["id"],
        value=None if raw.get("unset") else _value(raw["value"], raw["unit"]),
        unit=raw["unit"],
        jurisdiction=profile,
        valid_from=raw["valid_from"],
        valid_to=raw.get("valid_to"),
        citation=raw["citation"],
        citation_en=raw["citation_en"],
        confidence=raw["confidence"],
        checked_on=raw["checked_on"],
        enforce=raw.get("enforce", "inform"),
        note=raw.get("note", ""),
        note_en=raw.get("note_en", ""),
    )


def _overlaps(rules: Iterable[LawValue]) -> list[str]:
    """Two values of one rule must not hold on one day: nobody could say which."""
    ordered = sorted(rules, key=lambda rule: (rule.rule_id, rule.valid_from))
    return [
        f"rule {later.rule_id}: two values hold on {later.valid_from}"
        for earlier, later in pairwise(ordered)
        if earlier.rule_id == later.rule_id
        and (earlier.valid_to is None or earlier.valid_to >= later.valid_from)
    ]


def read_calendars(folder: Path) -> dict[str, Calendar]:
    """Read `cn.toml` (weekend, festivals) with its years `cn-2026.toml`; LawError for a fault."""
    calendars = {}
    for path in sorted(folder.glob("*.toml")):
        if "-" in path.stem:
            continue
        data = _parse(path.name, path.read_bytes())
        years = {}
        for one in sorted(folder.glob(f"{path.stem}-*.toml")):
            year = parse_year(one.name, one.read_bytes())
            years[min(year.holidays).year] = year
        calendars[path.stem] = Calendar(
            name=path.stem,
            weekend=frozenset(day - 1 for day in data.get("weekend", [6, 7])),
            years=years,
            festivals=tuple(_festival(path, raw) for raw in data.get("festival", [])),
        )
    return calendars


def parse_year(file: str, text: bytes) -> Year:
    """Read one year's arrangement; `file` ends with `-2027.toml`. Raises LawError."""
    data = _parse(file, text)
    missing = {"source", "checked_on", "holidays", "workdays"} - data.keys()
    if missing or not data["holidays"]:
        raise LawError(f"{file}: {', '.join(sorted(missing)) or 'holidays'} missing")
    days = [*data["holidays"], *data["workdays"]]
    year = file.removesuffix(".toml")[-4:]
    wrong = [day for day in days if type(day) is not date or str(day.year) != year]
    if wrong or len(days) != len(set(days)):
        raise LawError(f"{file}: a day of another year, or one named twice: {wrong}")
    return Year(frozenset(data["holidays"]), frozenset(data["workdays"]))


def _festival(path: Path, raw: Mapping[str, Any]) -> Festival:
    try:
        first, last = (tuple(map(int, corner.split("-"))) for corner in raw["between"])
        return Festival(
            before=raw["before"],
            after=raw["after"],
            between=((first[0], first[1]), (last[0], last[1])),
            dates={day.year: day for day in raw.get("dates", [])},
        )
    except (KeyError, ValueError, IndexError, AttributeError) as fault:
        raise LawError(f"{path.name}: festival {raw.get('name')}: {fault}") from fault
