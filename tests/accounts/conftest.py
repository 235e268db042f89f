from __future__ import annotations

from dataclasses import dataclass

import pytest

from accounts.codes import Codes
from accounts.queries import load_actor
from accounts.registration import OrganisationDraft
from accounts.seeding import Registrar
from core.actor import Actor
from core.executor import Executor

PASSWORD = "quiet rivers carry far"


@dataclass
class World:
    """An operator, an institute and a firm, made through the use cases themselves."""

    executor: Executor
    registrar: Registrar
    codes: Codes
    operator: str
    officer: str
    institute: str

    def actor(self, person: str) -> Actor:
        with self.executor.database.read() as session:
            return load_actor(session, person, self.executor.database.now(session))

    def person(self, mail: str) -> str:
        return self.registrar.person(mail, mail.partition("@")[0].title(), PASSWORD, "en")


def draft(
    number: str = "91330100MA2A00001X", kind: str = "firm", **more: object
) -> OrganisationDraft:
    fields = {"country": "DE", "register": "Handelsregister", "original": "en"} | more
    return OrganisationDraft(kind=kind, names={"en": f"Works {number}"}, number=number, **fields)


@pytest.fixture
def world(executor: Executor) -> World:
    registrar = Registrar(executor)
    operator = registrar.person("operator@example.org", "Ou", PASSWORD, "en")
    registrar.operator({"en": "Market office", "zh": "市场办公室"}, "91330100MA0000000X", operator)
    officer = registrar.person("officer@example.org", "Fei", PASSWORD, "en")
    institute = registrar.organisation(officer, draft("HRB 1", "institute"), vetted_by=operator)
    for person in (operator, officer):
        registrar.second_factor(person)
    codes = Codes(executor.ports.secret)
    return World(executor, registrar, codes, operator, officer, institute)
