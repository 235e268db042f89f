"""Who comes first at an agreed version: read from the result, and read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import people_in
from core.ids import new_id
from core.law import Profile
from deals import lawful
from deals.doing import Doing
from deals.models import Deal, DealAsset
from deals.permissions import OFFICERS
from deals.preemption.models import Preemption
from deals.preemption.states import HolderKind
from listings.models import Contributor, CoOwner


@dataclass(frozen=True)
class Holder:
    """Who comes first: by what right and name; their account or organisation, where known."""

    kind: HolderKind
    name: str
    party: str | None = None
    organisation: str | None = None


def preemptions_on(session: Session, deal: str, version: int | None) -> list[Preemption]:
    """Every claim on a version, in order. One query, or none."""
    if version is None:
        return []
    p = Preemption
    rows = select(p).where(p.deal == deal, p.version == version)
    return list(session.scalars(rows.order_by(p.n)))


def claims_of(doing: Doing) -> list[Preemption]:
    """New rows for the version that was just agreed; none where the law lets nobody come first at
    this way. Two statements, or none."""
    profile = lawful.pinned(doing.uow, doing.deal)
    if not lawful.preempts(profile, doing.agreed_terms().way):
        return []
    session, deal = doing.uow.session, doing.deal
    holders = [one for one in _holders(session, deal) if comes_first(profile, one.kind)]
    return [claim(deal, n, holder) for n, holder in enumerate(holders, 1)]


def comes_first(profile: Profile, kind: HolderKind) -> bool:
    """Makers and co-developers come first each by a rule of their own; where the profile has none
    of it, `preemption.ways` alone says so."""
    rule = _RULES.get(kind, "")
    return rule not in profile or profile.flag(rule)


_RULES: Final = {
    HolderKind.CONTRIBUTOR: "preemption.inventor",
    HolderKind.CO_OWNER: "preemption.codeveloper",
}


def claim(deal: Deal, n: int, holder: Holder) -> Preemption:
    """A row of nobody told yet."""
    return Preemption(
        id=new_id(), deal=deal.id, version=deal.agreed, n=n, state="asked", **vars(holder)
    )


def answering(session: Session, row: Preemption, now: datetime) -> list[str]:
    """The people who may now answer a claim: the holder, or the office of its organisation."""
    if row.party is not None:
        return [row.party]
    return people_in(session, row.organisation, now, OFFICERS) if row.organisation else []


def _holders(session: Session, deal: Deal) -> Iterator[Holder]:
    """Each once, whatever they made or own of it, and never the buyer or the owner itself."""
    c, o, of_deal = Contributor, CoOwner, select(DealAsset.asset).where(DealAsset.deal == deal.id)
    makers = session.execute(
        select(c.name, c.person).where(c.asset.in_(of_deal)).order_by(c.asset, c.position)
    )
    seen: set[str] = set()
    sides = {deal.seller_org, deal.buyer_org} - {None}
    for name, person in makers:
        key = person or f"name:{name}"
        if key not in seen and (person is None or person != deal.buyer_person):
            yield Holder(HolderKind.CONTRIBUTOR, name, person)
        seen.add(key)
    owners = session.execute(
        select(o.name, o.organisation).where(o.asset.in_(of_deal)).order_by(o.asset, o.n)
    )
    for name, organisation in owners:
        key = f"owner:{organisation or name}"
        if key not in seen and organisation not in sides:
            yield Holder(HolderKind.CO_OWNER, name, organisation=organisation)
        seen.add(key)
