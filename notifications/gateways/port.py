"""What the task asks of a way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Text:
    """A letter as it is sent. `html` and `unsubscribe` (an address for one click) may be empty."""

    subject: str
    body: str
    html: str = ""
    unsubscribe: str = ""


class AddressRefused(Exception):  # noqa: N818  the peer's answer, not a fault of ours
    """The peer says that it will never take a letter to this address."""


class Gateway(Protocol):
    """Sends one letter. Raises AddressRefused where trying again is pointless; whatever else goes
    wrong is raised too, and the task tries again later."""

    def send(self, number: int, address: str, text: Text) -> None:
        """`number` names the dispatch: sending it again must not look like another letter."""
        ...

    def forget(self, number: int) -> None:
        """Drops what this way out has kept of a letter; what has left the market is gone."""
        ...
