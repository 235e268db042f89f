"""A transition under way: what its effects work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.unit_of_work import At, UnitOfWork
from deals.engine.declaration import Side, Transition
from deals.models import Deal, Offer, PublicNotice
from deals.offers import Terms


@dataclass(frozen=True)
class Doing:
    """One transition under way; effects add ids and numbers to `evidence`."""

    uow: UnitOfWork
    at: At[Deal]
    transition: Transition
    side: Side
    data: Mapping[str, Any]
    evidence: dict[str, Any]

    @property
    def deal(self) -> Deal:
        return self.at.row

    def on_table(self) -> Offer:
        """The offer that stands; guards have made sure of it."""
        found = self.uow.session.get(Offer, (self.deal.id, self.deal.offer))
        if found is None:
            raise LookupError("no offer on the table")
        return found

    def agreed_terms(self) -> Terms:
        """Of the accepted version. Raises LookupError where there is none."""
        found = self.uow.session.get(Offer, (self.deal.id, self.deal.agreed))
        if found is None:
            raise LookupError("no version was accepted")
        return Terms.load(found.terms)

    def running_notice(self) -> PublicNotice | None:
        return self.uow.session.get(PublicNotice, self.deal.notice) if self.deal.notice else None
