"""People have a copy of their data and are forgotten.

Revision: 0007, after 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    op.create_table('person_export',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('asked_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('expires_at', columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('sha256', sa.Text(), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('person', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_person_export_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_export'))
    )
    with op.batch_alter_table('person_export', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_export_person'), ['person'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('erase_after', columns.UtcDateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_person_state'), type_='check')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f('ck_person_state'), "state IN ('unproven', 'active', 'lapsed', 'erased')"
        )



def downgrade() -> None:
    op.execute("UPDATE person SET state = 'lapsed' WHERE state = 'erased'")
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_person_state'), type_='check')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('erase_after')
        batch_op.create_check_constraint(
            batch_op.f('ck_person_state'), "state IN ('unproven', 'active', 'lapsed')"
        )

    with op.batch_alter_table('person_export', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_export_person'))

    op.drop_table('person_export')
