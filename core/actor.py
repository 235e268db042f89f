"""Who asks: a person with seats in organisations, the system itself, or nobody known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class Seat:
    """A membership in force at the moment of the request."""

    organisation: str
    kind: str
    """institute, firm, brokerage, provider or operator"""
    roles: frozenset[str]
    barred: frozenset[str] = frozenset()
    """What a sanction on the organisation keeps its people from: `accounts.sanctions.Bar`."""
    house: str = ""
    """Where the organisation was merged into another: that one, in which the person sits. What the
    merged one has goes on, and nobody chooses it for anything new."""


@dataclass(frozen=True)
class Actor:
    """Built anew for every request and every run of a job, so an ended membership ends at once."""

    kind: Literal["person", "system", "anonymous"]
    person: str | None = None
    seats: tuple[Seat, ...] = ()
    language: str = "zh"
    barred: frozenset[str] = frozenset()
    """What a sanction on the person keeps them from, wherever they sit."""
    looking: str = ""
    """An operator looks through these eyes with the person's permission: the id of the support
    view. The executor refuses such an actor every use case."""

    @property
    def key(self) -> str:
        """How the audit chain and the idempotency table name this actor."""
        return f"person:{self.person}" if self.kind == "person" else self.kind

    @property
    def organisations(self) -> frozenset[str]:
        return frozenset(seat.organisation for seat in self.seats)

    def same_as(self, organisation: str) -> frozenset[str]:
        """The organisation, and those of the actor's that were merged with it."""
        houses = {seat.organisation: seat.house or seat.organisation for seat in self.seats}
        house = houses.get(organisation, organisation)
        return frozenset({organisation, *(one for one, sits in houses.items() if sits == house)})

    def has(self, role: str, organisation: str | None = None) -> bool:
        """Does the actor hold `role` (in `organisation`, or anywhere when it is None)?"""
        return any(
            role in seat.roles and organisation in (None, seat.organisation) for seat in self.seats
        )

    def is_barred(self, what: str, organisation: str | None = None) -> bool:
        """Does a sanction keep the actor from this, in `organisation` or (None) anywhere?"""
        return what in self.barred or any(
            what in seat.barred and organisation in (None, seat.organisation) for seat in self.seats
        )

    def roles_in(self, organisation: str) -> frozenset[str]:
        found = (seat.roles for seat in self.seats if seat.organisation == organisation)
        return frozenset().union(*found)


SYSTEM: Final = Actor("system")
ANONYMOUS: Final = Actor("anonymous")
