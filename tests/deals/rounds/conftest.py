"""The stage of deals with a second rival, and the usual scenes of an open listing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select

from accounts.models import Organisation
from core.actor import SYSTEM, Actor, Seat
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.models import Deal
from deals.posting import Posted
from deals.rounds.actions.announce_round import announce_round
from deals.rounds.actions.give_key import give_key
from deals.rounds.actions.leave_key import leave_key
from deals.rounds.actions.leave_quote import leave_quote
from deals.rounds.actions.qualify_party import qualify_party
from deals.rounds.actions.register_interest import register_interest
from deals.rounds.announcing import Announced
from deals.rounds.models import Quote, Registration, Round
from deals.rounds.sealing import Place, Secret, public_of, seal
from tests.deals.conftest import LISTING, WHEN, Stage, person, terms
from tests.deals.conftest import stage as plain_stage  # noqa: F401

FLOOR = 80_000_000
KEYS = {"office": "11" * 32, "second": "22" * 32}
NONCE = "ab" * 32


def announced(days: int = 10, floor: int = FLOOR, **more: object) -> Announced:
    price = {"way": "exclusive", "entry_fee": None, "royalty": None, "royalty_base": "",
             "lump_sum": floor, "valid_until": None}  # fmt: skip
    asked = {name: more.pop(name) for name in list(more) if name in price or name == "field"}
    posted = Posted(
        "open_listing", terms(**(price | asked)), "具备量产能力。", more.pop("domestic_only", False)
    )
    return Announced(posted, days, **more)


@dataclass
class Scene:
    """One round, played by the stage's people."""

    stage: Stage
    clock: object
    other: Actor
    round: str = ""

    @property
    def run(self):
        return self.stage.executor.run

    def announce(self, **more: object) -> str:
        made = self.run(self.stage.officer, announce_round, LISTING, announced(**more))
        self.round = made.ref
        return self.round

    def register(self, actor: Actor | None = None, organisation="firm", **more: object) -> str:
        who = actor or self.stage.buyer
        args = {"confirmed": True} | more
        return self.run(who, register_interest, self.round, organisation, **args).ref

    def qualify(self, registration: str) -> None:
        self.run(self.stage.officer, qualify_party, registration)

    def parties(self, *, rivals: int = 1) -> list[str]:
        """Qualified registrations of the firm and its rivals."""
        who = [(self.stage.buyer, "firm"), (self.stage.stranger, "rival"), (self.other, "other")]
        found = [self.register(actor, firm) for actor, firm in who[: rivals + 1]]
        for one in found:
            self.qualify(one)
        return found

    def keys(self) -> None:
        for slot, keeper in (("office", self.stage.officer), ("second", self.stage.operator)):
            self.run(keeper, leave_key, self.round, slot, public_of(KEYS[slot]))

    def quote(self, actor: Actor, registration: str, minor: int, nonce: str = NONCE) -> str:
        sealed = self.sealed(registration, minor, nonce)
        return self.run(actor, leave_quote, registration, *sealed).ref

    def sealed(self, registration: str, minor: int, nonce: str = NONCE) -> tuple[str, str]:
        office, second = (public_of(KEYS[slot]) for slot in ("office", "second"))
        return seal(Secret(minor, nonce), Place(self.round, registration), office, second)

    def give(self, slot: str) -> None:
        keeper = self.stage.officer if slot == "office" else self.stage.operator
        self.run(keeper, give_key, self.round, KEYS[slot])

    def pass_deadline(self) -> None:
        """To the round's next deadline, settled there."""
        self.clock.set(self.row().due_at)
        self.stage.executor.settle(f"round:{self.round}")

    def row(self) -> Round:
        with self.stage.executor.database.read() as session:
            return session.get_one(Round, self.round)

    def rows(self, model, *where) -> list:
        with self.stage.executor.database.read() as session:
            key = inspect(model).primary_key
            return list(session.scalars(select(model).where(*where).order_by(*key)))

    def deal(self) -> Deal:
        return self.stage.deal(self.row().deal)

    def states(self) -> list[str]:
        rows = self.rows(Registration, Registration.round == self.round)
        return sorted(row.state for row in rows)

    def verdicts(self) -> list[tuple[str, int | None]]:
        rows = self.rows(Quote, Quote.round == self.round)
        return [(row.verdict, row.minor) for row in sorted(rows, key=lambda one: one.n)]


def plant_other(uow: UnitOfWork) -> Done:
    row = Organisation(
        id="other", kind="firm", state="vetted", number="other", registered_by="officer",
        decided_by="approver", registered_at=WHEN,
    )  # fmt: skip
    uow.create(row).record("planted")
    return Done()


def suspend(uow: UnitOfWork, organisation: str) -> Done:
    at = uow.lock(Organisation, organisation)
    at.row.state = "suspended"
    at.record("suspend")
    return Done()


@pytest.fixture
def scene(stage, clock) -> Scene:
    stage.executor.run(SYSTEM, plant_other)
    other = person("second", Seat("other", "firm", frozenset({"firm_admin"})))
    return Scene(stage, clock, other)


WEEK = timedelta(days=7)
