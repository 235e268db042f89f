"""Diligence files

Revision: 0023, after 0022
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0023'
down_revision = '0022'


def upgrade() -> None:
    op.create_table('diligence_file',
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deal', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('upto', sa.BigInteger(), nullable=False),
    sa.Column('made_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['deal'], ['deal.id'], name=op.f('fk_diligence_file_deal')),
    sa.PrimaryKeyConstraint('n', name=op.f('pk_diligence_file'))
    )
    with op.batch_alter_table('diligence_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_diligence_file_deal'), ['deal'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('diligence_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_diligence_file_deal'))

    op.drop_table('diligence_file')
