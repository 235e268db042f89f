"""One call of one operation: what came in, checked, and the ways to act on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import IO, Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from accounts.queries import load_actor
from accounts.scopes import cut
from accounts.tokens import held_token
from bootstrap import Runtime
from core.actor import ANONYMOUS, Actor
from core.results import Result
from core.times import legal_date
from webapp.errors import unwrap


@dataclass(frozen=True)
class Looking:
    """A reading session with the market's moment and legal day."""

    session: Session
    now: datetime
    today: date


@dataclass(frozen=True)
class Call:
    """`places` are the path's identifiers, parsed; `body` and `query` are the declared models;
    `file` is what was sent, which nobody keeps until the operation does; `token` is the id of the
    one that called, None for a visitor, and `scope` what the operation needs of it."""

    runtime: Runtime
    actor: Actor
    places: Mapping[str, Any]
    body: Any = None
    query: Any = None
    file: IO[bytes] | None = None
    key: str = ""
    version: int = 0
    token: str | None = None
    scope: str | None = None

    def id(self, parameter: str) -> str:
        """The identifier that the address names."""
        return str(self.places[parameter])

    def act(self, action: Callable[..., Result], *args: Any, **more: Any) -> Result:
        """Runs the use case; a POST with its key, so that a repeated one is done once."""
        executor = self.runtime.executor
        if self.key:
            return unwrap(executor.once(self.actor, self.key, action, *args, **more))
        return unwrap(executor.run(self.actor, action, *args, **more))

    def actor_at(self, at: Looking) -> Actor:
        """The caller as they are by now, for answers that take long to write: nobody once the token
        has ended, without the seats that have."""
        held = held_token(at.session, self.token, at.now) if self.token else None
        if held is None:
            return replace(ANONYMOUS, language=self.actor.language)
        actor = cut(load_actor(at.session, held.person, at.now), held.scopes, self.scope)
        return replace(actor, language=self.actor.language)

    @contextmanager
    def look(self) -> Iterator[Looking]:
        database = self.runtime.database
        with database.read() as session:
            now = database.now(session)
            yield Looking(session, now, legal_date(now, self.runtime.settings.zone))


@dataclass(frozen=True)
class Reply:
    """`body` None: 204. `version` becomes the ETag; `stream` is written as it is read."""

    body: BaseModel | None = None
    version: int | None = None
    stream: Iterator[bytes] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
