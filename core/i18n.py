"""Interface texts and the forms of dates, amounts and numbers in the reader's language.

Msgids are English sentences. Other languages are PO fragments, one per area, read as they stand:
there is no compile step. Nothing here knows a request, so mail and PDF speak as pages do.
"""

import gettext as plural_rules
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

if TYPE_CHECKING:
    from core.money import Money

LANGUAGES: Final = ("zh", "en")
DEFAULT_LANGUAGE: Final = "zh"
LANGUAGE_NAMES: Final = {"zh": "中文", "en": "English"}
HTML_LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}
LOCALES: Final = Path(__file__).resolve().parent.parent / "locales"

_WEEKDAYS: Final = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_SYMBOLS: Final = {"CNY": "¥", "JPY": "JP¥", "USD": "US$", "HKD": "HK$", "EUR": "€", "GBP": "£",
                   "TWD": "NT$", "SGD": "S$", "AUD": "A$", "CAD": "C$", "KRW": "₩"}  # fmt: skip
_UNITS_ZH: Final = {"CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元",
                    "GBP": "英镑"}  # fmt: skip
_MISSING: Final = "—"


def N_(msgid: str) -> str:  # noqa: N802  # the name gettext tools look for
    """Mark a text for translation where it is written; it is translated where it is shown."""
    return msgid


@dataclass(frozen=True)
class Translator:
    """Texts in one language. Unknown msgids come back as they are, in English.

    Parameters are put in with `%(name)s`; without parameters a text is returned untouched, so
    that Jinja's own interpolation and a lone per cent sign both work.
    """

    language: str
    messages: dict[tuple[str | None, str], tuple[str, ...]]
    plural: Callable[[int], int]

    def gettext(self, msgid: str, **params: object) -> str:
        """Return the text in the reader's language."""
        return self._fill(self._find(None, msgid), params)

    def pgettext(self, context: str, msgid: str, **params: object) -> str:
        """Return the text as it reads in this context (“Open” as a state, “Open” as a verb)."""
        return self._fill(self._find(context, msgid), params)

    def ngettext(self, singular: str, plural: str, n: int, **params: object) -> str:
        """Return the form for `n`; `%(num)s` in it is the number itself."""
        found = self.messages.get((None, singular))
        forms = found or (singular, plural)
        chosen = forms[min(self.plural(n), len(forms) - 1)]
        return chosen % {"num": n, **params} if params else chosen

    def npgettext(self, context: str, singular: str, plural: str, n: int, **params: object) -> str:
        """Return the form for `n` in this context."""
        forms = self.messages.get((context, singular)) or (singular, plural)
        chosen = forms[min(self.plural(n), len(forms) - 1)]
        return chosen % {"num": n, **params} if params else chosen

    def _find(self, context: str | None, msgid: str) -> str:
        found = self.messages.get((context, msgid))
        return found[0] if found else msgid

    @staticmethod
    def _fill(text: str, params: dict[str, object]) -> str:
        return text % params if params else text


@cache
def translator(language: str) -> Translator:
    """Return the texts of a language, read at first use; ValueError for one we do not speak."""
    if language not in LANGUAGES:
        raise ValueError(f"no such interface language: {language!r}")
    messages: dict[tuple[str | None, str], tuple[str, ...]] = {}
    plural: Callable[[int], int] = _germanic_plural
    for catalogue in catalogues(language).values():
        plural = plural_rules.c2py(catalogue.plural_expr)
        for message in catalogue:
            if not message.id or message.fuzzy:
                continue
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            forms = (message.string,) if isinstance(message.string, str) else message.string
            if forms and all(forms):
                messages[message.context, msgid] = tuple(forms)
    return Translator(language, messages, plural)


def catalogues(language: str, folder: Path = LOCALES) -> dict[str, Catalog]:
    """Read every PO fragment of a language, by file name; English has none and needs none."""
    found = {}
    for path in sorted((folder / language).glob("*.po")):
        with path.open("rb") as lines:
            found[path.name] = read_po(lines, locale=language, charset="utf-8", abort_invalid=True)
    return found


def _germanic_plural(n: int) -> int:
    return int(n != 1)


def negotiate(accepted: Iterable[str], default: str = DEFAULT_LANGUAGE) -> str:
    """Choose ours from language tags in order of preference (`en-GB`, `zh-Hant-TW`)."""
    for tag in accepted:
        language = tag.strip().lower().replace("_", "-").split("-")[0]
        if language in LANGUAGES:
            return language
    return default


def format_date(day: date | None, language: str, *, weekday: bool = True) -> str:
    """Write a legal date: `2026-11-22（周日）`, `Sun 22 Nov 2026`; nothing is shown as a dash."""
    if day is None:
        return _MISSING
    if language == "zh":
        return f"{day.year:04}-{day.month:02}-{day.day:02}" + (
            f"（周{_WEEKDAYS['zh'][day.weekday()]}）" if weekday else ""
        )
    written = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_WEEKDAYS['en'][day.weekday()]} {written}" if weekday else written


def format_datetime(
    instant: datetime | None, language: str, zone: ZoneInfo, *, show_zone: bool = False
) -> str:
    """Write an instant on the wall of `zone`: `2026-11-26（周四）17:00`, `Thu 26 Nov 2026, 17:00`.

    `instant` must be aware (ValueError otherwise).
    """
    if instant is None:
        return _MISSING
    local = _local(instant, zone)
    return _at(local.date(), local.strftime("%H:%M"), language) + (
        _in_brackets(zone_name(zone, language, instant), language) if show_zone else ""
    )


def format_deadline(
    instant: datetime | None, language: str, zone: ZoneInfo, *, show_zone: bool = False
) -> str:
    """Write an exclusive end: midnight reads as 24:00 of the day that it ends."""
    if instant is None:
        return _MISSING
    local = _local(instant, zone)
    if local.time() != time(0):
        return format_datetime(instant, language, zone, show_zone=show_zone)
    return _at(local.date() - timedelta(days=1), "24:00", language) + (
        _in_brackets(zone_name(zone, language, instant), language) if show_zone else ""
    )


def zone_name(zone: ZoneInfo, language: str, instant: datetime) -> str:
    """Name the zone as readers know it (北京时间 / Beijing time), else by its offset (UTC+9)."""
    if zone.key in {"Asia/Shanghai", "Asia/Chongqing", "PRC"}:
        return translator(language).gettext(N_("Beijing time"))
    offset = instant.astimezone(zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone cannot be shown")
    return instant.astimezone(zone)


def _at(day: date, clock: str, language: str) -> str:
    shown = format_date(day, language)
    return f"{shown}{clock}" if language == "zh" else f"{shown}, {clock}"


def _in_brackets(text: str, language: str) -> str:
    return f"（{text}）" if language == "zh" else f" ({text})"


def format_money(
    money: "Money | None",
    language: str,  # noqa: ARG001  # every form takes it; amounts happen to be written alike in both
    *,
    whole: bool = False,
) -> str:
    """Write an amount with currency and grouping: `¥1,250,000.00`.

    `whole` leaves the minor part off where it is zero, for lists and asking prices.
    """
    if money is None:
        return _MISSING
    amount = abs(money.major)
    text = f"{amount:,.0f}" if whole and amount == int(amount) else f"{amount:,f}"
    symbol = _SYMBOLS.get(money.currency, f"{money.currency} ")
    return f"{'−' if money.minor < 0 else ''}{symbol}{text}"


def format_money_short(money: "Money | None", language: str) -> str:
    """Write a round amount the short way: `125 万元`, `3.5 亿元`; in English `¥1,250,000`.

    What 万 with four decimals cannot hold exactly is written in full: no figure is rounded.
    """
    if money is None or language != "zh" or money.currency not in _UNITS_ZH:
        return format_money(money, language, whole=True)
    for scale, word in ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")):
        scaled = money.major / scale
        if abs(scaled) >= 1 and scaled == round(scaled, 4):
            figure = f"{scaled.normalize():,f}".replace("-", "−")
            return f"{figure} {word}{_UNITS_ZH[money.currency]}"
    return format_money(money, language, whole=True)


def format_number(number: int | Decimal | None, language: str) -> str:
    """Write a number with its groups of three."""
    return _MISSING if number is None else format_decimal(number, locale=_babel(language))


def format_ratio(ratio: Decimal | None, language: str) -> str:
    """Write a ratio as per cent, with as many decimals as it has and no more: `0.005` → `0.5%`."""
    if ratio is None:
        return _MISSING
    return format_percent(ratio, locale=_babel(language), decimal_quantization=False)


def format_size(octets: int, language: str) -> str:
    """Write a file's size in units of 1,000: `1.4 MB`."""
    size, unit = Decimal(octets), "B"
    for larger in ("kB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    figure = round(size, 1) if size < 10 and unit != "B" else round(size)
    return f"{format_number(figure, language)} {unit}"


def format_list(items: Sequence[str], language: str) -> str:
    """Join names as a sentence does: `甲、乙和丙`, `a, b and c`."""
    if len(items) <= 1:
        return items[0] if items else ""
    comma, last = ("、", "和") if language == "zh" else (", ", " and ")
    return comma.join(items[:-1]) + last + items[-1]


def _babel(language: str) -> str:
    return "zh_Hans_CN" if language == "zh" else "en_GB"
