"""Who comes first on equal terms: told with a day, answering, or letting the time pass.

Revision: 0036, after 0035
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0036'
down_revision = '0035'


def upgrade() -> None:
    op.create_table('preemption',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('deal', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('party', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('served_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('served_by', sa.Text(), nullable=True),
    sa.Column('served_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('ends_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('service', sa.Text(), nullable=True),
    sa.Column('service_file', sa.Text(), nullable=False),
    sa.Column('service_size', sa.BigInteger(), nullable=True),
    sa.Column('answered_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.Text(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answer_file', sa.Text(), nullable=False),
    sa.Column('answer_size', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("(state IN ('exercised', 'waived', 'lapsed')) = (answered_at IS NOT NULL)", name=op.f('ck_preemption_answered')),
    sa.CheckConstraint("kind IN ('contributor', 'co_owner', 'commissioner')", name=op.f('ck_preemption_kind')),
    sa.CheckConstraint("state IN ('asked', 'served', 'exercised', 'waived', 'lapsed')", name=op.f('ck_preemption_state')),
    sa.CheckConstraint("state NOT IN ('served', 'lapsed') OR ends_at IS NOT NULL", name=op.f('ck_preemption_told')),
    sa.CheckConstraint('(served_at IS NULL) = (ends_at IS NULL)', name=op.f('ck_preemption_served')),
    sa.ForeignKeyConstraint(['deal'], ['deal.id'], name=op.f('fk_preemption_deal')),
    sa.ForeignKeyConstraint(['party'], ['person.id'], name=op.f('fk_preemption_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_preemption')),
    sa.UniqueConstraint('deal', 'version', 'n', name=op.f('uq_preemption_deal_version_n'))
    )
    with op.batch_alter_table('preemption', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_preemption_deal'), ['deal'], unique=False)
        batch_op.create_index(batch_op.f('ix_preemption_party'), ['party'], unique=False)



def downgrade() -> None:
    op.drop_table('preemption')
