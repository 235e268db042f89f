"""The market's own terms and synonyms for searching.

Revision: 0006, after 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    op.create_table('vocabulary',
    sa.Column('terms', sa.Integer(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vocabulary'))
    )
    op.create_table('own_term',
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('vocabulary', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('word', sa.Text(), nullable=False),
    sa.Column('other', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('pair', 'synonym')", name=op.f('ck_own_term_kind')),
    sa.ForeignKeyConstraint(['vocabulary'], ['vocabulary.id'], name=op.f('fk_own_term_vocabulary'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('n', name=op.f('pk_own_term')),
    sa.UniqueConstraint('vocabulary', 'kind', 'word', 'other', name=op.f('uq_own_term_vocabulary_kind_word_other'))
    )


def downgrade() -> None:
    op.drop_table('own_term')
    op.drop_table('vocabulary')
