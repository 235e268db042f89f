"""editions of public notices: what was published before says what it said

Revision: 0065, after 0068
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0065'
down_revision = '0068'


def upgrade() -> None:
    with op.batch_alter_table('public_notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('edition', sa.Integer(), nullable=False, server_default='1'))
    with op.batch_alter_table('public_notice', schema=None) as batch_op:
        batch_op.alter_column('edition', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('public_notice', schema=None) as batch_op:
        batch_op.drop_column('edition')
