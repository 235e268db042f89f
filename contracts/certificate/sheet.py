"""A trade certificate in words, for its page and for paper. The same rows stand in both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from contracts.certificate.content import Shown
from contracts.certificate.models import TradeCertificate
from core import qr, typesetting
from core.i18n import N_, format_date, format_money, translator
from deals.modes import MODES
from deals.wording import WAY_NAMES

TEMPLATE: Final = Path(__file__).parents[1] / "texts" / "certificate.typ"
TITLE: Final = N_("Trade certificate")
STATEMENT: Final = N_(
    "This certifies that the parties named below signed the contract named below in this market, "
    "and that the price was found as stated."
)
Fact = tuple[str, str]


def address(base: str, number: str) -> str:
    """The public page of a certificate, below the market's address `base`."""
    return f"{base}/certificates/{quote(number)}"


def facts(row: TradeCertificate, language: str) -> list[Fact]:
    """What it shows, row by row: name and value."""
    say, shown = translator(language).gettext, Shown.load(row.shown)
    rows = [
        (N_("Seller"), shown.seller),
        (N_("Buyer"), shown.buyer),
        (N_("Result"), shown.title),
        (N_("Number of the result"), shown.result_number or ""),
        (N_("Contract no."), shown.contract_number),
        (N_("Way"), say(WAY_NAMES[shown.way]) if shown.way else ""),
        (N_("How the price is found"), say(MODES[shown.mode].label)),
        (N_("How it was found"), shown.how[language]),
        (N_("Deal opened on"), format_date(shown.opened_on, language)),
        (N_("Price on public notice"), _period(shown, language)),
        (N_("Contract signed on"), format_date(shown.signed_on, language)),
        (N_("Amount agreed"), format_money(shown.amount, language) if shown.amount else ""),
    ]
    return [(say(name), value) for name, value in rows if value]


def proofs(row: TradeCertificate, language: str) -> list[Fact]:
    """What ties it to contract and course, and the signature over all of it."""
    say = translator(language).gettext
    return [
        (say(N_("SHA-256 of the signed contract")), row.digest),
        (say(N_("Hash of entry %(n)s of the deal's record"), n=row.entry), row.course),
        (say(N_("Signature of the market (Ed25519)")), row.signature),
    ]


def pdf(row: TradeCertificate, base: str, language: str) -> bytes:
    """The certificate on paper, with a code that leads to its page. Raises FontMissing."""
    return typesetting.pdf(TEMPLATE, told(row, base, language))


def told(row: TradeCertificate, base: str, language: str) -> dict[str, Any]:
    """Everything that the template prints."""
    say, page = translator(language).gettext, address(base, row.number)
    issuer = Shown.load(row.shown).issuer
    return {
        "language": language,
        "title": say(TITLE),
        "number": f"{say(N_('Certificate no.'))} {row.number}",
        "statement": say(STATEMENT),
        "facts": facts(row, language),
        "proofs": proofs(row, language),
        "qr": qr.svg(page),
        "check": say(N_("Scan the code, or open the address, to see whether it still holds.")),
        "address": page,
        "signs": list(_signs(issuer, format_date(row.issued_on, language), language)),
    }


def _signs(issuer: str, day: str, language: str) -> Iterator[str]:
    if issuer:
        yield issuer
    yield translator(language).gettext(N_("Issued on %(day)s"), day=day)


def _period(shown: Shown, language: str) -> str:
    if shown.notice is None:
        return ""
    return " – ".join(format_date(day, language) for day in shown.notice)
