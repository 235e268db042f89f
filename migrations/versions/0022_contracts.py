"""Contracts, their versions and signed copies.

Revision: 0022, after 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0022'
down_revision = '0021'


def upgrade() -> None:
    op.create_table('contract',
    sa.Column('deal', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('opened_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('opened_by', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('versions', sa.Integer(), nullable=False),
    sa.Column('matter', columns.Json(), nullable=True),
    sa.Column('digest', sa.Text(), nullable=True),
    sa.Column('reasons', columns.Json(), nullable=False),
    sa.Column('frozen_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('frozen_by', sa.Text(), nullable=True),
    sa.Column('signed_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name=op.f('ck_contract_signed')),
    sa.CheckConstraint("(state IN ('ready', 'signed')) = (digest IS NOT NULL)", name=op.f('ck_contract_frozen')),
    sa.CheckConstraint("state IN ('drafting', 'ready', 'signed', 'abandoned')", name=op.f('ck_contract_state')),
    sa.ForeignKeyConstraint(['deal'], ['deal.id'], name=op.f('fk_contract_deal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract')),
    sa.UniqueConstraint('number', name=op.f('uq_contract_number'))
    )
    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_deal'), ['deal'], unique=False)
        batch_op.create_index('uq_contract_running', ['deal'], unique=True, sqlite_where=sa.text("state <> 'abandoned'"), postgresql_where=sa.text("state <> 'abandoned'"))

    op.create_table('contract_version',
    sa.Column('contract', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('side', sa.Text(), nullable=False),
    sa.Column('by', sa.Text(), nullable=True),
    sa.Column('at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('content', columns.Json(), nullable=False),
    sa.ForeignKeyConstraint(['contract'], ['contract.id'], name=op.f('fk_contract_version_contract')),
    sa.PrimaryKeyConstraint('contract', 'version', name=op.f('pk_contract_version'))
    )
    op.create_table('signed_copy',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('side', sa.Text(), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('seal_name', sa.Text(), nullable=False),
    sa.Column('signatory', sa.Text(), nullable=False),
    sa.Column('authority', sa.Text(), nullable=False),
    sa.Column('originals', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('checked_by', sa.Text(), nullable=True),
    sa.Column('checked_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('contract', sa.Text(), nullable=False),
    sa.CheckConstraint("side IN ('seller', 'buyer')", name=op.f('ck_signed_copy_side')),
    sa.CheckConstraint("state IN ('handed_in', 'confirmed', 'returned', 'set_aside')", name=op.f('ck_signed_copy_state')),
    sa.CheckConstraint("state NOT IN ('confirmed', 'returned') OR checked_at IS NOT NULL", name=op.f('ck_signed_copy_checked')),
    sa.CheckConstraint('checked_by IS NULL OR checked_by <> by', name=op.f('ck_signed_copy_two_persons')),
    sa.CheckConstraint('pages > 0', name=op.f('ck_signed_copy_pages')),
    sa.ForeignKeyConstraint(['contract'], ['contract.id'], name=op.f('fk_signed_copy_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signed_copy'))
    )
    with op.batch_alter_table('signed_copy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signed_copy_contract'), ['contract'], unique=False)
        batch_op.create_index('uq_signed_copy_live', ['contract', 'side'], unique=True, sqlite_where=sa.text("state IN ('handed_in', 'confirmed')"), postgresql_where=sa.text("state IN ('handed_in', 'confirmed')"))



def downgrade() -> None:
    with op.batch_alter_table('signed_copy', schema=None) as batch_op:
        batch_op.drop_index('uq_signed_copy_live', sqlite_where=sa.text("state IN ('handed_in', 'confirmed')"), postgresql_where=sa.text("state IN ('handed_in', 'confirmed')"))
        batch_op.drop_index(batch_op.f('ix_signed_copy_contract'))

    op.drop_table('signed_copy')
    op.drop_table('contract_version')
    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.drop_index('uq_contract_running', sqlite_where=sa.text("state <> 'abandoned'"), postgresql_where=sa.text("state <> 'abandoned'"))
        batch_op.drop_index(batch_op.f('ix_contract_deal'))

    op.drop_table('contract')
