"""where a buyer without an organisation sits; the registration of an export contract

Revision: 0064, after 0065
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0064'
down_revision = '0065'

_PAPER = "ck_export_paper_kind"


def upgrade() -> None:
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("buyer_country", sa.Text(), nullable=True))
    with op.batch_alter_table("export_paper", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(_PAPER), type_="check")
        batch_op.create_check_constraint(
            batch_op.f(_PAPER), "kind IN ('intent', 'licence', 'registration')"
        )


def downgrade() -> None:
    op.execute("DELETE FROM export_paper WHERE kind = 'registration'")
    with op.batch_alter_table("export_paper", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(_PAPER), type_="check")
        batch_op.create_check_constraint(batch_op.f(_PAPER), "kind IN ('intent', 'licence')")
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_column("buyer_country")
