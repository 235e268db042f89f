"""awards from before deposits had a last day get one

Revision: 0077, after 0076
"""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0077"
down_revision = "0076"

OPEN_AWARDS: Final = """
    INSERT INTO timer (stream, kind, due_at, attempts, not_before)
    SELECT 'round:' || id, 'engine', ended_at, 0, ended_at FROM listing_round
    WHERE state = 'awarded' AND deposit_minor > 0 AND due_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM timer WHERE stream = 'round:' || listing_round.id AND kind = 'engine'
    )"""
"""A timer that is over makes the worker settle the round, which counts the days by the pinned
profile; where no deposit is kept any more, settling writes nothing."""


def upgrade() -> None:
    op.execute(OPEN_AWARDS)


def downgrade() -> None:
    """The day that a round has got stays: the schema is the same, and so was the rule."""
