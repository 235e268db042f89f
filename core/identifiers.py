"""Patent numbers in any usual form, and the other identifiers that research carries.

A number is read once, at the border, and kept in one canonical form, so that equal numbers are
equal text. Chinese application numbers carry a check digit: a wrong one is refused with the right
one named; a missing one is computed.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from core.i18n import N_

NumberKind = Literal["application", "publication", "grant"]

_YEARS: Final = range(1985, 2100)  # the Chinese office opened in 1985
_ERAS: Final = {"昭": "S", "平": "H", "令": "R", "昭和": "S", "平成": "H", "令和": "R"}
_LABEL_WORDS: Final = (
    r"专利申请公布号|授权公告号|(?:专利)?公开(?:公告|（公告）|\(公告\))?号|公告号|专利申请号|申请号|专利号|专利|"
    r"PATENT(?: APPLICATION)?(?: PUBLICATION)?|PAT\.?|APPLICATION|APPL\.?|APP\.?|PUB\.?"
)
_LABELS: Final = re.compile(
    rf"^(?:中国|CHINESE )?(US|EP)?\s*"
    rf"(?:(?:{_LABEL_WORDS})\s*(?:NUMBER|NOS?\.?|#)?|NUMBER|NOS?\.|#)\s*[:：]?\s*"
)
_CN_APPLICATION: Final = re.compile(r"(ZL|CN)?(\d{12}|\d{8})(?:\.?([\dX]))?")
_CN_PUBLICATION: Final = re.compile(r"CN(\d{7,9})([A-Z]\d?)?")
_US_APPLICATION: Final = re.compile(r"(?:US)?(\d{2})/(\d{6})")
_US_PUBLICATION: Final = re.compile(r"(?:US)?((?:19|20)\d{2})/?(0?\d{6})([AP]\d)?")
_US_GRANT: Final = re.compile(r"US(D|RE|PP|H|T)?0*(\d{3,8})([BEHSPIA]\d?)?")
_PCT: Final = re.compile(r"PCT/?([A-Z]{2})/?(\d{4}|\d{2})/?(\d{5,6})")
_WO: Final = re.compile(r"WO/?(\d{4}|\d{2})/?(\d{5,6})([A-Z]\d?)?")
_EP_APPLICATION: Final = re.compile(r"EP(\d{8})\.(\d)")
_JP_WORDS: Final = re.compile(
    r"(特開|特公|特願|実開|特表|再表)(?:(昭和?|平成?|令和?)(\d{1,2})-(\d{1,6})|(\d{4})-?(\d{1,6}))号?(?:公報)?"
)
_JP_GRANT: Final = re.compile(r"特許第?(\d{7})号?")
_JP_ERA: Final = re.compile(r"JP([SHR]\d{2})(\d{6})([A-Z]\d?)?")
_OTHER: Final = re.compile(r"([A-Z]{2})(\d{4,13})([A-Z]\d?)?")
_OFFICES: Final = frozenset(
    re.findall(
        "..",
        "APARATAUBEBGBRCACHCLCOCZDEDKEAEEEPESFIFRGBGCGEGRHKHRHUIDIEILINISITJPKRKZLTLULVMAMDMO"
        "MXMYNLNONZOAPEPHPLPTRORSRUSASESGSISKTHTRTWUAUYUZVNWOZA",
    )
)


class NumberError(ValueError):
    """A text that is no such number; `code` and `text` (an English msgid) say what is wrong."""

    def __init__(self, code: str, text: str, **params: str) -> None:
        super().__init__(text % params)
        self.code, self.text, self.params = code, text, params


@dataclass(frozen=True)
class PatentNumber:
    """One number of one office.

    `digits` has no separators and, for a Chinese application, no check digit; letters that belong
    to the number (US `D800001`, Japanese `H10123456`) stay in it. `kind_code` is empty where it
    was not given. `grant` is a Chinese application number written as a patent (`ZL…`).
    """

    office: str
    kind_of_number: NumberKind
    digits: str
    kind_code: str = ""

    @property
    def canonical(self) -> str:
        """The one form that is stored and compared: `CN201710601862.3`, `US8926509B2`."""
        if self.office == "CN" and self.kind_of_number != "publication":
            return f"CN{self.digits}.{cn_check_digit(self.digits)}"
        return f"{self.office}{self.digits}{self.kind_code}"

    @property
    def display(self) -> str:
        """The form people of that office write: `ZL201710601862.3`, `US 8,926,509 B2`."""
        shown = _DISPLAYS.get(self.office, _plain_display)(self)
        return shown.strip()

    def variants(self) -> tuple[str, ...]:
        """Every form somebody may type, without separators, most telling first; for searching."""
        digits = self.digits
        if self.office == "CN" and self.kind_of_number != "publication":
            checked = digits + cn_check_digit(digits)
            forms = [self.canonical, f"CN{checked}", f"ZL{checked}", checked, f"CN{digits}"]
            return tuple(dict.fromkeys([*forms, f"ZL{digits}", digits]))
        bodies = [digits, *_other_lengths(self.office, digits)]
        forms = [f"{self.office}{body}{self.kind_code}" for body in bodies]
        forms += [f"{self.office}{body}" for body in bodies]
        forms += [f"{body}{self.kind_code}" for body in bodies] + bodies
        return tuple(dict.fromkeys(forms))


def cn_check_digit(digits: str) -> str:
    """Return the check digit of a Chinese application number of 12 or 8 digits.

    Weights 2-9, 2-5 (12 digits) or 2-9 (8 digits); the sum modulo 11, 10 written X.
    """
    if len(digits) not in {8, 12} or not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"no application number has these digits: {digits!r}")
    total = sum(int(digit) * (2 + place % 8) for place, digit in enumerate(digits))
    return "0123456789X"[total % 11]


def read_patent_number(text: str) -> PatentNumber:
    """Read a number in any usual form. NumberError: unreadable, or a check digit that is wrong."""
    plain = _plain(text)
    for reader in _READERS:
        found = reader(plain)
        if found:
            return found
    raise NumberError(
        "patent_number_unreadable",
        N_(
            "“%(number)s” is not a patent number that we can read. Write the application number "
            "(202310482617.0) or the publication number with its country (CN118524411A)."
        ),
        number=text.strip()[:40],
    )


def find_patent_number(text: str) -> PatentNumber | None:
    """Read a number, or return None where there is none or its check digit is wrong."""
    try:
        return read_patent_number(text)
    except NumberError:
        return None


def _plain(text: str) -> str:
    """Upper case, without labels, spaces and commas, and with one kind of hyphen."""
    upper = unicodedata.normalize("NFKC", text).upper().strip()[:80].replace("U.S.", "US")
    upper = _LABELS.sub(r"\1", upper, count=1)
    return re.sub(r"[‐-―−]", "-", re.sub(r"[\s,]", "", upper))


def _cn_application(text: str) -> PatentNumber | None:
    match = _CN_APPLICATION.fullmatch(text.replace("-", ""))
    if not match or not _is_cn_application(match[2]):
        return None
    expected = cn_check_digit(match[2])
    if match[3] and match[3] != expected:
        raise NumberError(
            "patent_check_digit",
            N_(
                "The check digit of %(number)s should be %(expected)s. One of the digits is "
                "wrong; compare the number with the office's letter."
            ),
            number=f"{match[2]}.{match[3]}",
            expected=expected,
        )
    return PatentNumber("CN", "grant" if match[1] == "ZL" else "application", match[2])


def _is_cn_application(digits: str) -> bool:
    if len(digits) == 12:
        return int(digits[:4]) in _YEARS and digits[4] in "12389"
    # Two-digit years were used from 1985 to September 2003.
    return (digits[:2] >= "85" or digits[:2] <= "03") and digits[2] in "12389"


def _cn_publication(text: str) -> PatentNumber | None:
    match = _CN_PUBLICATION.fullmatch(text.replace("-", ""))
    return PatentNumber("CN", "publication", match[1], match[2] or "") if match else None


def _us(text: str) -> PatentNumber | None:
    text = text.replace("-", "")
    if match := _US_APPLICATION.fullmatch(text):
        return PatentNumber("US", "application", match[1] + match[2])
    publication = _US_PUBLICATION.fullmatch(text)
    if publication and ("/" in text or text.startswith("US")):
        digits = publication[1] + publication[2].zfill(7)
        return PatentNumber("US", "publication", digits, publication[3] or "")
    if not text.startswith("US") and re.fullmatch(r"(D|RE|PP)\d{3,7}(S\d?|E\d?|P\d?)?", text):
        text = f"US{text}"
    if match := _US_GRANT.fullmatch(text):
        return PatentNumber("US", "publication", (match[1] or "") + match[2], match[3] or "")
    return None


def _international(text: str) -> PatentNumber | None:
    if match := _PCT.fullmatch(text):
        digits = match[1] + _full_year(match[2]) + match[3].zfill(6)
        return PatentNumber("PCT", "application", digits)
    if match := _WO.fullmatch(text):
        digits = _full_year(match[1]) + match[2].zfill(6)
        return PatentNumber("WO", "publication", digits, match[3] or "")
    if match := _EP_APPLICATION.fullmatch(text):
        return PatentNumber("EP", "application", f"{match[1]}.{match[2]}")
    return None


def _full_year(year: str) -> str:
    """Two-digit years belong to 1978-2003, when the treaty's numbers were written so."""
    return year if len(year) == 4 else ("19" if year >= "78" else "20") + year


def _japanese(text: str) -> PatentNumber | None:
    if match := _JP_GRANT.fullmatch(text):
        return PatentNumber("JP", "publication", match[1])
    if match := _JP_ERA.fullmatch(text.replace("-", "")):
        return PatentNumber("JP", "publication", match[1] + match[2], match[3] or "")
    match = _JP_WORDS.fullmatch(text)
    if not match:
        return None
    word, era, era_year, era_serial, year, serial = match.groups()
    start = f"{_ERAS[era]}{int(era_year):02}" if era else year
    serial = era_serial if era else serial
    kind: NumberKind = "application" if word == "特願" else "publication"
    code = {"特開": "A", "特表": "A", "再表": "A1", "特公": "B2", "実開": "U"}.get(word, "")
    return PatentNumber("JP", kind, start + serial.zfill(6), code)


def _other(text: str) -> PatentNumber | None:
    match = _OTHER.fullmatch(re.sub("[-/.]", "", text))
    if not match or match[1] not in _OFFICES:
        return None
    return PatentNumber(match[1], "publication", match[2], match[3] or "")


_READERS: Final = (_cn_application, _cn_publication, _international, _us, _japanese, _other)


def _plain_display(number: PatentNumber) -> str:
    return f"{number.office} {number.digits} {number.kind_code}"


def _cn_display(number: PatentNumber) -> str:
    if number.kind_of_number == "publication":
        return number.canonical
    return ("ZL" if number.kind_of_number == "grant" else "") + number.canonical[2:]


def _us_display(number: PatentNumber) -> str:
    digits = number.digits
    if number.kind_of_number == "application":
        shown = f"{digits[:2]}/{digits[2:5]},{digits[5:]}"
    elif len(digits) == 11:
        shown = f"{digits[:4]}/{digits[4:]}"
    else:
        letters = digits.rstrip("0123456789")
        shown = f"{letters}{int(digits[len(letters) :]):,}"
    return f"US {shown} {number.kind_code}"


def _international_display(number: PatentNumber) -> str:
    digits = number.digits
    if number.office == "PCT":
        return f"PCT/{digits[:6]}/{digits[6:]}"
    return f"WO {digits[:4]}/{digits[4:]} {number.kind_code}"


_DISPLAYS: Final = {
    "CN": _cn_display,
    "US": _us_display,
    "PCT": _international_display,
    "WO": _international_display,
}


def _other_lengths(office: str, digits: str) -> list[str]:
    """The same number as other registers write it: without padding, or with a short year."""
    if office == "US" and len(digits) == 11:
        return [digits[:4] + digits[5:]] if digits[4] == "0" else []
    if office == "WO" and digits[4] == "0" and digits[:4] < "2004":
        return [digits[2:4] + digits[5:]]
    return []


_IPC: Final = re.compile(r"([A-HY])(\d{2})([A-Z])(\d{1,4})?(?:/(\d{2,6}))?")


def read_ipc(text: str) -> str:
    """Return a symbol of the patent classification as `H01L21/02` (or `H01L`, `H01`).

    NumberError where it is none.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    plain = re.sub(r"\(\d{4}\.\d{2}\)$", "", plain)
    if re.fullmatch(r"[A-HY]\d{2}", plain):
        return plain
    match = _IPC.fullmatch(plain)
    if not match or (match[5] and not match[4]):
        raise NumberError(
            "ipc_unreadable",
            N_("“%(number)s” is not a symbol of the classification. Write it as H01L 21/02."),
            number=text.strip()[:40],
        )
    group = str(int(match[4])) if match[4] else ""
    return match[1] + match[2] + match[3] + group + (f"/{match[5]}" if match[5] else "")


def read_orcid(text: str) -> str:
    """Return an ORCID as `0000-0002-1825-0097`; NumberError: unreadable or a wrong check digit.

    ISO 7064 MOD 11-2 over the first fifteen digits.
    """
    plain = re.sub(r"^HTTPS?://(WWW\.)?ORCID\.ORG/", "", text.strip().upper())
    digits = re.sub(r"[\s-]", "", plain)
    total = 0
    for digit in digits[:15] if re.fullmatch(r"[0-9]{15}[0-9X]", digits) else "":
        total = (total + int(digit)) * 2
    if not total or "0123456789X"[(12 - total % 11) % 11] != digits[15]:
        raise NumberError(
            "orcid_unreadable",
            N_("“%(number)s” is not an ORCID. It has sixteen digits, such as 0000-0002-1825-0097."),
            number=text.strip()[:60],
        )
    return "-".join(digits[place : place + 4] for place in range(0, 16, 4))


IPC_SECTIONS: Final = frozenset("ABCDEFGH")
_CROCKFORD: Final = "0123456789abcdefghjkmnpqrstvwxyz"


def read_ror(text: str) -> str:
    """Return a ROR ID without its address (`05dxps055`); NumberError: unreadable or wrong digits.

    A zero, six characters of Crockford's base 32 and two check digits, ISO 7064 MOD 97-10.
    """
    plain = re.sub(r"^(https?://)?(www\.)?ror\.org/", "", text.strip().lower())
    value = 0
    good = re.fullmatch(rf"0[{_CROCKFORD}]{{6}}[0-9]{{2}}", plain)
    for letter in plain[1:7] if good else "":
        value = value * 32 + _CROCKFORD.index(letter)
    if not good or int(plain[7:]) != 98 - value * 100 % 97:
        raise NumberError(
            "ror_unreadable",
            N_("“%(number)s” is not a ROR ID. It has nine characters, such as 05dxps055."),
            number=text.strip()[:60],
        )
    return plain


def read_doi(text: str) -> str:
    """Return a DOI in lower case without its resolver (`10.1000/182`); NumberError otherwise."""
    plain = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.IGNORECASE)
    if not re.fullmatch(r"10\.\d{4,9}(\.\d+)*/[^\s<>\"]{1,200}", plain):
        raise NumberError(
            "doi_unreadable",
            N_("“%(number)s” is not a DOI. It begins with 10. and has a slash in it."),
            number=text.strip()[:60],
        )
    return plain.lower()
