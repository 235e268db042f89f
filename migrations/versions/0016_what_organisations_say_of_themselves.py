"""What organisations say of themselves

Revision: 0016, after 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0016'
down_revision = '0015'


def upgrade() -> None:
    op.create_table('organisation_profile',
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('intros', columns.Json(), nullable=False),
    sa.Column('fields', columns.Json(), nullable=False),
    sa.Column('ror', sa.Text(), nullable=True),
    sa.Column('logo', sa.Text(), nullable=True),
    sa.Column('edited_at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_organisation_profile_organisation'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('organisation', name=op.f('pk_organisation_profile'))
    )


def downgrade() -> None:
    op.drop_table('organisation_profile')
