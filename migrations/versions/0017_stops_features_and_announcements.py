"""Emergency stops, switches of features, and announcements.

Revision: 0017, after 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0017'
down_revision = '0016'


def upgrade() -> None:
    op.create_table('announcement',
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('audience', sa.Text(), nullable=False),
    sa.Column('starts_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Text(), nullable=True),
    sa.Column('made_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_by', sa.Text(), nullable=True),
    sa.Column('withdrawn_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("audience IN ('everybody', 'members', 'institutes', 'firms', 'brokers')", name=op.f('ck_announcement_audience')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_announcement_period')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement'))
    )
    with op.batch_alter_table('announcement', schema=None) as batch_op:
        batch_op.create_index('ix_announcement_starts_at', ['starts_at'], unique=False)

    op.create_table('feature_choice',
    sa.Column('feature', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by', sa.Text(), nullable=True),
    sa.Column('made_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'role') = (role <> '')", name=op.f('ck_feature_choice_role')),
    sa.CheckConstraint("state IN ('on', 'off', 'role')", name=op.f('ck_feature_choice_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feature_choice'))
    )
    with op.batch_alter_table('feature_choice', schema=None) as batch_op:
        batch_op.create_index('ix_feature_choice_feature_made_at', ['feature', 'made_at'], unique=False)

    op.create_table('stop',
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('reason_en', sa.Text(), nullable=False),
    sa.Column('pulled_by', sa.Text(), nullable=False),
    sa.Column('pulled_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('released_by', sa.Text(), nullable=True),
    sa.Column('released_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("what IN ('deals', 'listings', 'outgoing', 'sessions')", name=op.f('ck_stop_what')),
    sa.CheckConstraint('released_by IS NULL OR released_at IS NOT NULL', name=op.f('ck_stop_released')),
    sa.CheckConstraint('released_by IS NULL OR released_by <> pulled_by', name=op.f('ck_stop_two_persons')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stop'))
    )
    with op.batch_alter_table('stop', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stop_pulled_at'), ['pulled_at'], unique=False)
        batch_op.create_index('uq_stop_holding', ['what'], unique=True, sqlite_where=sa.text('released_at IS NULL'), postgresql_where=sa.text('released_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('stop', schema=None) as batch_op:
        batch_op.drop_index('uq_stop_holding', sqlite_where=sa.text('released_at IS NULL'), postgresql_where=sa.text('released_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_stop_pulled_at'))

    op.drop_table('stop')
    with op.batch_alter_table('feature_choice', schema=None) as batch_op:
        batch_op.drop_index('ix_feature_choice_feature_made_at')

    op.drop_table('feature_choice')
    with op.batch_alter_table('announcement', schema=None) as batch_op:
        batch_op.drop_index('ix_announcement_starts_at')

    op.drop_table('announcement')
