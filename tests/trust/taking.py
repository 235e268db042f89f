"""What checks of controls work on, and what a control is replaced by while it is taken away."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import delete

from accounts.models import Attempt
from accounts.seeding import Registrar
from bootstrap import Runtime
from core.actor import Actor
from tests.trust import world
from tests.trust.observing import program_of
from tests.webapp.desks import signed_in
from webapp.factory import create_app

NEW_PASSWORD = "seven-lanterns-9-boats"
"""Of whoever joins for the length of a check."""


@dataclass
class Market:
    """What the checks work on."""

    runtime: Runtime
    app: Flask
    client_of: Callable[[str | None], Any]
    own: world.Side

    def get(self, role: str | None, path: str) -> int:
        with self.client_of(role).get(self.own.path(path)) as answer:
            return int(answer.status_code)

    def actor(self, role: str) -> Actor:
        return world.demo(self.runtime, role)

    def forget_attempts(self) -> None:
        """Each check begins with its limits unused."""
        with self.runtime.database.write() as session:
            session.execute(delete(Attempt))
            session.commit()

    def guarded(self) -> Flask:
        """An app of its own, with the form guard on and no attempt counted."""
        self.forget_attempts()
        return create_app(self.runtime)

    def visitor(self) -> Any:
        return self.app.test_client()

    def somebody(self) -> tuple[str, str]:
        """(person, mail) of a newcomer without a seat."""
        mail = f"{uuid.uuid4().hex}@somebody.example"
        return Registrar(self.runtime.executor).person(mail, "某人", NEW_PASSWORD), mail

    def member(self) -> Actor:
        """An officer of the demo institute, who may be made to leave it."""
        return world.newcomer(self.runtime, f"{uuid.uuid4().hex}@linpu.example")

    def browser(self, person: str | None) -> Any:
        """In which this person has signed in, with both factors."""
        return signed_in(self.app, self.runtime.executor, person or "", uuid.uuid4().hex)

    def program(self, person: Actor) -> dict[str, str]:
        """The header of a program that may read whatever this person may."""
        self.browser(person.person)  # both factors are there now
        return program_of(self.runtime, person)


def yes(*_args: Any, **_named: Any) -> bool:
    return True


def no(*_args: Any, **_named: Any) -> bool:
    return False


def nothing(*_args: Any, **_named: Any) -> None:
    return None


Check = Callable[[Market], None]
Row = tuple[Check, str, Any]
"""A check, the control behind it by name, and what stands in the control's place."""


def holds(check: Check, market: Market) -> bool:
    """Any way of not passing counts as red: a refusal that did not come, or a fault on the way."""
    try:
        check(market)
    except BaseException as stopped:
        if isinstance(stopped, KeyboardInterrupt | SystemExit):
            raise
        return False
    return True
