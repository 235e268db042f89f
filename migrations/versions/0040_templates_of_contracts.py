"""templates of contracts

Revision: 0040, after 0036
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0040'
down_revision = '0036'


def upgrade() -> None:
    op.create_table(
        "contract_template",
        sa.Column("owner_org", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("retired_by", sa.Text(), nullable=True),
        sa.Column("retired_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "edition IN ('zh', 'en', 'both')", name=op.f("ck_contract_template_edition")
        ),
        sa.CheckConstraint(
            "(retired_by IS NULL) = (retired_at IS NULL)", name=op.f("ck_contract_template_retired")
        ),
        sa.ForeignKeyConstraint(
            ["owner_org"], ["organisation.id"], name=op.f("fk_contract_template_owner_org")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_template")),
    )
    with op.batch_alter_table("contract_template", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_template_owner_org"), ["owner_org"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("contract_template", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_template_owner_org"))
    op.drop_table("contract_template")
