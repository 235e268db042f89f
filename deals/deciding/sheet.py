"""The approval sheet (审批表) of one deal, as plain values and as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from core import typesetting
from core.i18n import (
    N_,
    format_date,
    format_datetime,
    format_list,
    format_money,
    translator,
)
from core.ids import show
from core.money import Money
from deals.deciding.models import DecisionStep
from deals.deciding.queries import DecisionPage
from deals.deciding.rules import price_of
from deals.deciding.states import StepKind, StepState
from deals.deciding.wording import KIND_NAMES, STATE_NAMES
from deals.wording import BELOW, TERM_NAMES, term_value
from listings.valuing import METHOD_NAMES

TEMPLATE: Final = Path(__file__).parents[1] / "texts" / "approval.typ"
_OWN_LINES: Final = frozenset({"valid_until"})


def pdf(page: DecisionPage, language: str, zone: ZoneInfo, printed_at: datetime) -> bytes:
    """Raises FontMissing."""
    return typesetting.pdf(TEMPLATE, told(page, language, zone, printed_at))


def told(page: DecisionPage, language: str, zone: ZoneInfo, printed_at: datetime) -> dict[str, Any]:
    """Everything that the template prints; what is still open has room for a signature."""
    say = translator(language).gettext
    return {
        "language": language,
        "title": say(N_("Approval sheet for the transfer of a result")),
        "head": f"{page.seller} · {show('deal', page.deal.id)}",
        "foot": say(N_("Printed on %(at)s from the market; the record there counts."),
                    at=format_datetime(printed_at, language, zone, show_zone=True)),
        "facts": list(_facts(page, language)),
        "columns": [say(N_("Step")), say(N_("Who decides")), say(N_("Decision")),
                    say(N_("Signature"))],
        "steps": rows(page, language, zone),
        "signs": [],
    }  # fmt: skip


def rows(page: DecisionPage, language: str, zone: ZoneInfo) -> list[tuple[str, str, str, str]]:
    """One row for each step, as the template's table wants it."""
    return [_step(page, line.row, language, zone) for line in page.steps]


def _facts(page: DecisionPage, language: str) -> Iterator[tuple[str, str]]:
    say, deal, terms = translator(language).gettext, page.deal, page.terms
    yield say(N_("Result")), page.title
    yield say(N_("Owner")), page.seller
    yield say(N_("Buyer")), page.buyer
    yield say(N_("How the price is found")), say(page.mode.label)
    if page.mode_reason:
        yield say(N_("Why the price is found in this way")), page.mode_reason
    for name, label in TERM_NAMES.items():
        value = getattr(terms, name)
        if name not in _OWN_LINES and value not in (None, "", ()):
            yield say(label), term_value(name, value, terms.currency, language)
    yield from _valued(page, language)
    related = N_("yes") if deal.related else N_("none known or declared")
    yield say(N_("Buyer is a contributor or related")), say(related)
    if page.notice is not None and page.notice.first_day and page.notice.last_day:
        first, last = page.notice.first_day, page.notice.last_day
        yield (
            say(N_("Public notice")),
            f"{format_date(first, language)} – {format_date(last, language)}",
        )
    yield say(N_("Rules")), deal.profile


def _valued(page: DecisionPage, language: str) -> Iterator[tuple[str, str]]:
    """The valuation on file, and how far the price lies from it where the two can be compared."""
    say, row = translator(language).gettext, page.valuation
    if row is None:
        yield say(N_("Valuation")), say(N_("none on file"))
        return
    price = price_of(page.terms) if page.terms.currency == row.currency else None
    methods = format_list([say(METHOD_NAMES[one]) for one in row.methods], language)
    value = format_money(Money(row.minor, row.currency), language)
    share = f"{price * 100 // row.minor} %" if price is not None else ""
    maker = row.provider or say(N_("the owner itself"))
    told = value, methods, maker, format_date(row.valued_on, language)
    yield say(N_("Valuation")), " · ".join(told)
    if share:
        yield say(N_("Price as a share of the valuation")), share
    if page.price_reason:
        yield say(BELOW), page.price_reason


def _step(
    page: DecisionPage, row: DecisionStep, language: str, zone: ZoneInfo
) -> tuple[str, str, str, str]:
    say = translator(language).gettext
    names: Mapping[str, str] = page.people
    who = names.get(row.person or "", "") if row.kind == StepKind.PERSON else ""
    return (
        row.name,
        " ".join(filter(None, (say(KIND_NAMES[StepKind(row.kind)]), who))),
        "\n".join(_decided(row, language, zone)),
        names.get(row.decided_by or "", "") if row.kind == StepKind.PERSON else "",
    )


def _decided(row: DecisionStep, language: str, zone: ZoneInfo) -> Iterator[str]:
    say = translator(language).gettext
    yield say(STATE_NAMES[StepState(row.state)])
    if row.decided_at is not None:
        yield format_datetime(row.decided_at, language, zone)
    if row.number:
        yield say(N_("Minutes no. %(number)s"), number=row.number)
    if row.held_on is not None:
        yield say(N_("Day on the paper: %(day)s"), day=format_date(row.held_on, language))
    if row.sha256:
        yield f"SHA-256 {row.sha256}"
    if row.note:
        yield row.note
