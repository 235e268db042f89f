"""Series of numbers, numbers of deals and notices, wordings of letters.

Revision: 0032, after 0028
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0028'


def upgrade() -> None:
    op.create_table('series',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series'))
    )
    with op.batch_alter_table('deal', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', sa.Text(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_deal_number'), ['number'])

    with op.batch_alter_table('public_notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', sa.Text(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_public_notice_number'), ['number'])

    with op.batch_alter_table('amendment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_amendment_kind'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_amendment_takes_effect'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_amendment_kind'), "kind IN ('profile', 'holidays', 'wording')")
        batch_op.create_check_constraint(batch_op.f('ck_amendment_takes_effect'), "(kind = 'holidays') = (takes_effect IS NULL)")


def downgrade() -> None:
    op.execute("DELETE FROM amendment WHERE kind = 'wording'")
    with op.batch_alter_table('amendment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_amendment_kind'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_amendment_takes_effect'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_amendment_kind'), "kind IN ('profile', 'holidays')")
        batch_op.create_check_constraint(batch_op.f('ck_amendment_takes_effect'), "(kind = 'profile') = (takes_effect IS NOT NULL)")

    with op.batch_alter_table('public_notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_public_notice_number'), type_='unique')
        batch_op.drop_column('number')

    with op.batch_alter_table('deal', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_deal_number'), type_='unique')
        batch_op.drop_column('number')

    op.drop_table('series')
