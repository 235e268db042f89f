"""Invoices

Revision: 0021, after 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0021'
down_revision = '0020'


def upgrade() -> None:
    op.create_table('invoice',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('obligation', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('tax_number', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('mail', sa.Text(), nullable=False),
    sa.Column('requested_by', sa.Text(), nullable=False),
    sa.Column('requested_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('exempt', sa.Boolean(), nullable=False),
    sa.Column('exemption', sa.Text(), nullable=False),
    sa.Column('issued_by', sa.Text(), nullable=True),
    sa.Column('issued_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('delivered_by', sa.Text(), nullable=True),
    sa.Column('delivered_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.Text(), nullable=True),
    sa.Column('ended_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.CheckConstraint("NOT exempt OR exemption <> ''", name=op.f('ck_invoice_exemption')),
    sa.CheckConstraint("kind IN ('vat_ordinary', 'vat_special', 'receipt')", name=op.f('ck_invoice_kind')),
    sa.CheckConstraint("state IN ('requested', 'issued', 'delivered', 'reversed', 'declined')", name=op.f('ck_invoice_state')),
    sa.CheckConstraint("state NOT IN ('issued', 'delivered') OR number <> ''", name=op.f('ck_invoice_number')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_invoice_amount')),
    sa.ForeignKeyConstraint(['obligation'], ['obligation.id'], name=op.f('fk_invoice_obligation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice'))
    )
    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invoice_obligation'), ['obligation'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invoice_obligation'))

    op.drop_table('invoice')
