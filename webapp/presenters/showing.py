"""Dates, amounts and levels as templates print them, in the page's language and the market's zone.

These are the globals behind the macros of `templates/macros/ui.html`; templates use the macros.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Flask, current_app, request
from markupsafe import Markup, escape

from core import i18n
from core.money import Money
from core.typesetting import fonts
from webapp.language import page_language
from webapp.market import Market
from webapp.presenters.failures import failure
from webapp.presenters.signs import sign

NO_BREAK = "\N{NO-BREAK SPACE}"
WIDE = 0x2E80
"""From here on characters are as wide as two Latin letters."""


def market() -> Market:
    found: Market = current_app.extensions["qiaoyi.market"]
    return found


def show_date(day: date | datetime | None) -> str:
    """A legal date; an instant shows the date it falls on in the market's zone."""
    if isinstance(day, datetime):
        day = day.astimezone(market().zone).date()
    return i18n.format_date(day, page_language())


def show_instant(at: datetime | None, *, deadline: bool = False) -> str:
    shown = i18n.format_deadline if deadline else i18n.format_datetime
    return shown(at, page_language(), market().zone)


def machine_date(day: date | datetime | None) -> str:
    """The `datetime` attribute of a time element: ISO, instants in UTC."""
    if isinstance(day, datetime):
        return day.astimezone(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
    return day.isoformat() if day else ""


def show_money(amount: Money | None, *, whole: bool = False) -> str:
    return i18n.format_money(amount, page_language(), whole=whole)


def local_url(path: str) -> str:
    """A site-absolute path in the page's language, below where the market is mounted."""
    return f"{request.script_root}{path}"


def zone_of_market() -> str:
    return i18n.zone_name(market().zone, page_language(), datetime.now(UTC))


def show_number(number: Any) -> str:
    return i18n.format_number(number, page_language())


def show_size(octets: int) -> str:
    return i18n.format_size(octets, page_language()).replace(" ", NO_BREAK)


def show_share(basis_points: int) -> str:
    """A share in hundredths of a per cent: 1250 is `12.5%`."""
    return f"{basis_points / 100:g}%"


def trl_bars(level: int) -> list[dict[str, str]]:
    """Nine rising bars in three groups; those up to `level` are on."""
    bars = []
    for step in range(9):
        height = 4.4 + 1.4 * step
        bars.append(
            {
                "x": f"{6 * step + 2 * (step // 3)}",
                "y": f"{16 - height:.1f}",
                "height": f"{height:.1f}",
                "class": "on" if step < level else "off",
            }
        )
    return bars


def clock_days(starts: date, ends: date, today: date) -> list[dict[str, Any]]:
    """One mark per day of a period, for the clock macro: past, today, to come."""
    days = (ends - starts).days + 1
    return [
        {
            "x": index * 12,
            "class": "on" if day < today else ("at" if day == today else "off"),
        }
        for index, day in enumerate(starts + timedelta(days=n) for n in range(days))
    ]


def wbr(title: str) -> Markup:
    """A Chinese title that may break after its commas and hyphens; words stay whole elsewhere."""
    safe = str(escape(title))
    for mark in ("，", "、", "-", "及", "的"):
        safe = safe.replace(mark, f"{mark}<wbr>")
    return Markup(safe)  # noqa: S704 - escaped above; only the break marks are ours


def shortened(title: str, most: int = 36) -> str:
    """A title that fits a breadcrumb: cut between words, and marked where something is left out.

    `most` counts Latin letters; a Chinese character is two wide.
    """
    width, end = 0, 0
    for at, sign_ in enumerate(title):
        if sign_.isspace() or ord(sign_) > WIDE:
            end = at
        width += 2 if ord(sign_) > WIDE else 1
        if width > most:
            return f"{title[: end or at].rstrip(' ，、,;:：；-')}…"
    return title


def midnight(day: date) -> datetime:
    """The instant a day begins in the market's zone."""
    return datetime.combine(day, time(0), market().zone)


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        market=market,
        zone_of_market=zone_of_market,
        local_url=local_url,
        show_date=show_date,
        show_instant=show_instant,
        machine_date=machine_date,
        show_money=show_money,
        show_number=show_number,
        show_size=show_size,
        show_share=show_share,
        trl_bars=trl_bars,
        clock_days=clock_days,
        wbr=wbr,
        shares_pictures=lambda: bool(fonts()),
        shortened=shortened,
        sign=sign,
        failure=failure,
    )
