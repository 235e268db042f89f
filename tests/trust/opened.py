"""A round of open listing past its opening, for worlds in which no weeks pass."""

from __future__ import annotations

from datetime import timedelta

from accounts.queries import load_actor
from bootstrap import Runtime
from core.actor import SYSTEM, Actor
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.offers import Terms
from deals.posting import Posted
from deals.rounds.actions.announce_round import announce_round
from deals.rounds.actions.give_key import give_key
from deals.rounds.actions.leave_key import leave_key
from deals.rounds.actions.register_interest import register_interest
from deals.rounds.announcing import Announced
from deals.rounds.models import Quote, Round
from deals.rounds.sealing import SCHEMA, Place, Secret, public_of, seal
from tests.sampled import demo_person

KEYS = {"office": "51" * 32, "second": "62" * 32}
FIELD = "已经开启的领域"
"""So that its promise bars no other deal of the world."""


def opened_round(runtime: Runtime, office: Actor, buyer: Actor, listing: str) -> str:
    """Its id. One quote was left, by a firm that was not qualified in time."""
    run, firm = runtime.executor.run, buyer.seats[0].organisation
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        operator = load_actor(session, demo_person(runtime, "operator"), now)
    keepers = {"office": office, "second": operator}
    price = Terms(
        way="ordinary", currency="CNY", field=FIELD, lump_sum=1_000_000, tax_basis="included"
    )
    made = run(office, announce_round, listing, Announced(Posted("open_listing", price), 10)).ref
    party = run(buyer, register_interest, made, firm, confirmed=True).ref
    for slot, keeper in keepers.items():
        run(keeper, leave_key, made, slot, public_of(KEYS[slot]))
    secret, place = Secret(1_200_000, "73" * 32), Place(made, party)
    run(SYSTEM, _quoted, made, party, seal(secret, place, *map(public_of, KEYS.values())))
    for slot, keeper in keepers.items():
        run(keeper, give_key, made, KEYS[slot])
    return str(made)


def _quoted(uow: UnitOfWork, round_id: str, party: str, sealed: tuple[str, str]) -> Done:
    """As if the firm had quoted, and the days of disclosure, deciding and quoting were over."""
    at, (commitment, box) = uow.lock(Round, round_id), sealed
    quote = Quote(
        round=round_id, registration=party, at=at.now, schema=SCHEMA, commitment=commitment, box=box
    )
    at.add(quote)
    at.row.state, at.row.due_at = "opening", at.now + timedelta(days=5)
    at.timer("engine", at.row.due_at)
    at.record("planted")
    return Done()
