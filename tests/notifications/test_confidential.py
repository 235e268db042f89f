"""Canaries: what is confidential in the market is in no letter that leaves it, whatever happens."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from accounts.models import ContactPoint
from core.actor import SYSTEM
from core.facts import Fact
from core.ids import show
from core.results import Done
from core.unit_of_work import UnitOfWork
from listings.inputs import TextInput
from notifications.models import Dispatch
from notifications.tasks.send_dispatches import SendDispatches
from notifications.topics import TOPICS
from tests.listings.conftest import CHANGE, IDS
from tests.notifications.conftest import Keeper
from tests.webapp.clients import market, people

CANARY = "canary-8c1f 金丝雀"


def _prove(uow: UnitOfWork) -> Done:
    """Gives everybody an address, so that everything that can be mailed is."""
    from accounts.models import Person

    for name, person in sorted(IDS.items(), key=lambda item: item[1]):
        at = uow.lock(Person, person)
        at.add(
            ContactPoint(
                person=person, kind="mail", value=f"{name}@example.org", verified_at=at.now
            )
        )
        at.record("contact_confirmed")
    return Done()


@pytest.mark.parametrize("topic", sorted(t for t in TOPICS if t.startswith("listing.")))
def test_the_title_of_what_was_never_public_stays_here(
    runtime, executor, market, people, drain, topic
):
    keeper, real = Keeper(), runtime.worker.tasks["letters"]
    runtime.worker.tasks["letters"] = SendDispatches(executor, {"mail": keeper, "sms": keeper})
    try:
        executor.run(SYSTEM, _prove)
        secret = TextInput("en", CANARY, CANARY, CANARY)
        listing = market.draft(_with(secret))
        executor.run(SYSTEM, _tell, Fact(topic, f"listing:{listing}"))
        drain()
    finally:
        runtime.worker.tasks["letters"] = real
    said = [f"{text.subject}{text.body}{text.html}" for _, _, text in keeper.sent]
    assert not [text for text in said if CANARY in text or "canary" in text or "金丝雀" in text]
    # A submission waits for the officers of the institute, of whom this world has none with a seat.
    if TOPICS[topic].mailed and topic != "listing.submitted":
        assert any(show("listing", listing) in text for text in said)
    with executor.database.read() as session:
        assert not [row for row in session.scalars(select(Dispatch)) if CANARY in str(row.params)]


def _with(text: TextInput):
    from dataclasses import replace

    return replace(CHANGE, texts=(text,))


def _tell(uow: UnitOfWork, fact: Fact) -> Done:
    uow.open()
    uow.facts.append(fact)
    return Done()


__all__ = ["market", "people"]
