"""why a deposit is unusual, and why a price is found in a way that the law does not name

Revision: 0074, after 0073
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"


def upgrade() -> None:
    with op.batch_alter_table("listing_round", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("deposit_reason", sa.Text(), server_default="", nullable=False)
        )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mode_reason", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_column("mode_reason")
    with op.batch_alter_table("listing_round", schema=None) as batch_op:
        batch_op.drop_column("deposit_reason")
