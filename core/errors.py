"""What can go wrong. `Refused` and its subclasses answer people; the rest is for developers.

A refusal carries a code and parameters; its English text is the msgid that `core.i18n` translates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from core.i18n import N_


class Refused(Exception):  # noqa: N818  it is an answer, not a fault
    """A refusal that need not be remembered: nothing is written."""

    code: ClassVar[str] = "refused"
    text: ClassVar[str] = N_("This cannot be done now.")
    status: ClassVar[int] = 409
    codes: ClassVar[dict[str, type[Refused]]] = {}

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code, params)
        self.params = params

    def __init_subclass__(cls) -> None:
        known = Refused.codes.setdefault(cls.code, cls)
        if known is not cls and "code" in cls.__dict__ and known.__module__ != cls.__module__:
            raise TypeError(f"two refusals have the code {cls.code}")


class NotFound(Refused):
    """It does not exist, or the actor may not know that it does."""

    code = "not_found"
    text = N_("There is nothing here that you may see.")
    status = 404


class Forbidden(Refused):
    """The actor may see it and may not do this to it."""

    code = "forbidden"
    text = N_("Your role does not allow this. Ask an administrator of your organisation.")
    status = 403


class Outdated(Refused):
    """Somebody else changed what the actor saw before they wrote."""

    code = "outdated"
    text = N_(
        "Somebody changed this while you were writing. Nothing of yours was saved: compare it with "
        "what stands now, then save again."
    )


class KeyReused(Refused):
    """The same idempotency key came with another request."""

    code = "key_reused"
    text = N_(
        "This form was already sent with other content. Load the page again and send it anew."
    )
    status = 422


class Busy(Refused):
    """The lock was not granted in time; nothing was written. HTTP 503 with Retry-After."""

    code = "busy"
    text = N_("The market is busy. Nothing was changed; please send it again in a moment.")
    status = 503


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one field: a code, its sentence (an English msgid) and parameters."""

    code: str
    text: str
    params: dict[str, Any] = field(default_factory=dict)


class Invalid(Refused):
    """Input that must be corrected; `problems` by field, "" for the form as a whole."""

    code = "invalid"
    text = N_("Some fields need your attention. What you typed was kept.")
    status = 422

    def __init__(self, problems: dict[str, list[Problem]]) -> None:
        super().__init__(fields=sorted(problems))
        self.problems = problems


class Misuse(Exception):  # noqa: N818
    """A programming error that the unit of work makes loud; never shown to people as a refusal."""


class LeaseLost(Exception):  # noqa: N818
    """Somebody else took this claim over while we were away."""


class Due(Exception):  # noqa: N818
    """The locked stream has a timer in the past: settle it first, then run the command again."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.stream = stream


class Replayed(Exception):  # noqa: N818
    """The idempotency key was answered before; carries that answer."""

    def __init__(self, request_hash: str, response: str) -> None:
        super().__init__("replayed")
        self.request_hash, self.response = request_hash, response


class ReadsOnly(Refused):
    code = "reads_only"
    text = N_(
        "You are looking at another person's account: nothing can be changed here, and this page "
        "is not shown. Nothing was changed. End the support view to go on with your own work."
    )
    status = 403
