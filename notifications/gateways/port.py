"""What the task asks of a way out."""

from __future__ import annotations

from typing import Protocol


class Gateway(Protocol):
    """Sends one letter; raises whatever went wrong, and the task tries again later."""

    def send(self, number: int, address: str, subject: str, body: str) -> None:
        """`number` names the dispatch: sending it again must not look like another letter."""
        ...
