"""What returns say, from the rows: who sells here, what was agreed, what was paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from accounts.models import Organisation, OrganisationMark, OrganisationName
from accounts.states import OrganisationKind, OrganisationState
from billing.models import Obligation, Payment
from billing.states import Kind
from contracts.models import Contract
from deals.models import Deal, Offer
from deals.offers import Terms
from listings.models import Listing

HERE: Final = (OrganisationState.VETTED, OrganisationState.SUSPENDED)
_OF_THE_MARKET: Final = (Kind.FEE, Kind.COMMISSION)


@dataclass(frozen=True)
class Seller:
    """An organisation that offers something here, with what was verified of it."""

    row: Organisation
    names: Mapping[str, str]
    marks: Mapping[str, OrganisationMark]


@dataclass
class Income:
    """Of one seller in one currency and period, in minor units. `agreed`: fixed sums only."""

    deals: int = 0
    contracts: int = 0
    agreed: int = 0
    received: int = 0
    fees: int = 0


@dataclass(frozen=True)
class Group:
    """What a line of the statistics is about."""

    way: str
    mode: str
    seller_region: str
    buyer_kind: str
    currency: str


@dataclass
class Counted:
    deals: int = 0
    fixed: int = 0
    royalties: int = 0
    contracts: int = 0


@dataclass(frozen=True)
class Agreement:
    """A deal whose terms were accepted, with those terms."""

    deal: Deal
    terms: Terms
    signed: bool

    @property
    def fixed(self) -> int:
        """Lump sum and entry fee, in minor units of the terms' currency."""
        return (self.terms.lump_sum or 0) + (self.terms.entry_fee or 0)


@dataclass(frozen=True)
class TaxTable:
    sellers: list[Seller]
    income: Mapping[tuple[str, str], Income] = field(default_factory=dict)
    """By organisation and currency."""


def selling() -> ColumnElement[bool]:
    """Organisations that sell: something of theirs, or of one merged into them, was published or
    is in a deal."""
    published = select(Listing.owner_org).where(Listing.published_at.is_not(None))
    dealt, same = select(Deal.seller_org), aliased(Organisation)
    sold = select(func.coalesce(same.merged_into, same.id)).where(
        or_(same.id.in_(published), same.id.in_(dealt))
    )
    return Organisation.id.in_(sold)


def sellers(session: Session, before: datetime) -> list[Seller]:
    """Those registered before an instant and vetted, by number. Three queries."""
    rows = session.scalars(
        select(Organisation)
        .where(
            selling(), Organisation.state.in_(HERE), Organisation.registered_at < before,
            Organisation.kind != OrganisationKind.OPERATOR,
        )
        .order_by(Organisation.country, Organisation.number, Organisation.id)
    ).all()  # fmt: skip
    ids = [row.id for row in rows]
    names: dict[str, dict[str, str]] = defaultdict(dict)
    n, m = OrganisationName, OrganisationMark
    for name in session.scalars(select(n).where(n.organisation.in_(ids))):
        names[name.organisation][name.language] = name.name
    marks: dict[str, dict[str, OrganisationMark]] = defaultdict(dict)
    for mark in session.scalars(select(m).where(m.organisation.in_(ids))):
        marks[mark.organisation][mark.what] = mark
    return [Seller(row, names[row.id], marks[row.id]) for row in rows]


def tax_table(session: Session, begins: datetime, ends: datetime) -> TaxTable:
    """Every seller with income in the period; `ends` no longer belongs to it. What one earned that
    was merged is its survivor's. Eight queries."""
    found = sellers(session, ends)
    o = Organisation
    merged = select(o.id, o.merged_into).where(o.merged_into.is_not(None))
    moved: dict[str, str] = {row.id: row.merged_into for row in session.execute(merged)}
    income: dict[tuple[str, str], Income] = defaultdict(Income)
    for one in agreements(session, begins, ends):
        line = income[moved.get(one.deal.seller_org, one.deal.seller_org), one.terms.currency]
        line.deals, line.agreed = line.deals + 1, line.agreed + one.fixed
    signed = (
        select(Deal.seller_org, Deal.currency, func.count())
        .join(Contract, Contract.deal == Deal.id)
        .where(Contract.signed_at >= begins, Contract.signed_at < ends)
        .group_by(Deal.seller_org, Deal.currency)
    )
    for org, currency, number in session.execute(signed):
        income[moved.get(org, org), currency].contracts += number
    for (org, currency), paid in _paid(session, begins, ends, Obligation.payee_org).items():
        income[moved.get(org, org), currency].received += paid
    for (org, currency), paid in _paid(session, begins, ends, Obligation.payer_org).items():
        income[moved.get(org, org), currency].fees += paid
    return TaxTable(found, income)


def _paid(
    session: Session, begins: datetime, ends: datetime, side: Any
) -> Mapping[tuple[str, str], int]:
    """Confirmed payments by organisation and currency: what it received for technology, or, as
    payer, what it paid for services of the market. Deposits are nobody's income."""
    fees = Obligation.kind.in_(_OF_THE_MARKET)
    income = Obligation.kind.not_in([*_OF_THE_MARKET, Kind.DEPOSIT])
    kind = fees if side is Obligation.payer_org else income
    rows = session.execute(
        select(side, Obligation.currency, func.sum(Payment.taken))
        .join(Payment, Payment.obligation == Obligation.id)
        .where(
            kind, side.is_not(None), Payment.state == "confirmed",
            Payment.confirmed_at >= begins, Payment.confirmed_at < ends,
        )
        .group_by(side, Obligation.currency)
    )  # fmt: skip
    return {(org, currency): int(total) for org, currency, total in rows}


def agreements(session: Session, begins: datetime, ends: datetime) -> list[Agreement]:
    """Terms accepted in the period, the earliest first. Two queries."""
    o = Offer
    rows = session.execute(
        select(Deal, o.terms)
        .join(o, o.deal == Deal.id)
        .where(o.state == "accepted", o.answered_at >= begins, o.answered_at < ends)
        .order_by(o.answered_at, Deal.id)
    ).all()
    ids = [deal.id for deal, _ in rows]
    signed = set(
        session.scalars(
            select(Contract.deal).where(Contract.deal.in_(ids), Contract.signed_at.is_not(None))
        )
    )
    return [Agreement(deal, Terms.load(terms), deal.id in signed) for deal, terms in rows]


def statistics(session: Session, begins: datetime, ends: datetime) -> dict[Group, Counted]:
    """What was agreed in the period, by way, mode, region and kind of buyer. Three queries."""
    found: dict[Group, Counted] = defaultdict(Counted)
    agreed = agreements(session, begins, ends)
    sides = [org for one in agreed for org in (one.deal.seller_org, one.deal.buyer_org)]
    about = _organisations(session, sides)
    for one in agreed:
        seller, buyer = about.get(one.deal.seller_org), about.get(one.deal.buyer_org or "")
        region = (seller.region or "") if seller else ""
        kind = buyer.kind if buyer else "person"
        key = Group(one.terms.way, one.deal.mode, region, kind, one.terms.currency)
        line = found[key]
        line.deals, line.fixed = line.deals + 1, line.fixed + one.fixed
        line.royalties += one.terms.royalty is not None
        line.contracts += one.signed
    return dict(found)


def _organisations(session: Session, ids: Iterable[str | None]) -> dict[str, Organisation]:
    wanted = {id for id in ids if id}
    rows = session.scalars(select(Organisation).where(Organisation.id.in_(wanted)))
    return {row.id: row for row in rows}


def opened_on(session: Session) -> datetime | None:
    """When the first organisation of the market was registered."""
    return session.scalar(select(func.min(Organisation.registered_at)))


def last_verified(one: Seller) -> datetime:
    """When name and number were both last looked at; else when it was let in."""
    marks = [one.marks.get(what) for what in ("name", "number")]
    days = [mark.verified_at for mark in marks if mark is not None]
    return min(days) if len(days) == 2 else (one.row.decided_at or one.row.registered_at)


def period_days(first: date, last: date) -> str:
    """`2026-07-01 – 2026-09-30`, as every sheet begins."""
    return f"{first.isoformat()} – {last.isoformat()}"
