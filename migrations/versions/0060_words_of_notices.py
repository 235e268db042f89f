"""words of public notices

Revision: 0060, after 0059
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0060'
down_revision = '0059'


def upgrade() -> None:
    with op.batch_alter_table('public_notice', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('words', columns.Json(), nullable=False, server_default='{}')
        )
    with op.batch_alter_table('public_notice', schema=None) as batch_op:
        batch_op.alter_column('words', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('public_notice', schema=None) as batch_op:
        batch_op.drop_column('words')
