"""Two sides that sign electronically, here and at a service on this machine."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.factors.actions.prove_with_code import prove_with_code
from accounts.models import LoginSession
from contracts.signing.click import ClickSigning
from contracts.signing.consent import VERSION
from contracts.signing.http import HttpSigning
from contracts.signing.models import ContractSignature
from contracts.signing.rules import Intent
from contracts.signing.tasks.obtain import Obtain
from core.actor import SYSTEM, Actor
from core.signatures import HEADER, fits
from tests.contracts.conftest import Desk
from tests.contracts.conftest import desk as desk
from tests.contracts.conftest import stage as stage
from tests.deals.test_pages import enter
from tests.factors import code_of
from tests.loopback import near, plain, serving

SECRET = "shared-with-the-service-in-these-tests"


@dataclass
class Signers:
    """Shortcuts: who signs which contract where."""

    desk: Desk
    clock: object
    obtain: Obtain
    entered: set[str] = field(default_factory=set)

    def session(self, actor: Actor) -> str:
        """In which the actor has just shown a second factor."""
        run, person = self.desk.stage.executor.run, actor.person
        if person not in self.entered:
            run(SYSTEM, enter, person)
            self.entered.add(person)
        session = self.session_of(person)
        self.clock.move(timedelta(seconds=90))  # a code serves once
        assert run(actor, prove_with_code, session, code_of(self.desk.stage.executor, person)).ref
        return session

    def session_of(self, person: str) -> str:
        with self.desk.stage.executor.database.read() as session:
            return session.scalars(
                select(LoginSession.id).where(LoginSession.person == person)
            ).one()

    def sign(self, contract: str, actor: Actor, **more: object) -> str:
        return self.obtain.sign(actor, contract, intent(actor, **more), self.session(actor))

    def row(self, id: str) -> ContractSignature:
        with self.desk.stage.executor.database.read() as session:
            return session.get_one(ContractSignature, id)


def intent(actor: Actor, **more: str) -> Intent:
    base = {"name": actor.person.title(), "authority": "authorised", "consent": VERSION}
    return Intent(**(base | more))


@pytest.fixture
def signers(desk, clock):
    executor = desk.stage.executor
    return Signers(desk, clock, Obtain(executor, ClickSigning(executor.ports.secret)))


@dataclass
class Service:
    """A signing service: its people decide in `says`, by reference."""

    url: str
    outbound: object
    asked: dict[str, dict] = field(default_factory=dict)
    says: dict[str, dict] = field(default_factory=dict)
    down: bool = False

    def signs(self, reference: str, **more: object) -> None:
        document = self.asked[reference]["document_sha256"]
        said = {
            "state": "signed",
            "document_sha256": document,
            "signed_at": "2026-11-23T03:00:00+00:00",
            "evidence": base64.b64encode(f"proof of {reference}".encode()).decode(),
        }
        self.says[reference] = said | more

    def answer(self, handler, signed: bytes) -> None:
        if self.down:
            return plain(handler, 503)
        now = int(handler.headers[HEADER].partition(",")[0].removeprefix("t="))
        if not fits(SECRET, handler.headers[HEADER], signed, now):
            return plain(handler, 403)
        if handler.command == "POST":
            asked = json.loads(signed)
            reference = f"ref/{asked['id'][:8]}"
            self.asked[reference] = asked
            said = {"reference": reference, "address": f"{self.url}/go/{asked['id']}"}
        else:
            reference = handler.path.rpartition("/")[2].replace("%2F", "/")
            said = self.says.get(reference, {"state": "waiting"})
        return plain(handler, 200, json.dumps(said).encode())


@pytest.fixture
def service():
    made: list[Service] = []

    def respond(handler) -> None:
        body = handler.server.got[-1][2] if handler.command == "POST" else None
        made[0].answer(handler, body or f"{made[0].url}{handler.path}".encode())

    with serving(respond) as server:
        outbound, address = near(server)
        made.append(Service(address.rpartition("/")[0], outbound))
        yield made[0]


@pytest.fixture
def abroad(signers, service):
    """The same people in a market whose contracts are signed at the service."""
    signing = HttpSigning(service.outbound, service.url, SECRET)
    return Signers(
        signers.desk, signers.clock, Obtain(signers.obtain.executor, signing), signers.entered
    )
