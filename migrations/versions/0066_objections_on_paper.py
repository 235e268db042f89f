"""objections by letter or telephone, and how their answers went out

Revision: 0066, after 0069
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0066'
down_revision = '0069'


def upgrade() -> None:
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('channel', sa.Text(), nullable=False, server_default='market')
        )
        batch_op.add_column(sa.Column('received_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('entered_by', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('told', columns.Json(), nullable=False, server_default='[]'))
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.alter_column('channel', server_default=None)
        batch_op.alter_column('told', server_default=None)
        batch_op.create_check_constraint(
            op.f('ck_objection_channel'),
            "channel IN ('market', 'letter', 'telephone', 'visit')",
        )
        batch_op.create_check_constraint(
            op.f('ck_objection_received'), "(channel = 'market') = (received_on IS NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_objection_received'), type_='check')
        batch_op.drop_constraint(op.f('ck_objection_channel'), type_='check')
        batch_op.drop_column('told')
        batch_op.drop_column('entered_by')
        batch_op.drop_column('received_on')
        batch_op.drop_column('channel')
