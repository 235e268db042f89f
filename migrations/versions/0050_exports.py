"""exports

Revision: 0050, after 0041
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0050'
down_revision = '0041'


def upgrade() -> None:
    op.create_table('export_statement',
    sa.Column('asset', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('free', 'restricted', 'prohibited')", name=op.f('ck_export_statement_kind')),
    sa.ForeignKeyConstraint(['asset'], ['asset.id'], name=op.f('fk_export_statement_asset')),
    sa.PrimaryKeyConstraint('asset', name=op.f('pk_export_statement'))
    )
    op.create_table('export_paper',
    sa.Column('deal', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('at', columns.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('intent', 'licence')", name=op.f('ck_export_paper_kind')),
    sa.ForeignKeyConstraint(['deal'], ['deal.id'], name=op.f('fk_export_paper_deal')),
    sa.PrimaryKeyConstraint('deal', 'kind', name=op.f('pk_export_paper'))
    )


def downgrade() -> None:
    op.drop_table('export_paper')
    op.drop_table('export_statement')
