"""Money: an integer count of a currency's minor unit, never a float."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering
from typing import Final, Self

from babel.numbers import list_currencies

from core.i18n import N_

# ISO 4217: how many decimal places the minor unit stands behind the point, where it is not two.
_WITHOUT_PLACES: Final = "BIF,CLP,DJF,GNF,ISK,JPY,KMF,KRW,PYG,RWF,UGX,UYI,VND,VUV,XAF,XOF,XPF"
_EXPONENTS: Final = {
    **dict.fromkeys(_WITHOUT_PLACES.split(","), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
_LARGEST: Final = 2**63 - 1  # what a BIGINT column can hold

# What people write before or behind an amount. A bare $ or ¥ is read only where the expected
# currency is written so: a dollar sign in a yuan market is a question, not an amount.
_SIGNS: Final = {
    "US$": "USD", "USD": "USD", "美元": "USD", "HK$": "HKD", "HKD": "HKD", "港元": "HKD",
    "港币": "HKD", "RMB": "CNY", "CNY": "CNY", "人民币": "CNY", "CN¥": "CNY", "€": "EUR",
    "EUR": "EUR", "欧元": "EUR", "£": "GBP", "GBP": "GBP", "英镑": "GBP", "JP¥": "JPY",
    "JPY": "JPY", "日元": "JPY",
}  # fmt: skip
_SCALES: Final = {
    "万亿": 10**12,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "万": 10**4,
    "千": 10**3,
}
_CODE: Final = re.compile(r"([A-Z]{3})(?=\d)", re.IGNORECASE)
_PLAIN = re.compile(r"\d{1,20}(\.\d{1,10})?")
_BY_THREES = re.compile(r"\d{1,3}(,\d{3}){1,6}(\.\d{1,10})?")
_BY_FOURS = re.compile(r"\d{1,4}(,\d{4}){1,4}(\.\d{1,10})?")


class AmountError(ValueError):
    """A text that is no amount; `code` and `text` (an English msgid) say which of the faults."""

    def __init__(self, code: str, text: str, **params: str | int) -> None:
        super().__init__(text % params)
        self.code, self.text, self.params = code, text, params


def exponent(currency: str) -> int:
    """Decimal places of the currency's minor unit (CNY 2, JPY 0, KWD 3)."""
    return _EXPONENTS.get(currency, 2)


def is_currency(code: str) -> bool:
    """Whether this is the three-letter code of a currency, present or past."""
    return code in list_currencies()


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units; sums and comparisons hold within one currency only.

    Mixing currencies raises TypeError: it is a programming error, not a user's.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if isinstance(self.minor, bool) or not isinstance(self.minor, int):
            raise TypeError(f"money counts whole minor units, not {self.minor!r}")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise ValueError(f"not a currency code: {self.currency!r}")
        if abs(self.minor) > _LARGEST:
            raise OverflowError("an amount beyond what the database can hold")

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> Self:
        """Make money from an exact amount in major units; a fraction of a minor unit is refused."""
        minor = Decimal(amount).scaleb(exponent(currency))
        if minor != minor.to_integral_value():
            raise ValueError(f"{amount} {currency} is finer than the currency's minor unit")
        return cls(int(minor), currency)

    @property
    def major(self) -> Decimal:
        """The amount in major units, with exactly the currency's decimal places."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def __str__(self) -> str:
        return f"{self.currency} {self.major:,f}"

    def __bool__(self) -> bool:
        return self.minor != 0

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, factor: int) -> "Money":
        if isinstance(factor, bool) or not isinstance(factor, int):
            raise TypeError("money is multiplied by whole numbers; use share() for ratios")
        return Money(self.minor * factor, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def share(self, ratio: Fraction | Decimal | int) -> "Money":
        """Return this part of the amount, rounded half away from zero to a minor unit."""
        exact = abs(self.minor) * Fraction(ratio)
        size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
        return Money(size if (self.minor < 0) == (exact < 0) else -size, self.currency)

    def allocate(self, weights: Sequence[Fraction | Decimal | int]) -> "tuple[Money, ...]":
        """Split by weights without losing or making a unit; see `allocate`."""
        return tuple(Money(part, self.currency) for part in allocate(self.minor, weights))

    def _same(self, other: "Money") -> int:
        if not isinstance(other, Money) or other.currency != self.currency:
            raise TypeError(f"cannot combine {self} with {other}")
        return other.minor


def allocate(total: int, weights: Sequence[Fraction | Decimal | int]) -> tuple[int, ...]:
    """Split `total` in proportion to `weights` by largest remainder; the parts sum to it exactly.

    Each part is within one unit of its exact share. Equal remainders go to the earlier weight, so
    the result depends on the order given and on nothing else. ValueError: no positive weight, or
    a negative one.
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    if whole <= 0 or min(exact) < 0:
        raise ValueError("weights must not be negative, and one of them must be positive")
    shares = [abs(total) * weight / whole for weight in exact]
    parts = [share.numerator // share.denominator for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    for i in by_remainder[: abs(total) - sum(parts)]:
        parts[i] += 1
    return tuple(-part for part in parts) if total < 0 else tuple(parts)


def parse_money(text: str, currency: str) -> Money:
    """Read an amount as people type it: `50万`, `1,250,000.00`, `¥3.5亿元`, `US$ 180,000`.

    `currency` is used where the text names none. Raises AmountError: nothing there, not a number
    (doubtful grouping such as `1.250,00` included), negative, too fine, or too large.
    """
    rest = unicodedata.normalize("NFKC", text).strip()
    if not rest:
        raise AmountError("amount_missing", N_("Enter an amount."))
    rest, named = _strip_signs("".join(rest.split()), currency)
    rest, scale = _strip_scale(rest)
    if rest.startswith(("-", "−")):
        raise AmountError("amount_negative", N_("The amount must not be below zero."))
    if not any(form.fullmatch(rest) for form in (_PLAIN, _BY_THREES, _BY_FOURS)):
        raise AmountError(
            "amount_unreadable",
            N_("“%(amount)s” is not an amount. Write it as 500000, 500,000.00 or 50万."),
            amount=text.strip()[:40],
        )
    currency = named or currency
    minor = (Decimal(rest.replace(",", "")) * scale).scaleb(exponent(currency))
    if minor != minor.to_integral_value():
        raise AmountError(
            "amount_too_fine",
            N_("%(currency)s has no amounts finer than %(places)s decimal places."),
            currency=currency,
            places=exponent(currency),
        )
    if minor > _LARGEST:
        raise AmountError("amount_too_large", N_("The amount is too large."))
    return Money(int(minor), currency)


def _strip_signs(text: str, currency: str) -> tuple[str, str | None]:
    """Take currency signs off both ends; return what is left and the currency they name."""
    named = None
    for sign, meant in _SIGNS.items():
        upper = text.upper()
        if upper.startswith(sign) or upper.endswith(sign):
            text = text[len(sign) :] if upper.startswith(sign) else text[: -len(sign)]
            named = meant
            break
    code = _CODE.match(text)
    if named is None and code and is_currency(code[1].upper()):
        text, named = text[3:], code[1].upper()
    expected = named or currency
    if expected.endswith("D"):
        text = text.removeprefix("$")
    if expected in {"CNY", "JPY"}:
        text = text.removeprefix("¥").removesuffix("元").removesuffix("圆")
    return text, named


def _strip_scale(text: str) -> tuple[str, int]:
    for word, scale in _SCALES.items():
        if text.endswith(word):
            return text.removesuffix(word), scale
    return text, 1
