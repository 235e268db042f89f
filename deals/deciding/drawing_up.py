"""The steps of an agreed price: read from the rules of the institution, and read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.ids import new_id
from core.money import Money
from deals.deciding.models import DecisionRule, DecisionStep
from deals.deciding.rules import Agreed, Gate, gates
from deals.deciding.states import CONSENTS, StepKind
from deals.doing import Doing
from deals.models import DealAsset
from listings.models import Asset, Contributor, CoOwner

Party = tuple[str, str | None]
"""A name, and the person of this market behind it, if any."""


def steps_on(session: Session, deal: str, version: int | None) -> list[DecisionStep]:
    """Every turn of every step on a version, in the order of asking. One query, or none."""
    if version is None:
        return []
    s = DecisionStep
    rows = select(s).where(s.deal == deal, s.version == version)
    return list(session.scalars(rows.order_by(s.position, s.n, s.turn)))


def rules_of(session: Session, organisation: str) -> list[DecisionRule]:
    """The steps that an organisation sets now, in their order. One query."""
    r = DecisionRule
    rows = select(r).where(r.organisation == organisation, r.ended_at.is_(None))
    return list(session.scalars(rows.order_by(r.position, r.made_at, r.id)))


def gate_of(row: DecisionRule) -> Gate:
    """A stored rule as the pure rules read it."""
    least = None
    if row.least_minor is not None and row.currency is not None:
        least = Money(row.least_minor, row.currency)
    return Gate(
        row.position, row.kind, row.name, row.person, row.days, tuple(row.modes), tuple(row.ways),
        tuple(row.assets), least, row.related_only,
    )  # fmt: skip


def steps_of(doing: Doing) -> list[DecisionStep]:
    """New rows for the version that was just agreed; a consent becomes one for each party.

    Three statements, and one for each kind of consent that is asked.
    """
    session, deal = doing.uow.session, doing.deal
    of_deal = select(DealAsset.asset).where(DealAsset.deal == deal.id)
    kinds = frozenset(session.scalars(select(Asset.kind).where(Asset.id.in_(of_deal))))
    agreed = Agreed(deal.mode, doing.agreed_terms(), kinds, deal.related)
    asked = [rule for rule in rules_of(session, deal.seller_org) if gates(gate_of(rule), agreed)]
    named = [(rule, party) for rule in asked for party in _parties(session, deal.id, rule)]
    return [_step(doing, n, rule, party) for n, (rule, party) in enumerate(named, 1)]


def _step(doing: Doing, n: int, rule: DecisionRule, party: Party) -> DecisionStep:
    deal = doing.deal
    return DecisionStep(
        id=new_id(), deal=deal.id, version=deal.agreed, n=n, turn=1, position=rule.position,
        kind=rule.kind, name=party[0], rule=rule.id, organisation=deal.seller_org,
        person=rule.person, party=party[1], days=rule.days, state="waiting",
    )  # fmt: skip


def _parties(session: Session, deal: str, rule: DecisionRule) -> Iterator[Party]:
    """Whose decision it is: one for a person or a meeting, each maker or owner for a consent."""
    if rule.kind not in CONSENTS:
        yield rule.name, None
        return
    found = _makers if rule.kind == StepKind.CONTRIBUTORS else _owners
    yield from found(session, deal)


def _makers(session: Session, deal: str) -> Sequence[Party]:
    """Each contributor once, though they made several assets of the deal."""
    c, of_deal = Contributor, select(DealAsset.asset).where(DealAsset.deal == deal)
    rows = session.execute(
        select(c.name, c.person).where(c.asset.in_(of_deal)).order_by(c.asset, c.position)
    )
    found: dict[str, Party] = {}
    for name, person in rows:
        found.setdefault(person or f"name:{name}", (name, person))
    return list(found.values())


def _owners(session: Session, deal: str) -> Sequence[Party]:
    o, of_deal = CoOwner, select(DealAsset.asset).where(DealAsset.deal == deal)
    rows = session.scalars(select(o.name).where(o.asset.in_(of_deal)).order_by(o.asset, o.n))
    return [(name, None) for name in dict.fromkeys(rows)]
