"""makers declare that they act on an unused result

Revision: 0057, after 0054
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0057'
down_revision = '0054'


def upgrade() -> None:
    op.create_table('idle_use',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('asset', sa.Text(), nullable=False),
    sa.Column('person', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('counted_from', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=False),
    sa.Column('declared_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('answer_on', sa.Date(), nullable=False),
    sa.Column('answer_until', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('answered_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('profile', sa.Text(), nullable=False),
    sa.Column('rules', columns.Json(), nullable=False),
    sa.CheckConstraint("(state = 'declared') = (answered_at IS NULL)", name=op.f('ck_idle_use_answered')),
    sa.CheckConstraint("basis IN ('grant', 'registration')", name=op.f('ck_idle_use_basis')),
    sa.CheckConstraint("state IN ('declared', 'agreed', 'silent', 'refused', 'ended')", name=op.f('ck_idle_use_state')),
    sa.ForeignKeyConstraint(['asset'], ['asset.id'], name=op.f('fk_idle_use_asset')),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_idle_use_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_idle_use'))
    )
    with op.batch_alter_table('idle_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_idle_use_asset'), ['asset'], unique=False)
        batch_op.create_index(batch_op.f('ix_idle_use_person'), ['person'], unique=False)
        batch_op.create_index('uq_idle_use_standing', ['asset'], unique=True, sqlite_where=sa.text("state IN ('declared', 'agreed', 'silent')"), postgresql_where=sa.text("state IN ('declared', 'agreed', 'silent')"))


def downgrade() -> None:
    op.drop_table('idle_use')
