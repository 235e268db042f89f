"""terms of rooms

Revision: 0067, after 0063
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0067'
down_revision = '0063'


def upgrade() -> None:
    with op.batch_alter_table("nda_acceptance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("factor", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("nda_acceptance", schema=None) as batch_op:
        batch_op.alter_column("factor", server_default=None)
    op.execute(
        sa.text(
            "UPDATE room SET closed_at = (SELECT deal.moved_at FROM deal WHERE deal.room = room.id)"
            " WHERE closed_at IS NULL AND id IN (SELECT room FROM deal"
            " WHERE state IN ('refused', 'withdrawn', 'lapsed'))"
        )
    )


def downgrade() -> None:
    with op.batch_alter_table("nda_acceptance", schema=None) as batch_op:
        batch_op.drop_column("factor")
