"""Prices with a bound: "50万以下", "100-300万", "不超过 2 亿元", "under 500k", "面议".

A number alone is no price, nor is one that counts something else ("10万次", "5万吨"): a price has
a unit of money and says in which direction it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from core.money import exponent
from search.understanding.reading import Context, Part, Range

_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_DASH = r"\s?(?:-|–|—|~|～|至|到|to|and)\s?"
_MONEY = r"(?:元|人民币|美元|欧元|rmb|cny|usd|eur|yuan|dollars?|euros?)"
_SIGN = r"(?:[¥￥$€]|rmb |cny |usd |eur )"
_SCALE = r"(?:十?[百千]?万|亿|千(?=元)|k|m|bn|thousand|million)"
_FIRST = (
    r"(?P<most><=|≤|<|under|below|up to|at most|less than|no more than|max|不超过|低于|少于|至多)"
)
_SECOND = r"(?P<least>>=|≥|>|over|above|at least|more than|from|min|不低于|超过|高于|至少)"
_LAST_MOST = r"(?P<last_most>以下|以内|之内|内)"
_LAST_LEAST = r"(?P<last_least>以上|起)"
_AMOUNT = (
    rf"(?P<sign>{_SIGN})?\s?(?P<number>{_NUMBER})\s?(?P<scale>{_SCALE})?\s?(?P<money>{_MONEY})?"
)
_END = r"(?![a-z0-9/\u4e00-\u9fff])"

_BOUND = re.compile(
    rf"(?<![a-z0-9.\u4e00-\u9fff])(?:(?:{_FIRST}|{_SECOND})\s?)?{_AMOUNT}"
    rf"\s?(?:{_LAST_MOST}|{_LAST_LEAST})?{_END}"
)
_BETWEEN = re.compile(
    rf"(?<![a-z0-9.\u4e00-\u9fff])(?:between |from )?(?P<sign>{_SIGN})?\s?(?P<low>{_NUMBER})\s?"
    rf"(?P<low_scale>{_SCALE})?元?{_DASH}{_SIGN}?(?P<high>{_NUMBER})\s?(?P<scale>{_SCALE})?"
    rf"\s?(?P<money>{_MONEY})?{_END}"
)
_TALK = re.compile(r"(?<![\u4e00-\u9fff])(?:价格)?面议(?![\u4e00-\u9fff])|\bprice negotiable\b")
_SCALES = {
    "千": 1_000, "k": 1_000, "thousand": 1_000, "万": 10_000, "百万": 1_000_000,
    "千万": 10_000_000, "十万": 100_000, "m": 1_000_000, "million": 1_000_000,
    "亿": 100_000_000, "bn": 1_000_000_000,
}  # fmt: skip
_CURRENCIES = {
    "$": "USD", "usd": "USD", "美元": "USD", "dollar": "USD", "dollars": "USD", "€": "EUR",
    "eur": "EUR", "欧元": "EUR", "euro": "EUR", "euros": "EUR", "元": "CNY", "人民币": "CNY",
    "rmb": "CNY", "cny": "CNY", "yuan": "CNY",
}  # fmt: skip
_LARGEST = 10**15


def read(text: str, context: Context) -> Iterator[Part]:
    taken: list[tuple[int, int]] = []
    for found in _BETWEEN.finditer(text):
        if found["sign"] or found["scale"] or found["money"]:
            currency = _currency(found, context)
            low = _minor(found["low"], found["low_scale"] or found["scale"], currency)
            high = _minor(found["high"], found["scale"], currency)
            taken.append(found.span())
            yield _part(found, (min(low, high), max(low, high)), currency)
    for found in _BOUND.finditer(text):
        inside = any(found.start() < end and start < found.end() for start, end in taken)
        if not inside and (found["sign"] or found["scale"] or found["money"]):
            currency = _currency(found, context)
            bound = _bound(found, _minor(found["number"], found["scale"], currency))
            if bound is not None:
                yield _part(found, bound, currency)
    for found in _TALK.finditer(text):
        yield Part(*found.span(), found[0], "price_band", ("negotiable",))


def _part(found: re.Match[str], range_: Range, currency: str) -> Part:
    return Part(*found.span(), found[0], "price_minor", range=range_, currency=currency)


def _bound(found: re.Match[str], amount: int) -> Range | None:
    """None where the text names an amount without a direction."""
    if found["most"] or found["last_most"]:
        return None, amount
    if found["least"] or found["last_least"]:
        return amount, None
    return None


def _minor(number: str, scale: str | None, currency: str) -> int:
    units = Decimal(number.replace(",", "")) * _SCALES.get(scale or "", 1)
    return min(_LARGEST, int(units * 10 ** exponent(currency)))


def _currency(found: re.Match[str], context: Context) -> str:
    said = (found["sign"] or found["money"] or "").strip()
    return _CURRENCIES.get(said, context.currency)
