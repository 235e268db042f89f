"""Memberships and organisations name who takes over.

Revision: 0005, after 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    op.add_column('membership', sa.Column('heir', sa.Text(), nullable=True))
    op.add_column(
        'membership', sa.Column('handed_at', columns.UtcDateTime(timezone=True), nullable=True)
    )
    op.add_column('organisation', sa.Column('heir', sa.Text(), nullable=True))
    # Who left before there was a handing over is not settled by a timer afterwards.
    op.execute('UPDATE membership SET handed_at = ends_at WHERE ends_at IS NOT NULL')


def downgrade() -> None:
    op.drop_column('organisation', 'heir')
    op.drop_column('membership', 'handed_at')
    op.drop_column('membership', 'heir')
