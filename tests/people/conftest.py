from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select

import bootstrap
from accounts.models import Membership
from accounts.queries import holds_at, load_actor
from bootstrap import Runtime
from core.actor import Actor

HOLDINGS = bootstrap.holdings()


@dataclass(frozen=True)
class Seated:
    """One membership in force."""

    id: str
    person: str
    organisation: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """The sample market's people, for tests that make them come and go."""

    market: Runtime

    def seats(self) -> list[Seated]:
        with self.market.database.read() as session:
            now = self.market.database.now(session)
            rows = session.scalars(select(Membership).where(*holds_at(now)).order_by(Membership.id))
            return [Seated(r.id, r.person, r.organisation, tuple(r.roles)) for r in rows]

    def actor(self, person: str) -> Actor:
        with self.market.database.read() as session:
            return load_actor(session, person, self.market.database.now(session))

    def work(self) -> None:
        """Lets the worker do everything that waits."""
        self.market.worker.run_until_idle()

    def orphans(self) -> list[tuple[str, str, str]]:
        """Duties whose person holds no seat in the organisation in whose name they answer."""
        seated = {(one.person, one.organisation) for one in self.seats()}
        found = []
        with self.market.database.read() as session:
            for one in HOLDINGS.duties:
                held = select(one.column, one.seat)
                held = held.where(one.column.is_not(None), one.seat.is_not(None))
                held = held.where(one.still()) if one.still else held
                found += [
                    (one.name, person, house)
                    for person, house in session.execute(held)
                    if (person, house) not in seated
                ]
        return found


@pytest.fixture
def people(sample_market: Runtime) -> People:
    return People(sample_market)
