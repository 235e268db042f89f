"""Sanctions with a term, and appeals against decisions of the operator.

Revision: 0012, after 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    op.create_table('appeal',
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('decision', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.Text(), nullable=True),
    sa.Column('owner_org', sa.Text(), nullable=True),
    sa.Column('sender_person', sa.Text(), nullable=False),
    sa.Column('sent_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('profile', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('answered_by', sa.Text(), nullable=True),
    sa.Column('answered_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'received') = (answered_at IS NULL)", name=op.f('ck_appeal_answered')),
    sa.CheckConstraint("state IN ('received', 'granted', 'dismissed')", name=op.f('ck_appeal_state')),
    sa.CheckConstraint('answered_by IS NULL OR answered_by <> decided_by', name=op.f('ck_appeal_two_persons')),
    sa.ForeignKeyConstraint(['owner_org'], ['organisation.id'], name=op.f('fk_appeal_owner_org')),
    sa.ForeignKeyConstraint(['sender_person'], ['person.id'], name=op.f('fk_appeal_sender_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal')),
    sa.UniqueConstraint('about', 'decision', name=op.f('uq_appeal_about_decision'))
    )
    with op.batch_alter_table('appeal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appeal_owner_org'), ['owner_org'], unique=False)
        batch_op.create_index(batch_op.f('ix_appeal_sender_person'), ['sender_person'], unique=False)
        batch_op.create_index('ix_appeal_state_sent_at', ['state', 'sent_at'], unique=False)

    op.create_table('sanction',
    sa.Column('person', sa.Text(), nullable=True),
    sa.Column('organisation', sa.Text(), nullable=True),
    sa.Column('measure', sa.Text(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('imposed_by', sa.Text(), nullable=True),
    sa.Column('imposed_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('until', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('lifted_by', sa.Text(), nullable=True),
    sa.Column('lifted_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(measure = 'warning') = (until IS NULL)", name=op.f('ck_sanction_term')),
    sa.CheckConstraint("measure IN ('warning', 'no_listings', 'no_inquiries', 'suspended')", name=op.f('ck_sanction_measure')),
    sa.CheckConstraint("state IN ('in_force', 'ended', 'lifted')", name=op.f('ck_sanction_state')),
    sa.CheckConstraint('(person IS NULL) <> (organisation IS NULL)', name=op.f('ck_sanction_one_subject')),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_sanction_organisation'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_sanction_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sanction'))
    )
    with op.batch_alter_table('sanction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sanction_organisation'), ['organisation'], unique=False)
        batch_op.create_index(batch_op.f('ix_sanction_person'), ['person'], unique=False)
        batch_op.create_index('ix_sanction_state_until', ['state', 'until'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('sanction', schema=None) as batch_op:
        batch_op.drop_index('ix_sanction_state_until')
        batch_op.drop_index(batch_op.f('ix_sanction_person'))
        batch_op.drop_index(batch_op.f('ix_sanction_organisation'))

    op.drop_table('sanction')
    with op.batch_alter_table('appeal', schema=None) as batch_op:
        batch_op.drop_index('ix_appeal_state_sent_at')
        batch_op.drop_index(batch_op.f('ix_appeal_sender_person'))
        batch_op.drop_index(batch_op.f('ix_appeal_owner_org'))

    op.drop_table('appeal')
