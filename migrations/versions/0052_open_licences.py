"""open licences

Revision: 0052, after 0050
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0052'
down_revision = '0050'


def upgrade() -> None:
    op.create_table('open_licence',
    sa.Column('posting', sa.Text(), nullable=False),
    sa.Column('patent', sa.Text(), nullable=False),
    sa.Column('report', sa.Text(), nullable=False),
    sa.Column('fee_reason', sa.Text(), nullable=False),
    sa.Column('announced_no', sa.Text(), nullable=True),
    sa.Column('announced_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_no', sa.Text(), nullable=True),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.CheckConstraint('(announced_on IS NULL) = (announced_no IS NULL)', name=op.f('ck_open_licence_announced')),
    sa.CheckConstraint('(withdrawn_on IS NULL) = (withdrawn_no IS NULL)', name=op.f('ck_open_licence_withdrawn')),
    sa.CheckConstraint('withdrawn_on IS NULL OR withdrawn_on >= announced_on', name=op.f('ck_open_licence_period')),
    sa.ForeignKeyConstraint(['posting'], ['posting.id'], name=op.f('fk_open_licence_posting')),
    sa.PrimaryKeyConstraint('posting', name=op.f('pk_open_licence'))
    )


def downgrade() -> None:
    op.drop_table('open_licence')
