"""consents and retention

Revision: 0030, after 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0030'
down_revision = '0027'


def upgrade() -> None:
    op.create_table('consent_text',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('takes_effect', sa.Date(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('published_by', sa.Text(), nullable=True),
    sa.Column('published_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('terms', 'privacy')", name=op.f('ck_consent_text_kind')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_text')),
    sa.UniqueConstraint('kind', 'takes_effect', name=op.f('uq_consent_text_kind_takes_effect'))
    )
    op.create_table('retention',
    sa.Column('removed', sa.BigInteger(), nullable=False),
    sa.Column('last_removed_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_retention'))
    )
    op.create_table('consent',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('terms', 'privacy')", name=op.f('ck_consent_kind')),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_consent_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['text'], ['consent_text.id'], name=op.f('fk_consent_text')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent')),
    sa.UniqueConstraint('person', 'text', name=op.f('uq_consent_person_text'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_person'), ['person'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_person'))

    op.drop_table('consent')
    op.drop_table('retention')
    op.drop_table('consent_text')
