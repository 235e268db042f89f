"""offers keep the valuation on file and why their price lies far below it

Revision: 0062, after 0061
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0062'
down_revision = '0061'


def upgrade() -> None:
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("valuation", sa.BigInteger(), nullable=True))
        batch_op.add_column(
            sa.Column("price_reason", sa.Text(), nullable=False, server_default="")
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_offer_valuation"), "valuation", ["valuation"], ["n"]
        )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.alter_column("price_reason", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_offer_valuation"), type_="foreignkey")
        batch_op.drop_column("price_reason")
        batch_op.drop_column("valuation")
