"""What a signed contract makes due, and the obligation that each part became.

Revision: 0026, after 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'


def upgrade() -> None:
    op.create_table('contract_charge',
    sa.Column('contract', sa.Text(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('minor', sa.BigInteger(), nullable=False),
    sa.Column('event', sa.Text(), nullable=False),
    sa.Column('obligation', sa.Text(), nullable=True),
    sa.CheckConstraint("kind IN ('price', 'instalment', 'entry_fee')", name=op.f('ck_contract_charge_kind')),
    sa.CheckConstraint('minor > 0', name=op.f('ck_contract_charge_minor')),
    sa.ForeignKeyConstraint(['contract'], ['contract.id'], name=op.f('fk_contract_charge_contract')),
    sa.ForeignKeyConstraint(['obligation'], ['obligation.id'], name=op.f('fk_contract_charge_obligation')),
    sa.PrimaryKeyConstraint('contract', 'n', name=op.f('pk_contract_charge')),
    sa.UniqueConstraint('obligation', name=op.f('uq_contract_charge_obligation'))
    )


def downgrade() -> None:
    op.drop_table('contract_charge')
