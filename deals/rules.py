"""Rules of inquiries and objections as pure functions of plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from accounts.contacts import read_contact
from core.errors import Problem
from core.i18n import N_
from core.law import Calendar
from core.times import at_clock, end_of_day
from listings.kinds import Way

OWN_PLACE: Final = "unit"
"""The owner's own unit, among the places that the law names for a notice."""

TIMETABLES: Final = ("now", "quarter", "half_year", "year", "exploring")
REASONS: Final = ("not_available", "no_capacity", "field_taken", "not_suitable", "export", "other")
CHANNELS: Final = ("telephone", "wechat", "mail", "meeting")
LEAVING: Final = ("price", "terms", "other_partner", "no_budget", "technology", "other")
LONGEST_LINE: Final = 120
LONGEST_TEXT: Final = 2000
SHORTEST_OBJECTION: Final = 10
INQUIRIES_AN_HOUR: Final = 10
OBJECTIONS_AN_HOUR: Final = 5
_MORNING: Final = time(9)
_COUNTRY: Final = re.compile("[A-Z]{2}")
_PHONE: Final = re.compile(r"\+?[\d\s()（）-]{7,24}")


@dataclass(frozen=True)
class Question:
    """What a visitor asks. Amounts in minor units; contacts as typed."""

    listing: str
    way: str
    purpose: str
    timetable: str
    name: str
    firm: str
    phone: str = ""
    mail: str = ""
    budget: int | None = None
    currency: str | None = None
    question: str = ""
    country: str = ""
    """Where the firm sits, two letters of ISO 3166-1 or ZZ; "" where it is not said."""


def question_problems(asked: Question, *, mail_is_good: bool) -> dict[str, list[Problem]]:
    """What must be corrected, by field. `mail_is_good`: accounts could read the address."""
    found: dict[str, list[Problem]] = {}

    def wrong(name: str, code: str, text: str) -> None:
        found.setdefault(name, []).append(Problem(code, text))

    if asked.way not in set(Way):
        wrong("way", "way_unknown", N_("Choose what you would like to have."))
    if not asked.purpose.strip():
        wrong("purpose", "purpose_missing", N_("Say in a sentence what you would use it for."))
    if asked.timetable not in TIMETABLES:
        wrong("timetable", "timetable_unknown", N_("Choose when you would begin."))
    if asked.budget is not None and asked.budget <= 0:
        wrong("budget", "budget_not_positive", N_("Enter an amount above zero, or leave it empty."))
    if not asked.name.strip():
        wrong("name", "name_missing", N_("Give your name, so that the institute can address you."))
    if not asked.firm.strip():
        wrong("firm", "firm_missing", N_("Name your firm or institution."))
    if not asked.phone.strip() and not asked.mail.strip():
        wrong("phone", "contact_missing", N_("Give a telephone number or a mail address."))
    if asked.phone.strip() and not _PHONE.fullmatch(asked.phone.strip()):
        wrong(
            "phone", "phone_unreadable", N_("Check the telephone number: digits, with area code.")
        )
    if asked.mail.strip() and not mail_is_good:
        wrong("mail", "mail_unreadable", N_("Check the mail address, for example name@firm.cn."))
    if asked.country and not _COUNTRY.fullmatch(asked.country):
        wrong("country", "country", N_("Choose a country."))
    _check_lengths(asked, found)
    return found


def _check_lengths(asked: Question, found: dict[str, list[Problem]]) -> None:
    limits = {"name": LONGEST_LINE, "firm": LONGEST_LINE, "purpose": LONGEST_TEXT}
    for name, limit in {**limits, "question": LONGEST_TEXT}.items():
        if len(getattr(asked, name)) > limit:
            text = N_("Use at most %(limit)s characters.")
            found.setdefault(name, []).append(Problem("too_long", text, {"limit": limit}))


def objection_problems(name: str, contact: str, text: str) -> dict[str, list[Problem]]:
    """What must be corrected in an objection, by field."""
    found: dict[str, list[Problem]] = {}
    if not name.strip() or len(name) > LONGEST_LINE:
        found["name"] = [Problem("name_missing", N_("Give your name or that of your unit."))]
    if not contact.strip() or len(contact) > LONGEST_LINE:
        said = N_("Say how the answer reaches you: telephone or mail.")
        found["contact"] = [Problem("contact_missing", said)]
    if len(text.strip()) < SHORTEST_OBJECTION:
        found["text"] = [Problem("text_short", N_("State the facts and your reason."))]
    elif len(text) > LONGEST_TEXT:
        said, limit = N_("Use at most %(limit)s characters."), {"limit": LONGEST_TEXT}
        found["text"] = [Problem("too_long", said, limit)]
    return found


ON_PAPER: Final[tuple[str, ...]] = ("letter", "telephone", "visit")
"""How an objection reaches a clerk, and how an answer goes out by hand."""


def entering_problems(
    channel: str, received_on: date | None, published: date, today: date
) -> dict[str, list[Problem]]:
    """What must be corrected in how a clerk received an objection, by field."""
    found: dict[str, list[Problem]] = {}
    if channel not in ON_PAPER:
        found["channel"] = [Problem("channel_missing", N_("Say how it reached you."))]
    if received_on is None or not published <= received_on <= today:
        said = N_("Give the day on which it came: since the notice was published, and not ahead.")
        found["received_on"] = [Problem("received_day", said)]
    return found


def ways_told(person: str | None, contact: str, by_hand: str) -> list[str]:
    """How an answer reaches the objector: in the market, by mail, and as the clerk says. Empty
    where nothing does."""
    known = read_contact(contact)
    mail = known is not None and known.kind == "mail"
    found = [code for code, so in (("message", person is not None), ("mail", mail)) if so]
    return [*found, by_hand] if by_hand in ON_PAPER else found


@dataclass(frozen=True)
class Promise:
    """When an inquiry is due, and what happens around that."""

    due_on: date
    due_at: datetime
    remind_at: datetime
    escalate_at: datetime
    public_at: datetime


def promise(
    calendar: Calendar, zone: ZoneInfo, asked_on: date, days: int, around: tuple[int, int, int]
) -> Promise:
    """`days` working days after the day of asking; `around` counts working days: the reminder's
    before it, the escalation's and the publication's after it."""
    remind, escalate, public = around
    due = calendar.after_working_days(asked_on, days).day
    return Promise(
        due,
        end_of_day(due, zone),
        at_clock(_working_days_before(calendar, due, remind), _MORNING, zone),
        _end_after(calendar, zone, due, escalate),
        _end_after(calendar, zone, due, public),
    )


def _end_after(calendar: Calendar, zone: ZoneInfo, due: date, days: int) -> datetime:
    day = calendar.after_working_days(due, days).day if days > 0 else due
    return end_of_day(day, zone)


def _working_days_before(calendar: Calendar, day: date, number: int) -> date:
    while number > 0:
        day -= timedelta(days=1)
        number -= calendar.counts(day)
    return day


PLACES: Final = ("site", "board")
_LONGEST_URL: Final = 500


@dataclass(frozen=True)
class Shown:
    """A picture of a posted notice, or a saved page; the file is stored already. `when`: `first`
    or `last`."""

    when: str
    place: str
    url: str
    sha256: str
    name: str
    size: int


def posting_problems(
    shown: Shown, places: Sequence[str], state: str, day: date, last_day: date | None
) -> dict[str, list[Problem]]:
    """What must be corrected before a picture counts, by field. `day`: today."""
    found: dict[str, list[Problem]] = {}
    if OWN_PLACE not in places or state == "revoked":
        said = N_("This notice is not one that the owner has to post in its own unit.")
        found[""] = [Problem("posting_not_asked", said)]
    if shown.when not in {"first", "last"}:
        found["when"] = [Problem("when_missing", N_("Say what the picture shows."))]
    elif shown.when == "last" and last_day is None:
        said = N_("Show the first day before the last: the period begins with it.")
        found["when"] = [Problem("first_day_missing", said)]
    elif shown.when == "last" and last_day is not None and day < last_day:
        said = N_("The last day is not here yet: take this picture on it or after it.")
        found["when"] = [Problem("last_day_ahead", said)]
    if shown.place not in PLACES:
        found["place"] = [Problem("place_missing", N_("Say where it is posted."))]
    known = re.fullmatch(r"https?://\S+", shown.url.strip()) and len(shown.url) <= _LONGEST_URL
    if (shown.place == "site" or shown.url.strip()) and not known:
        said = N_("Give the address of the page, beginning with https://.")
        found["url"] = [Problem("url_missing", said)]
    return found


def days_unshown(pictures: Iterable[tuple[str, date]], days: int) -> int:
    """How many of the days of a notice no pair of pictures covers; (when, day) of each. The first
    day itself is not counted, as in the notice's own period."""
    seen = list(pictures)
    first = min((day for when, day in seen if when == "first"), default=None)
    last = max((day for when, day in seen if when == "last"), default=None)
    if first is None or last is None:
        return days
    return days - min(days, max(0, (last - first).days))
