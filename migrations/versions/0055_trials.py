"""a deal may take up the trial of another

Revision: 0055, after 0052
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0055'
down_revision = '0052'


def upgrade() -> None:
    with op.batch_alter_table('deal') as batch:
        batch.add_column(sa.Column('follows', sa.Text(), nullable=True))
        batch.create_foreign_key(op.f('fk_deal_follows'), 'deal', ['follows'], ['id'])
        batch.create_unique_constraint(op.f('uq_deal_follows'), ['follows'])


def downgrade() -> None:
    with op.batch_alter_table('deal') as batch:
        batch.drop_constraint(op.f('uq_deal_follows'), type_='unique')
        batch.drop_constraint(op.f('fk_deal_follows'), type_='foreignkey')
        batch.drop_column('follows')
