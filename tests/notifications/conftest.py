"""A firm whose administrator is told, and a way out that keeps whole letters."""

from __future__ import annotations

import pytest

from accounts.seeding import Registrar
from notifications.gateways.port import AddressRefused
from notifications.tasks.send_dispatches import SendDispatches
from tests.accounts.conftest import PASSWORD, draft

MAIL = "mei@example.org"


class Keeper:
    """Keeps whole letters; refuses addresses for good that it is told to."""

    def __init__(self):
        self.sent, self.refused = [], set()

    def send(self, number, address, text):
        if address in self.refused:
            raise AddressRefused
        self.sent.append((number, address, text))

    def to(self, address):
        return [text for _, to, text in self.sent if to == address]


@pytest.fixture
def post(runtime):
    keeper = Keeper()
    real = runtime.worker.tasks["letters"]
    runtime.worker.tasks["letters"] = SendDispatches(
        runtime.executor, {"mail": keeper, "sms": keeper}
    )
    yield keeper
    runtime.worker.tasks["letters"] = real


@pytest.fixture
def firm(executor, drain, post):
    """(admin, operator, organisation): facts about the organisation are told to the admin."""
    registrar = Registrar(executor)
    admin = registrar.person(MAIL, "Mei", PASSWORD, "en")
    operator = registrar.person("ou@example.org", "Ou", PASSWORD, "en")
    registrar.operator({"en": "Market"}, "1", operator)
    made = registrar.organisation(admin, draft("HRB 1"), vetted_by=operator)
    drain()
    post.sent.clear()
    return admin, operator, made
