"""What the accepted terms make due, and when: read from the terms, never invented. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from billing.states import Kind
from core.law.days import Calendar
from deals.offers import Terms

_DATE: Final = re.compile(
    r"(?:于|在|不迟于|最迟|by|on|before)?\s*"
    r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?\s*(?:之前|以前|前)?\s*(?:支付|付清|付款)?"
)
_AFTER_SIGNING: Final = re.compile(
    r"(?:自|在)?(?:合同|本合同)?(?:签订|签约|签署|签字|生效)(?:之日)?(?:起|后|之后)?的?"
    r"([0-9〇零一二三四五六七八九十]+)个?(工作日|日|天)(?:之?内)?(?:支付|付清|付款)?"
)
_AFTER_SIGNING_EN: Final = re.compile(
    r"(?:within )?(\d+) (working |business )?days (?:of|after|from) (?:the )?sign(?:ing|ature)",
    re.IGNORECASE,
)
_AT_SIGNING: Final = frozenset(
    {"签订", "签约", "签署", "签订时", "签约时", "签署时", "signing", "signature", "on signing",
     "on signature", "at signing"}
)  # fmt: skip
_DIGITS: Final = {one: n for n, one in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True)
class Charge:
    """A fixed part of the price, in minor units. `event`: as the terms say when; `due_on` None
    where no calendar names that day: the seller calls it up when the event has come."""

    n: int
    kind: str
    minor: int
    event: str = ""
    due_on: date | None = None


def charges(terms: Terms, signed: date, usual: date, calendar: Calendar) -> list[Charge]:
    """Lump sum or its instalments, then the entry fee; a royalty is no sum before it is earned.

    `usual`: the last day where the terms name none. A day before `signed` becomes `signed`.
    """
    found: list[Charge] = []
    if terms.instalments:
        for part in terms.instalments:
            due = day_of(part.when, signed, usual, calendar)
            found.append(_charge(found, Kind.INSTALMENT, part.minor, part.when, due))
    elif terms.lump_sum is not None:
        found.append(_charge(found, Kind.PRICE, terms.lump_sum, "", usual))
    if terms.entry_fee is not None:
        found.append(_charge(found, Kind.ENTRY_FEE, terms.entry_fee, "", usual))
    return found


def day_of(event: str, signed: date, usual: date, calendar: Calendar) -> date | None:
    """The day that a text names by itself; None for an event whose day nobody knows yet."""
    text = event.strip().rstrip("。.")
    if text.lower() in _AT_SIGNING:
        return usual
    if named := _DATE.fullmatch(text):
        return _later(_date(*named.groups()), signed)
    if counted := _AFTER_SIGNING.fullmatch(text):
        days, unit = _number(counted[1]), counted[2]
        return _after(signed, days, unit == "工作日", calendar)
    if counted := _AFTER_SIGNING_EN.fullmatch(text):
        return _after(signed, int(counted[1]), bool(counted[2]), calendar)
    return None


def _charge(before: list[Charge], kind: Kind, minor: int, event: str, due: date | None) -> Charge:
    return Charge(len(before) + 1, kind.value, minor, event, due)


def _later(day: date | None, signed: date) -> date | None:
    return None if day is None else max(day, signed)


def _after(signed: date, days: int | None, working: bool, calendar: Calendar) -> date | None:
    if not days or days > 3650:
        return None
    if working:
        return calendar.after_working_days(signed, days).day
    return signed + timedelta(days=days)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _number(text: str) -> int | None:
    """Digits, or Chinese numerals below a hundred: 十, 三十, 四十五."""
    if text.isascii():
        return int(text[:6])
    tens, ten, ones = text.rpartition("十")
    if not set(tens + ones) <= _DIGITS.keys() or len(tens) > 1 or len(ones) > 1:
        return None
    if not ten:
        return _DIGITS[ones]
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
