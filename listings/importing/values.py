"""Reads single values as files write them: dates, lists, levels, prices, code words.

Every reader returns the value, None for "nothing there", or raises Unreadable with its sentence.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, Final

from core.i18n import N_
from core.money import AmountError, parse_money
from listings.importing.record import ImportedPrice, LegalStatus, PatentType

MISSING: Final = frozenset({"", "0", "-", "--", "—", "/", "/0", "n/a", "na", "none", "null", "无",
                            "暂无", "不详", "#n/a", "nan",
                            "0000-00-00", "00/00/0000"})  # fmt: skip
"""What files write where they have nothing; compared in small letters without blanks."""


class Unreadable(ValueError):  # noqa: N818  it is an answer about a value
    """A value that is not what its field holds."""

    def __init__(self, code: str, text: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.text, self.params = code, text, params


def is_missing(text: str) -> bool:
    return "".join(text.split()).casefold() in MISSING


# -- dates ------------------------------------------------------------------------------------

_FORMS: Final = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)"),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})(?: .*)?"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
)
_MONTHS: Final = {
    name: n
    for n, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_WORDED: Final = (
    re.compile(r"(?P<d>\d{1,2})[ -](?P<m>[A-Za-z]{3,9})[ -](?P<y>\d{4})"),
    re.compile(r"(?P<m>[A-Za-z]{3,9})\.? (?P<d>\d{1,2}), ?(?P<y>\d{4})"),
)
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?")
_EPOCH: Final = date(1899, 12, 30)  # spreadsheets count days from here, their 1900 being leap


def read_date(text: str) -> date | None:
    """ISO, 2024年5月6日, 20240506, MM/DD/YYYY, 6 May 2024, or a spreadsheet's day number.

    A date with slashes and the year last is read month first, as its American sources write it;
    a first figure above 12 is refused rather than turned round.
    """
    if is_missing(text):
        return None
    text = text.strip()
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _day(int(found["y"]), int(found["m"]), int(found["d"]))
    for form in _WORDED:
        found = form.fullmatch(text)
        if found and found["m"][:3].casefold() in _MONTHS:
            month = _MONTHS[found["m"][:3].casefold()]
            return _day(int(found["y"]), month, int(found["d"]))
    if _SERIAL.fullmatch(text) and 10_000 <= float(text) < 80_000:
        return _EPOCH + timedelta(days=int(float(text)))
    raise _bad_date()


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise _bad_date() from None
    if not 1850 <= found.year <= 2150:
        raise _bad_date()
    return found


def _bad_date() -> Unreadable:
    text = N_("This is no date. Write it as 2026-11-22, 2026年11月22日 or 11/22/2026.")
    return Unreadable("date_unreadable", text)


# -- lists ------------------------------------------------------------------------------------


def read_list(text: str, *, commas: bool = True) -> tuple[str, ...]:
    """Parts at ; | 、 and line breaks; at commas too where values cannot hold one."""
    marks = r"[;；|、\n]" if not commas else r"[;；|、\n,，]"
    parts = (" ".join(part.split()) for part in re.split(marks, text))
    return tuple(dict.fromkeys(part for part in parts if not is_missing(part)))


def read_people(text: str) -> tuple[str, ...]:
    """Names in order. "Li, Wei; Zhao, Min" keeps its commas; "李伟，赵敏" is two people."""
    if re.search(r"[\u4e00-\u9fff]", text):
        return read_list(text)
    if re.search(r"[;；|、\n]", text):
        return read_list(text, commas=False)
    pieces = [piece.strip() for piece in text.split(",")]
    if len(pieces) == 2 and " " not in pieces[0] and " " not in pieces[1]:
        return (f"{pieces[0]}, {pieces[1]}",) if all(pieces) else read_list(text)
    return read_list(text)


_IPC: Final = re.compile(r"([A-HY])\s*(\d{2})\s*([A-Z])(?:\s*(\d{1,4})\s*/\s*(\d{2,6}))?")


def read_symbols(text: str) -> tuple[str, ...]:
    """IPC or CPC symbols such as H04W24/02, or subclasses such as H02G."""
    symbols = []
    for part in read_list(text):
        bare = re.sub(r"[(（].*", "", part).strip().upper()
        found = _IPC.fullmatch(bare)
        if not found:
            text_ = N_("“%(symbol)s” is no classification symbol such as H04W24/02 or H02G.")
            raise Unreadable("symbol_unreadable", text_, symbol=part[:40])
        head = found[1] + found[2] + found[3]
        symbols.append(f"{head}{int(found[4])}/{found[5]}" if found[4] else head)
    return tuple(dict.fromkeys(symbols))


# -- figures and code words -------------------------------------------------------------------

_DIGITS: Final = {word: n for n, word in enumerate("一二三四五六七八九", 1)}


def read_trl(text: str) -> int | None:
    """A level 1 to 9: "6", "TRL 6", "TRL6级", "六级"."""
    if is_missing(text):
        return None
    bare = re.sub(r"[\s级第层]|level|trl|[-:：]", "", text.casefold())
    if bare in _DIGITS:
        return _DIGITS[bare]
    if re.fullmatch(r"[1-9](?:\.0+)?", bare):
        return int(bare[0])
    text_ = N_("A readiness level is a whole number from 1 to 9.")
    raise Unreadable("trl_unreadable", text_)


_OPEN_PRICES: Final = frozenset({"面议", "电议", "协商", "另议", "negotiable", "tbd"})


def read_price(text: str, currency: str) -> ImportedPrice | None:
    """An amount as people write it (50万, 1,250,000.00); "negotiable" is no price."""
    if is_missing(text) or text.strip().casefold() in _OPEN_PRICES:
        return None
    try:
        money = parse_money(text, currency)
    except AmountError as error:
        raise Unreadable(error.code, error.text, **error.params) from None
    return ImportedPrice(money.minor, money.currency)


_WAYS: Final = {
    "assignment": ("assignment", "sale", "transfer", "转让", "专利权转让", "技术转让", "出让"),
    "exclusive": ("exclusive", "exclusive licence", "exclusive license", "独占许可", "独占"),
    "sole": ("sole", "sole licence", "sole license", "排他许可", "排他"),
    "ordinary": ("ordinary", "non-exclusive", "nonexclusive", "licence", "license", "licensing",
                 "ordinary licence", "non-exclusive licence", "non-exclusive license",
                 "普通许可", "许可", "普通", "专利许可", "技术许可"),
    "trial_licence": ("trial licence", "trial license", "先用后转", "先使用后付费", "先试用后付费"),
    "equity_contribution": ("equity", "equity contribution", "作价入股", "作价投资",
                            "技术入股", "入股"),
    "joint_development": ("joint development", "cooperation", "collaboration", "合作开发",
                          "合作转化",
                          "联合开发", "合作实施", "技术开发"),
}  # fmt: skip
_WAY_OF: Final = {word: way for way, words in _WAYS.items() for word in (way, *words)}


def read_ways(text: str) -> tuple[str, ...]:
    """Codes of ways of transfer; a word we do not know is refused."""
    found = []
    for part in re.split(r"[;；|、\n,，/]|\bor\b|或", text.casefold()):
        word = " ".join(part.split())
        if not word or is_missing(word):
            continue
        if word not in _WAY_OF:
            text_ = N_("“%(word)s” is no way of transfer that we know, such as assignment.")
            raise Unreadable("way_unknown", text_, word=word[:40])
        found.append(_WAY_OF[word])
    return tuple(dict.fromkeys(found))


_STATUSES: Final[dict[str, LegalStatus]] = {
    **dict.fromkeys(("issued", "granted", "active", "in force", "授权", "有效", "专利权维持",
                     "有权", "已授权", "授权有效"), "granted"),
    **dict.fromkeys(("application", "pending", "filed", "published", "申请", "审中", "公开", "受理",
                     "实质审查", "实质审查的生效", "在审", "申请中", "审查中"), "pending"),
    **dict.fromkeys(("lapsed", "未缴年费", "未缴年费专利权终止", "专利权终止", "终止"), "lapsed"),
    **dict.fromkeys(("expired", "到期", "期满", "届满", "期限届满"), "expired"),
    **dict.fromkeys(("withdrawn", "abandoned", "撤回", "视为撤回", "视撤", "放弃"), "withdrawn"),
    **dict.fromkeys(("refused", "rejected", "驳回"), "refused"),
    **dict.fromkeys(("invalidated", "revoked", "无效", "宣告无效", "全部无效"), "invalidated"),
}  # fmt: skip


def read_status(text: str) -> LegalStatus | None:
    """The legal status; None and a warning of the caller's where the word is unknown."""
    if is_missing(text):
        return None
    word = " ".join(text.split()).casefold()
    if word in _STATUSES:
        return _STATUSES[word]
    text_ = N_("“%(word)s” is no legal status that we know; the status was left open.")
    raise Unreadable("status_unknown", text_, word=word[:40])


_TYPES: Final[dict[str, PatentType]] = {
    **dict.fromkeys(("invention", "utility", "发明", "发明专利", "发明授权", "发明申请",
                     "发明公开"), "invention"),
    **dict.fromkeys(("utility model", "utility_model", "实用新型", "实用新型专利",
                     "新型"), "utility_model"),
    **dict.fromkeys(("design", "外观设计", "外观", "外观设计专利"), "design"),
    **dict.fromkeys(("plant",), "plant"),
}  # fmt: skip


def read_type(text: str) -> PatentType | None:
    if is_missing(text):
        return None
    word = " ".join(text.split()).casefold()
    if word not in _TYPES:
        text_ = N_("“%(word)s” is no patent type: invention, utility model, design or plant.")
        raise Unreadable("type_unknown", text_, word=word[:40])
    return _TYPES[word]


def language_of(text: str) -> str:
    """`zh` where Chinese characters make up a good part of the letters, else `en`."""
    chinese = sum(1 for char in text if "\u3400" <= char <= "\u9fff")
    latin = sum(1 for char in text if char.isascii() and char.isalpha())
    return "zh" if chinese * 3 > latin else "en"
