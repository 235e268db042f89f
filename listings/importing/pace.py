"""How many rows a batch takes, so that it holds the writers' door about 25 ms."""

from __future__ import annotations

from typing import Final

BUDGET: Final = 0.025
"""Seconds that a background batch may keep other writers waiting."""


class Pace:
    """Adapts from batch to batch; one per process and kind of work."""

    def __init__(self, rows: int = 8) -> None:
        self.rows = rows

    def took(self, seconds: float, rows: int) -> None:
        """A batch of `rows` took so long; the next one comes closer to the budget."""
        if rows:
            factor = min(2.0, max(0.25, BUDGET * 0.7 / max(seconds, 1e-6)))
            self.rows = max(1, min(500, round(rows * factor)))
