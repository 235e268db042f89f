"""The institution decides first: its steps, those of each agreed price, and requests for seals.

Revision: 0035, after 0033
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0035'
down_revision = '0033'


def upgrade() -> None:
    op.create_table('decision_rule',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('person', sa.Text(), nullable=True),
    sa.Column('days', sa.Integer(), nullable=True),
    sa.Column('modes', columns.Json(), nullable=False),
    sa.Column('ways', columns.Json(), nullable=False),
    sa.Column('assets', columns.Json(), nullable=False),
    sa.Column('least_minor', sa.BigInteger(), nullable=True),
    sa.Column('currency', sa.Text(), nullable=True),
    sa.Column('related_only', sa.Boolean(), nullable=False),
    sa.Column('made_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Text(), nullable=True),
    sa.Column('ended_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.Text(), nullable=True),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.CheckConstraint("kind = 'person' OR person IS NULL", name=op.f('ck_decision_rule_person')),
    sa.CheckConstraint("kind IN ('person', 'meeting', 'contributors', 'co_owners')", name=op.f('ck_decision_rule_kind')),
    sa.CheckConstraint('(least_minor IS NULL) = (currency IS NULL)', name=op.f('ck_decision_rule_least')),
    sa.CheckConstraint('days > 0', name=op.f('ck_decision_rule_days')),
    sa.CheckConstraint('least_minor > 0', name=op.f('ck_decision_rule_least_minor')),
    sa.CheckConstraint('position > 0', name=op.f('ck_decision_rule_position')),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_decision_rule_organisation'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_decision_rule_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_rule'))
    )
    with op.batch_alter_table('decision_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_rule_organisation'), ['organisation'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_rule_person'), ['person'], unique=False)

    op.create_table('decision_step',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('deal', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('person', sa.Text(), nullable=True),
    sa.Column('party', sa.Text(), nullable=True),
    sa.Column('asked_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('days', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('decided_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Text(), nullable=True),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=True),
    sa.Column('file', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f('ck_decision_step_decided')),
    sa.CheckConstraint("kind IN ('person', 'meeting', 'contributors', 'co_owners')", name=op.f('ck_decision_step_kind')),
    sa.CheckConstraint("state <> 'passed' OR kind = 'person' OR sha256 IS NOT NULL OR decided_by = party", name=op.f('ck_decision_step_evidence')),
    sa.CheckConstraint("state IN ('waiting', 'passed', 'refused')", name=op.f('ck_decision_step_state')),
    sa.ForeignKeyConstraint(['deal'], ['deal.id'], name=op.f('fk_decision_step_deal')),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_decision_step_organisation')),
    sa.ForeignKeyConstraint(['party'], ['person.id'], name=op.f('fk_decision_step_party')),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_decision_step_person')),
    sa.ForeignKeyConstraint(['rule'], ['decision_rule.id'], name=op.f('fk_decision_step_rule')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_step')),
    sa.UniqueConstraint('deal', 'version', 'n', 'turn', name=op.f('uq_decision_step_deal_version_n_turn'))
    )
    with op.batch_alter_table('decision_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_step_deal'), ['deal'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_step_organisation'), ['organisation'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_step_party'), ['party'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_step_person'), ['person'], unique=False)

    op.create_table('seal_request',
    sa.Column('contract', sa.Text(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('seal', sa.Text(), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('by', sa.Text(), nullable=True),
    sa.Column('at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("seal IN ('contract', 'official', 'legal_representative')", name=op.f('ck_seal_request_seal')),
    sa.CheckConstraint('copies > 0', name=op.f('ck_seal_request_copies')),
    sa.ForeignKeyConstraint(['contract'], ['contract.id'], name=op.f('fk_seal_request_contract')),
    sa.PrimaryKeyConstraint('contract', 'n', name=op.f('pk_seal_request'))
    )


def downgrade() -> None:
    op.drop_table('seal_request')
    op.drop_table('decision_step')
    op.drop_table('decision_rule')
