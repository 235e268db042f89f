"""Documents and marks of organisations

Revision: 0013, after 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    op.create_table('organisation_document',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('added_by', sa.Text(), nullable=True),
    sa.Column('added_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('registration', 'authority', 'other')", name=op.f('ck_organisation_document_kind')),
    sa.CheckConstraint('size >= 0', name=op.f('ck_organisation_document_size')),
    sa.ForeignKeyConstraint(['added_by'], ['person.id'], name=op.f('fk_organisation_document_added_by'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_organisation_document_organisation'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation_document')),
    sa.UniqueConstraint('organisation', 'kind', 'sha256', name=op.f('uq_organisation_document_organisation_kind_sha256'))
    )
    with op.batch_alter_table('organisation_document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_document_organisation'), ['organisation'], unique=False)

    op.create_table('organisation_mark',
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('verified_by', sa.Text(), nullable=True),
    sa.Column('verified_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("source IN ('registration', 'authority', 'register', 'call')", name=op.f('ck_organisation_mark_source')),
    sa.CheckConstraint("what IN ('name', 'number', 'authority')", name=op.f('ck_organisation_mark_what')),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_organisation_mark_organisation'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['verified_by'], ['person.id'], name=op.f('fk_organisation_mark_verified_by'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('organisation', 'what', name=op.f('pk_organisation_mark'))
    )


def downgrade() -> None:
    op.drop_table('organisation_mark')
    with op.batch_alter_table('organisation_document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_document_organisation'))

    op.drop_table('organisation_document')
