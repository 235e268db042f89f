"""Registration of contracts

Revision: 0025, after 0031
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0025'
down_revision = '0031'


def upgrade() -> None:
    op.create_table('contract_registration',
    sa.Column('contract', sa.Text(), nullable=False),
    sa.Column('deal', sa.Text(), nullable=False),
    sa.Column('side', sa.Text(), nullable=False),
    sa.Column('opened_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('remind_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('profile', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('versions', sa.Integer(), nullable=False),
    sa.Column('handed_in_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('expected_on', sa.Date(), nullable=True),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('due_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('number', sa.Text(), nullable=True),
    sa.Column('registered_on', sa.Date(), nullable=True),
    sa.Column('registered_version', sa.Integer(), nullable=True),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('registered', 'changing', 'rescinded')) = (number IS NOT NULL)", name=op.f('ck_contract_registration_registered')),
    sa.CheckConstraint("side IN ('seller', 'buyer')", name=op.f('ck_contract_registration_side')),
    sa.CheckConstraint("state IN ('drafted', 'handed_in', 'returned', 'registered', 'changing', 'rescinded')", name=op.f('ck_contract_registration_state')),
    sa.CheckConstraint('(number IS NULL) = (registered_on IS NULL)', name=op.f('ck_contract_registration_number')),
    sa.CheckConstraint('(number IS NULL) = (registered_version IS NULL)', name=op.f('ck_contract_registration_version')),
    sa.ForeignKeyConstraint(['contract'], ['contract.id'], name=op.f('fk_contract_registration_contract')),
    sa.ForeignKeyConstraint(['deal'], ['deal.id'], name=op.f('fk_contract_registration_deal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_registration')),
    sa.UniqueConstraint('contract', name=op.f('uq_contract_registration_contract')),
    sa.UniqueConstraint('number', name=op.f('uq_contract_registration_number'))
    )
    with op.batch_alter_table('contract_registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_registration_deal'), ['deal'], unique=False)

    op.create_table('contract_registration_step',
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('act', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('by', sa.Text(), nullable=True),
    sa.Column('at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('registration', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['registration'], ['contract_registration.id'], name=op.f('fk_contract_registration_step_registration')),
    sa.PrimaryKeyConstraint('n', name=op.f('pk_contract_registration_step'))
    )
    with op.batch_alter_table('contract_registration_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_registration_step_registration'), ['registration'], unique=False)

    op.create_table('contract_registration_version',
    sa.Column('registration', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('by', sa.Text(), nullable=True),
    sa.Column('at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('content', columns.Json(), nullable=False),
    sa.ForeignKeyConstraint(['registration'], ['contract_registration.id'], name=op.f('fk_contract_registration_version_registration')),
    sa.PrimaryKeyConstraint('registration', 'version', name=op.f('pk_contract_registration_version'))
    )


def downgrade() -> None:
    op.drop_table('contract_registration_version')
    with op.batch_alter_table('contract_registration_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_registration_step_registration'))

    op.drop_table('contract_registration_step')
    with op.batch_alter_table('contract_registration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_registration_deal'))

    op.drop_table('contract_registration')
