"""What an action answers: frozen dataclasses of plain values, so a replay is the same answer."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar


class Result:
    """Subclass as a frozen dataclass whose fields are plain JSON values."""

    kinds: ClassVar[dict[str, type[Result]]] = {}

    def __init_subclass__(cls) -> None:
        known = Result.kinds.setdefault(cls.__name__, cls)
        if known.__module__ != cls.__module__:
            raise TypeError(f"two results are named {cls.__name__}: a replay could not tell them")

    def dump(self) -> str:
        return json.dumps([type(self).__name__, asdict(self)], sort_keys=True)  # type: ignore[call-overload]

    @staticmethod
    def load(text: str) -> Result:
        kind, values = json.loads(text)
        return Result.kinds[kind](**values)


@dataclass(frozen=True)
class Done(Result):
    """It is done; `ref` is the id that the caller needs next, if any."""

    ref: str = ""


@dataclass(frozen=True)
class Refusal(Result):
    """A refusal that is remembered: it commits, so the action may record and may not change a row.

    `code` names a subclass of `core.errors.Refused`, which holds the sentence for people.
    """

    code: str
    params: dict[str, Any] = field(default_factory=dict)
