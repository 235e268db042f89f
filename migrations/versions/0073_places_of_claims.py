"""where an agreed way is to hold

Revision: 0073, after 0072
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"


def upgrade() -> None:
    """Claims of before hold everywhere, as they did."""
    with op.batch_alter_table("asset_claim", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("territory", sa.Text(), server_default="", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("asset_claim", schema=None) as batch_op:
        batch_op.drop_column("territory")
