"""Asks whether an action would be taken, and takes nothing."""

from __future__ import annotations

from typing import Any

from accounts.actions.touch_session import touch_session
from accounts.actions.touch_token import touch_token
from accounts.results import TurnedAway
from core.errors import Refused
from core.results import Refusal


class Allowed(Refused):
    """What a page answers where the use case went through; its transaction was undone."""

    code = "trust_allowed"
    status = 299


class Turned(Refused):
    """The use case answered with a refusal of its own."""

    code = "trust_turned"
    status = 409


_NO_BUTTONS = (touch_session, touch_token)
"""Noted on the way in; undone, they would be tried again at every request."""


class Probe:
    """An executor whose `run` and `once` go the whole way of an action, with every check in it, and
    then abandon the unit of work: a matrix can press every button of the market."""

    def __init__(self, real: Any) -> None:
        self._real = real
        self.allowed = 0
        """How many actions went through so far."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def run(self, actor: Any, action: Any, /, *args: Any, **kw: Any) -> Any:
        if action in _NO_BUTTONS:
            return self._real.run(actor, action, *args, **kw)
        return self._real.run(actor, self._tried(action), *args, **kw)

    def once(self, actor: Any, key: str, action: Any, /, *args: Any, **kw: Any) -> Any:
        return self._real.once(actor, key, self._tried(action), *args, **kw)

    def _tried(self, action: Any) -> Any:
        def tried(uow: Any, *args: Any, **kw: Any) -> Any:
            answer = action(uow, *args, **kw)
            if isinstance(answer, TurnedAway | Refusal):
                raise Turned
            self.allowed += 1
            raise Allowed

        return tried
