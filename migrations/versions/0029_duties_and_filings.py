"""duties and filings

Revision: 0029, after 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0029'
down_revision = '0024'


def upgrade() -> None:
    op.create_table('filing',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('period', sa.Text(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=True),
    sa.Column('size', sa.BigInteger(), nullable=True),
    sa.Column('made_by', sa.Text(), nullable=True),
    sa.Column('made_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('handed_by', sa.Text(), nullable=True),
    sa.Column('handed_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('receipt', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(handed_at IS NULL) = (receipt = '')", name=op.f('ck_filing_handed')),
    sa.CheckConstraint("handed_at IS NULL OR kind = 'logs' OR sha256 IS NOT NULL", name=op.f('ck_filing_whole')),
    sa.CheckConstraint("kind IN ('tax', 'identities', 'statistics', 'volume', 'logs')", name=op.f('ck_filing_kind')),
    sa.CheckConstraint('(sha256 IS NULL) = (made_at IS NULL)', name=op.f('ck_filing_made')),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_filing_days')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filing')),
    sa.UniqueConstraint('kind', 'period', name=op.f('uq_filing_kind_period'))
    )
    with op.batch_alter_table('filing', schema=None) as batch_op:
        batch_op.create_index('ix_filing_handed_at', ['handed_at'], unique=False)

    op.create_table('duty_owner',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('owner', sa.Text(), nullable=True),
    sa.Column('assigned_by', sa.Text(), nullable=True),
    sa.Column('assigned_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['owner'], ['person.id'], name=op.f('fk_duty_owner_owner')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_owner')),
    sa.UniqueConstraint('kind', 'subject', name=op.f('uq_duty_owner_kind_subject'))
    )
    with op.batch_alter_table('duty_owner', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_duty_owner_owner'), ['owner'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('duty_owner', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_duty_owner_owner'))

    op.drop_table('duty_owner')
    with op.batch_alter_table('filing', schema=None) as batch_op:
        batch_op.drop_index('ix_filing_handed_at')

    op.drop_table('filing')
