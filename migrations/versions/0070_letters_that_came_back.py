"""letters that came back

Revision: 0070, after 0074
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0074"

_RETURNED = "ck_dispatch_returned"


def upgrade() -> None:
    with op.batch_alter_table("dispatch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("returned", sa.Text(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f(_RETURNED), "returned IN ('gave_up', 'refused', 'complained')"
        )
    for name in ("returned", "delayed"):
        with op.batch_alter_table("refused_address", schema=None) as batch_op:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        with op.batch_alter_table("refused_address", schema=None) as batch_op:
            batch_op.alter_column(name, existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("refused_address", schema=None) as batch_op:
        batch_op.drop_column("delayed")
        batch_op.drop_column("returned")
    with op.batch_alter_table("dispatch", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(_RETURNED), type_="check")
        batch_op.drop_column("returned")
