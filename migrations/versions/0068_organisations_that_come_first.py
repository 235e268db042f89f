"""organisations that come first

Revision: 0068, after 0067
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0068'
down_revision = '0067'


def upgrade() -> None:
    op.add_column("preemption", sa.Column("organisation", sa.Text(), nullable=True))
    op.create_index(op.f("ix_preemption_organisation"), "preemption", ["organisation"])


def downgrade() -> None:
    op.drop_index(op.f("ix_preemption_organisation"), table_name="preemption")
    with op.batch_alter_table("preemption", schema=None) as batch_op:
        batch_op.drop_column("organisation")
