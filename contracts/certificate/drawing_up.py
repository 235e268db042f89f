"""Reads what a certificate shows: from the frozen contract and the course of its deal."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select

from accounts.queries import organisation_names
from contracts.certificate.content import Anchors, Shown
from contracts.matter import Matter
from contracts.models import Contract
from contracts.registration.form import fixed_price
from core.i18n import LANGUAGES, translator
from core.models import Stream
from core.money import Money
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from deals.models import Deal, PublicNotice
from deals.modes import MODES
from listings.models import Listing

_STANDS: Final = "confirmed"
"""The result of a price notice after which the price stood."""


def anchors(uow: UnitOfWork, at: At[Contract], deal: Deal) -> Anchors:
    """The deal's chain as it ends now: it may go on, and its earlier entries stay."""
    head = uow.session.get_one(Stream, deal.stream)
    return Anchors(at.row.digest or "", head.seq, head.hash)


def price_of(contract: Contract) -> Money | None:
    """The fixed price of a frozen contract; None where its terms name none."""
    terms = Matter.load(contract.matter or {}).terms
    minor = fixed_price(terms)
    return None if minor is None else Money(minor, terms.currency)


def shown(uow: UnitOfWork, at: At[Contract], deal: Deal, *, with_amount: bool) -> Shown:
    """`with_amount`: the operator has both parties' word that the price may be read."""
    contract, zone = at.row, uow.ports.zone
    matter, mode = Matter.load(contract.matter or {}), MODES[deal.mode]
    return Shown(
        issuer=_issuer(uow),
        seller=matter.seller,
        buyer=matter.buyer,
        title=matter.title,
        result_number=uow.session.get_one(Listing, deal.listing).number,
        contract_number=contract.number,
        mode=deal.mode,
        way=deal.way or "",
        how={one: translator(one).gettext(mode.found) for one in LANGUAGES},
        opened_on=legal_date(deal.opened_at, zone),
        signed_on=legal_date(contract.signed_at or at.now, zone),
        notice=_notice(uow, deal),
        amount=price_of(contract) if with_amount else None,
    )


def _issuer(uow: UnitOfWork) -> str:
    """The operator's organisation, for whom the actor acts."""
    seats = [seat.organisation for seat in uow.actor.seats if seat.kind == "operator"]
    names = organisation_names(uow.session, seats[:1], uow.ports.language)
    return next(iter(names.values()), "")


def _notice(uow: UnitOfWork, deal: Deal) -> tuple[date, date] | None:
    row = uow.session.scalars(
        select(PublicNotice)
        .where(PublicNotice.about == deal.stream, PublicNotice.result == _STANDS)
        .order_by(PublicNotice.begins_at.desc())
        .limit(1)
    ).first()
    if row is None or row.first_day is None or row.last_day is None:
        return None
    return row.first_day, row.last_day
