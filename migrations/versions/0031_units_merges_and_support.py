"""units merges and support

Revision: 0031, after 0030
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0031'
down_revision = '0030'


def upgrade() -> None:
    op.create_table('support_grant',
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('code_hash', sa.Text(), nullable=False),
    sa.Column('made_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('code_until', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('operator', sa.Text(), nullable=True),
    sa.Column('begun_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('until', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.Text(), nullable=True),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(operator IS NULL) = (begun_at IS NULL)', name=op.f('ck_support_grant_begun')),
    sa.CheckConstraint('(operator IS NULL) = (until IS NULL)', name=op.f('ck_support_grant_bounded')),
    sa.CheckConstraint('operator IS NULL OR operator <> person', name=op.f('ck_support_grant_two_persons')),
    sa.ForeignKeyConstraint(['operator'], ['person.id'], name=op.f('fk_support_grant_operator')),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_support_grant_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_grant')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_support_grant_code_hash'))
    )
    with op.batch_alter_table('support_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_support_grant_operator'), ['operator'], unique=False)
        batch_op.create_index(batch_op.f('ix_support_grant_person'), ['person'], unique=False)
        batch_op.create_index('ix_support_grant_until', ['until'], unique=False)

    op.create_table('organisation_merge',
    sa.Column('absorbed', sa.Text(), nullable=False),
    sa.Column('survivor', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('proposed_by', sa.Text(), nullable=True),
    sa.Column('proposed_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.Text(), nullable=True),
    sa.Column('decided_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name=op.f('ck_organisation_merge_decided')),
    sa.CheckConstraint("state <> 'approved' OR decided_by IS NOT NULL", name=op.f('ck_organisation_merge_approved')),
    sa.CheckConstraint("state IN ('proposed', 'approved', 'refused', 'withdrawn')", name=op.f('ck_organisation_merge_state')),
    sa.CheckConstraint('absorbed <> survivor', name=op.f('ck_organisation_merge_two_sides')),
    sa.CheckConstraint('decided_by IS NULL OR decided_by <> proposed_by', name=op.f('ck_organisation_merge_two_persons')),
    sa.ForeignKeyConstraint(['absorbed'], ['organisation.id'], name=op.f('fk_organisation_merge_absorbed')),
    sa.ForeignKeyConstraint(['survivor'], ['organisation.id'], name=op.f('fk_organisation_merge_survivor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation_merge'))
    )
    with op.batch_alter_table('organisation_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_merge_absorbed'), ['absorbed'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_merge_survivor'), ['survivor'], unique=False)
        batch_op.create_index('uq_organisation_merge_waiting', ['absorbed'], unique=True, sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"))

    op.create_table('unit',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('made_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('closed_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('department', 'branch')", name=op.f('ck_unit_kind')),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_unit_organisation'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit'))
    )
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_organisation'), ['organisation'], unique=False)
        batch_op.create_index('uq_unit_running', ['organisation', 'name'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.add_column(sa.Column('unit', sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f('ix_listing_unit'), ['unit'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_listing_unit'), 'unit', ['unit'], ['id'])

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.add_column(sa.Column('unit', sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f('ix_membership_unit'), ['unit'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_membership_unit'), 'unit', ['unit'], ['id'], initially='DEFERRED', deferrable=True)

    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('merged_into', sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f('ix_organisation_merged_into'), ['merged_into'], unique=False)
        batch_op.drop_constraint(batch_op.f('ck_organisation_state'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_organisation_state'), "state IN ('applied', 'vetted', 'refused', 'suspended', 'merged')")
        batch_op.create_check_constraint(batch_op.f('ck_organisation_merged'), "(state = 'merged') = (merged_into IS NOT NULL)")
        batch_op.create_foreign_key(batch_op.f('fk_organisation_merged_into'), 'organisation', ['merged_into'], ['id'], initially='DEFERRED', deferrable=True)



def downgrade() -> None:
    op.execute("UPDATE organisation SET state = 'refused', merged_into = NULL WHERE state = 'merged'")
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_organisation_merged'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_organisation_state'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_organisation_state'), "state IN ('applied', 'vetted', 'refused', 'suspended')")
        batch_op.drop_constraint(batch_op.f('fk_organisation_merged_into'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_organisation_merged_into'))
        batch_op.drop_column('merged_into')

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_membership_unit'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_membership_unit'))
        batch_op.drop_column('unit')

    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_listing_unit'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_listing_unit'))
        batch_op.drop_column('unit')

    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_index('uq_unit_running', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_unit_organisation'))

    op.drop_table('unit')
    with op.batch_alter_table('organisation_merge', schema=None) as batch_op:
        batch_op.drop_index('uq_organisation_merge_waiting', sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"))
        batch_op.drop_index(batch_op.f('ix_organisation_merge_survivor'))
        batch_op.drop_index(batch_op.f('ix_organisation_merge_absorbed'))

    op.drop_table('organisation_merge')
    with op.batch_alter_table('support_grant', schema=None) as batch_op:
        batch_op.drop_index('ix_support_grant_until')
        batch_op.drop_index(batch_op.f('ix_support_grant_person'))
        batch_op.drop_index(batch_op.f('ix_support_grant_operator'))

    op.drop_table('support_grant')
