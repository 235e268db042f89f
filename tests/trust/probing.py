"""Asks whether an action would be taken, and takes nothing."""

from __future__ import annotations

from typing import Any

from accounts.actions.touch_session import touch_session
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


class Probe:
    """An executor whose `run` goes the whole way of an action, with every check in it, and then
    abandons the unit of work: a matrix can press every button of the market."""

    def __init__(self, real: Any) -> None:
        self._real = real
        self.allowed = 0
        """How many actions went through so far."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def run(self, actor: Any, action: Any, /, *args: Any, **kw: Any) -> Any:
        if action is touch_session:  # no button; undone, it would be tried again at every request
            return self._real.run(actor, action, *args, **kw)

        def tried(uow: Any, *args: Any, **kw: Any) -> Any:
            answer = action(uow, *args, **kw)
            if isinstance(answer, TurnedAway | Refusal):
                raise Turned
            self.allowed += 1
            raise Allowed

        return self._real.run(actor, tried, *args, **kw)
