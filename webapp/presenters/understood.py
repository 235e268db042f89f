"""What was read from a question as conditions, as chips that take each of them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.i18n import N_, format_money_short
from core.money import Money
from core.times import legal_date
from search.understanding import Part, Understood, understand
from webapp.language import page_language, plain
from webapp.presenters import labels
from webapp.presenters.searching import Asked
from webapp.presenters.showing import market
from webapp.runtime import the_market

NUMBERS: Mapping[str, str] = {
    "trl": labels.FACETS["trl"],
    "price_minor": labels.FACETS["price_band"],
    "year": labels.FACETS["year"],
}


@dataclass(frozen=True)
class Meant:
    """One condition: `written` as somebody wrote it, `value` as it was understood; `url` makes
    words of it again."""

    legend: str
    written: str
    value: str
    url: str


def understood(asked: Asked) -> Understood:
    """The conditions in what the address asks for, as of today."""
    with the_market().database.read() as session:
        today = legal_date(the_market().database.now(session), market().zone)
    return understand(
        asked.text, currency=market().currency, today=today, literal=frozenset(asked.literal)
    )


def meant(found: Understood, asked: Asked) -> Iterable[Meant]:
    """A chip for each condition that counts; what was chosen beside the text goes before it."""
    for part in found.parts:
        if part.name in asked.chosen:
            continue
        legend = plain(NUMBERS[part.name] if part.range else labels.FACETS[part.name])
        url = asked.query(literal=(*asked.literal, part.written))
        yield Meant(legend, part.written, _value(part), url)


def in_full(words: str, found: Understood) -> str:
    """Other words with the same conditions, as one text."""
    return " ".join((words, *(part.written for part in found.parts)))


def _value(part: Part) -> str:
    if part.range is None:
        names = (labels.facet_value(part.name, value, {}) for value in part.values)
        return plain(N_(", ")).join(names)
    low, high = part.range
    if part.name == "trl":
        return f"TRL {low or 1}–{high or 9}"
    ends = [_end(part, end) if end is not None else "" for end in (low, high)]
    if low == high:
        return ends[0]
    if not ends[0]:
        return plain(N_("up to %(high)s"), high=ends[1])
    if not ends[1]:
        return plain(N_("from %(low)s"), low=ends[0])
    return plain(N_("%(low)s to %(high)s"), low=ends[0], high=ends[1])


def _end(part: Part, end: int) -> str:
    if part.name == "price_minor":
        return format_money_short(Money(end, part.currency), page_language())
    return str(end)
