"""Receiving accounts, obligations, payments, payouts, deposits and the ledger.

Revision: 0019, after 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    _stops("'deals', 'listings', 'outgoing', 'payouts', 'sessions'")
    op.create_table('receiving_account',
    sa.Column('owner_org', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('currency', sa.Text(), nullable=False),
    sa.Column('account_name', sa.Text(), nullable=False),
    sa.Column('bank', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('added_by', sa.Text(), nullable=False),
    sa.Column('added_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('approved_by', sa.Text(), nullable=True),
    sa.Column('approved_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('retired_by', sa.Text(), nullable=True),
    sa.Column('retired_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("basis <> ''", name=op.f('ck_receiving_account_basis')),
    sa.CheckConstraint("kind IN ('seller', 'supervised', 'operator')", name=op.f('ck_receiving_account_kind')),
    sa.CheckConstraint('(approved_by IS NULL) = (approved_at IS NULL)', name=op.f('ck_receiving_account_approved')),
    sa.CheckConstraint('approved_by IS NULL OR approved_by <> added_by', name=op.f('ck_receiving_account_two_persons')),
    sa.ForeignKeyConstraint(['owner_org'], ['organisation.id'], name=op.f('fk_receiving_account_owner_org')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receiving_account'))
    )
    with op.batch_alter_table('receiving_account', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_receiving_account_owner_org'), ['owner_org'], unique=False)

    op.create_table('obligation',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('payer_org', sa.Text(), nullable=True),
    sa.Column('payer_person', sa.Text(), nullable=True),
    sa.Column('payee_org', sa.Text(), nullable=False),
    sa.Column('currency', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('paid', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('account', sa.Text(), nullable=True),
    sa.Column('receiving', sa.Text(), nullable=True),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('profile', sa.Text(), nullable=False),
    sa.Column('raised_by', sa.Text(), nullable=True),
    sa.Column('raised_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('remind_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('due_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reminded_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('overdue_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'paid') = (paid = amount)", name=op.f('ck_obligation_paid_in_full')),
    sa.CheckConstraint("kind IN ('price', 'instalment', 'entry_fee', 'royalty', 'deposit', 'commission', 'fee')", name=op.f('ck_obligation_kind')),
    sa.CheckConstraint("state IN ('open', 'part_paid', 'paid', 'cancelled')", name=op.f('ck_obligation_state')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_obligation_amount')),
    sa.CheckConstraint('paid >= 0 AND paid <= amount', name=op.f('ck_obligation_paid')),
    sa.CheckConstraint('payer_org IS NOT NULL OR payer_person IS NOT NULL', name=op.f('ck_obligation_payer')),
    sa.CheckConstraint('payer_org IS NULL OR payer_org <> payee_org', name=op.f('ck_obligation_two_sides')),
    sa.ForeignKeyConstraint(['account'], ['receiving_account.id'], name=op.f('fk_obligation_account')),
    sa.ForeignKeyConstraint(['payee_org'], ['organisation.id'], name=op.f('fk_obligation_payee_org')),
    sa.ForeignKeyConstraint(['payer_org'], ['organisation.id'], name=op.f('fk_obligation_payer_org')),
    sa.ForeignKeyConstraint(['payer_person'], ['person.id'], name=op.f('fk_obligation_payer_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_obligation')),
    sa.UniqueConstraint('reference', name=op.f('uq_obligation_reference'))
    )
    with op.batch_alter_table('obligation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_obligation_about'), ['about'], unique=False)
        batch_op.create_index(batch_op.f('ix_obligation_payee_org'), ['payee_org'], unique=False)
        batch_op.create_index(batch_op.f('ix_obligation_payer_org'), ['payer_org'], unique=False)
        batch_op.create_index(batch_op.f('ix_obligation_payer_person'), ['payer_person'], unique=False)
        batch_op.create_index('ix_obligation_state_due_on', ['state', 'due_on'], unique=False)

    op.create_table('deposit',
    sa.Column('obligation', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('payer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('applied_to', sa.Text(), nullable=True),
    sa.Column('return_until', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('late_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('proposed_by', sa.Text(), nullable=True),
    sa.Column('proposed_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('appeal_until', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('objection', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.Text(), nullable=True),
    sa.Column('decided_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.CheckConstraint("state <> 'forfeited' OR (proposed_by IS NOT NULL AND decided_by IS NOT NULL)", name=op.f('ck_deposit_forfeited')),
    sa.CheckConstraint("state IN ('asked', 'pending', 'held', 'returning', 'returned', 'applied', 'forfeit_proposed', 'forfeited', 'cancelled')", name=op.f('ck_deposit_state')),
    sa.CheckConstraint('decided_by IS NULL OR decided_by <> proposed_by', name=op.f('ck_deposit_two_persons')),
    sa.ForeignKeyConstraint(['applied_to'], ['obligation.id'], name=op.f('fk_deposit_applied_to')),
    sa.ForeignKeyConstraint(['obligation'], ['obligation.id'], name=op.f('fk_deposit_obligation')),
    sa.PrimaryKeyConstraint('obligation', name=op.f('pk_deposit'))
    )
    with op.batch_alter_table('deposit', schema=None) as batch_op:
        batch_op.create_index('uq_deposit_live', ['about', 'payer'], unique=True, sqlite_where=sa.text("state IN ('asked', 'forfeit_proposed', 'held', 'pending')"), postgresql_where=sa.text("state IN ('asked', 'forfeit_proposed', 'held', 'pending')"))

    op.create_table('journal',
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('obligation', sa.Text(), nullable=False),
    sa.Column('event', sa.Text(), nullable=False),
    sa.Column('cause', sa.Text(), nullable=False),
    sa.Column('reverses', sa.Text(), nullable=True),
    sa.Column('at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('by', sa.Text(), nullable=True),
    sa.Column('sealed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['obligation'], ['obligation.id'], name=op.f('fk_journal_obligation')),
    sa.ForeignKeyConstraint(['reverses'], ['journal.id'], name=op.f('fk_journal_reverses')),
    sa.PrimaryKeyConstraint('n', name=op.f('pk_journal')),
    sa.UniqueConstraint('event', 'cause', name=op.f('uq_journal_event_cause')),
    sa.UniqueConstraint('id', name=op.f('uq_journal_id')),
    sa.UniqueConstraint('reverses', name=op.f('uq_journal_reverses'))
    )
    with op.batch_alter_table('journal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_journal_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_journal_obligation'), ['obligation'], unique=False)

    op.create_table('payment',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('obligation', sa.Text(), nullable=False),
    sa.Column('gateway', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('from_account', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('claimed_by', sa.Text(), nullable=False),
    sa.Column('claimed_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('seen_by', sa.Text(), nullable=True),
    sa.Column('seen_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('seen_amount', sa.BigInteger(), nullable=True),
    sa.Column('confirmed_by', sa.Text(), nullable=True),
    sa.Column('confirmed_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('taken', sa.BigInteger(), nullable=False),
    sa.Column('refused_by', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('reversed_by', sa.Text(), nullable=True),
    sa.CheckConstraint("claimed_by <> COALESCE(seen_by, '') AND claimed_by <> COALESCE(confirmed_by, '')", name=op.f('ck_payment_payer_confirms_nothing')),
    sa.CheckConstraint("state IN ('claimed', 'confirmed', 'refused', 'reversed')", name=op.f('ck_payment_state')),
    sa.CheckConstraint("state NOT IN ('confirmed', 'reversed') OR (confirmed_by IS NOT NULL AND seen_amount > 0 AND taken BETWEEN 0 AND seen_amount)", name=op.f('ck_payment_confirmed')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_payment_amount')),
    sa.CheckConstraint('confirmed_by IS NULL OR confirmed_by <> seen_by', name=op.f('ck_payment_two_persons')),
    sa.ForeignKeyConstraint(['obligation'], ['obligation.id'], name=op.f('fk_payment_obligation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment'))
    )
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_obligation'), ['obligation'], unique=False)
        batch_op.create_index('ix_payment_state_claimed_at', ['state', 'claimed_at'], unique=False)

    op.create_table('ledger_line',
    sa.Column('n', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('journal', sa.Text(), nullable=False),
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('of', sa.Text(), nullable=False),
    sa.Column('currency', sa.Text(), nullable=False),
    sa.Column('minor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("account IN ('provider_clearing', 'seller_received', 'deposits_held', 'buyer_funds', 'refunds_payable', 'seller_payable', 'broker_payable', 'fee_income', 'fee_expense', 'forfeits_held')", name=op.f('ck_ledger_line_account')),
    sa.CheckConstraint('minor <> 0', name=op.f('ck_ledger_line_minor')),
    sa.ForeignKeyConstraint(['journal'], ['journal.id'], name=op.f('fk_ledger_line_journal')),
    sa.PrimaryKeyConstraint('n', name=op.f('pk_ledger_line'))
    )
    with op.batch_alter_table('ledger_line', schema=None) as batch_op:
        batch_op.create_index('ix_ledger_line_account_of', ['account', 'of'], unique=False)
        batch_op.create_index(batch_op.f('ix_ledger_line_journal'), ['journal'], unique=False)

    op.create_table('payout',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('obligation', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('payment', sa.Text(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('made_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('account', sa.Text(), nullable=True),
    sa.Column('ordered_by', sa.Text(), nullable=True),
    sa.Column('ordered_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('bank_reference', sa.Text(), nullable=False),
    sa.Column('paid_by', sa.Text(), nullable=True),
    sa.Column('paid_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(kind IN ('return', 'overpayment')) = (payment IS NOT NULL)", name=op.f('ck_payout_where_from')),
    sa.CheckConstraint("(state = 'paid') = (paid_by IS NOT NULL)", name=op.f('ck_payout_paid')),
    sa.CheckConstraint("kind IN ('return', 'overpayment', 'settlement', 'forfeit')", name=op.f('ck_payout_kind')),
    sa.CheckConstraint("state IN ('due', 'ordered', 'paid')", name=op.f('ck_payout_state')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_payout_amount')),
    sa.CheckConstraint('paid_by IS NULL OR paid_by <> ordered_by', name=op.f('ck_payout_two_persons')),
    sa.ForeignKeyConstraint(['account'], ['receiving_account.id'], name=op.f('fk_payout_account')),
    sa.ForeignKeyConstraint(['obligation'], ['obligation.id'], name=op.f('fk_payout_obligation')),
    sa.ForeignKeyConstraint(['payment'], ['payment.id'], name=op.f('fk_payout_payment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payout')),
    sa.UniqueConstraint('obligation', 'kind', 'payment', name=op.f('uq_payout_obligation_kind_payment'))
    )
    with op.batch_alter_table('payout', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payout_obligation'), ['obligation'], unique=False)
        batch_op.create_index('ix_payout_state_made_at', ['state', 'made_at'], unique=False)



def _stops(whats: str) -> None:
    with op.batch_alter_table('stop', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_stop_what'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_stop_what'), f"what IN ({whats})")


def downgrade() -> None:
    op.execute("DELETE FROM stop WHERE what = 'payouts'")
    _stops("'deals', 'listings', 'outgoing', 'sessions'")
    with op.batch_alter_table('payout', schema=None) as batch_op:
        batch_op.drop_index('ix_payout_state_made_at')
        batch_op.drop_index(batch_op.f('ix_payout_obligation'))

    op.drop_table('payout')
    with op.batch_alter_table('ledger_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ledger_line_journal'))
        batch_op.drop_index('ix_ledger_line_account_of')

    op.drop_table('ledger_line')
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.drop_index('ix_payment_state_claimed_at')
        batch_op.drop_index(batch_op.f('ix_payment_obligation'))

    op.drop_table('payment')
    with op.batch_alter_table('journal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_journal_obligation'))
        batch_op.drop_index(batch_op.f('ix_journal_at'))

    op.drop_table('journal')
    with op.batch_alter_table('deposit', schema=None) as batch_op:
        batch_op.drop_index('uq_deposit_live', sqlite_where=sa.text("state IN ('asked', 'forfeit_proposed', 'held', 'pending')"), postgresql_where=sa.text("state IN ('asked', 'forfeit_proposed', 'held', 'pending')"))

    op.drop_table('deposit')
    with op.batch_alter_table('obligation', schema=None) as batch_op:
        batch_op.drop_index('ix_obligation_state_due_on')
        batch_op.drop_index(batch_op.f('ix_obligation_payer_person'))
        batch_op.drop_index(batch_op.f('ix_obligation_payer_org'))
        batch_op.drop_index(batch_op.f('ix_obligation_payee_org'))
        batch_op.drop_index(batch_op.f('ix_obligation_about'))

    op.drop_table('obligation')
    with op.batch_alter_table('receiving_account', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_receiving_account_owner_org'))

    op.drop_table('receiving_account')
