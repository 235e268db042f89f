"""Complaints, and what a notice of infringement keeps off the market.

Revision: 0009, after 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    op.create_table('complaint',
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('owner_org', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('sent_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('sender_person', sa.Text(), nullable=True),
    sa.Column('sender_name', sa.Text(), nullable=False),
    sa.Column('sender_mail', sa.Text(), nullable=False),
    sa.Column('claim', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('forwarded_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('statement', sa.Text(), nullable=False),
    sa.Column('suit', sa.Text(), nullable=False),
    sa.Column('wait_until', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'countered') = (wait_until IS NOT NULL)", name=op.f('ck_complaint_waiting')),
    sa.CheckConstraint("kind IN ('infringement', 'untruth', 'contact_abuse', 'personal_data', 'other')", name=op.f('ck_complaint_kind')),
    sa.CheckConstraint("state IN ('received', 'measured', 'countered', 'kept', 'lifted', 'upheld', 'dismissed', 'withdrawn')", name=op.f('ck_complaint_state')),
    sa.ForeignKeyConstraint(['owner_org'], ['organisation.id'], name=op.f('fk_complaint_owner_org')),
    sa.ForeignKeyConstraint(['sender_person'], ['person.id'], name=op.f('fk_complaint_sender_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint'))
    )
    with op.batch_alter_table('complaint', schema=None) as batch_op:
        batch_op.create_index('ix_complaint_about_state', ['about', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_complaint_owner_org'), ['owner_org'], unique=False)
        batch_op.create_index(batch_op.f('ix_complaint_sender_person'), ['sender_person'], unique=False)
        batch_op.create_index('ix_complaint_source_sent_at', ['source', 'sent_at'], unique=False)
        batch_op.create_index('ix_complaint_state_sent_at', ['state', 'sent_at'], unique=False)

    op.create_table('complaint_step',
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('complaint', sa.Text(), nullable=False),
    sa.Column('act', sa.Text(), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.Column('at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('by', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=True),
    sa.Column('profile', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['complaint'], ['complaint.id'], name=op.f('fk_complaint_step_complaint')),
    sa.PrimaryKeyConstraint('n', name=op.f('pk_complaint_step'))
    )
    with op.batch_alter_table('complaint_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_complaint_step_complaint'), ['complaint'], unique=False)

    op.add_column('listing', sa.Column('measure', sa.Text(), nullable=True))

    op.add_column('need', sa.Column('measure', sa.Text(), nullable=True))



def downgrade() -> None:
    op.drop_column('need', 'measure')

    op.drop_column('listing', 'measure')

    with op.batch_alter_table('complaint_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_complaint_step_complaint'))

    op.drop_table('complaint_step')
    with op.batch_alter_table('complaint', schema=None) as batch_op:
        batch_op.drop_index('ix_complaint_state_sent_at')
        batch_op.drop_index('ix_complaint_source_sent_at')
        batch_op.drop_index(batch_op.f('ix_complaint_sender_person'))
        batch_op.drop_index(batch_op.f('ix_complaint_owner_org'))
        batch_op.drop_index('ix_complaint_about_state')

    op.drop_table('complaint')
