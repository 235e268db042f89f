"""access tokens and request counts

Revision: 0003, after 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    op.create_table('request_count',
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('minute', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count > 0', name=op.f('ck_request_count_count')),
    sa.PrimaryKeyConstraint('subject', 'minute', name=op.f('pk_request_count'))
    )
    with op.batch_alter_table('request_count', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_count_minute'), ['minute'], unique=False)

    op.create_table('access_token',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('shown', sa.Text(), nullable=False),
    sa.Column('token_hash', sa.Text(), nullable=False),
    sa.Column('scopes', columns.Json(), nullable=False),
    sa.Column('made_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('last_used_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('person', sa.Text(), nullable=False),
    sa.CheckConstraint('expires_at > made_at', name=op.f('ck_access_token_period')),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_access_token_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_token')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_access_token_token_hash'))
    )
    with op.batch_alter_table('access_token', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_token_person'), ['person'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('access_token', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_token_person'))

    op.drop_table('access_token')
    with op.batch_alter_table('request_count', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_request_count_minute'))

    op.drop_table('request_count')
