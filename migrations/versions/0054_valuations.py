"""valuations

Revision: 0054, after 0051
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0054'
down_revision = '0051'


def upgrade() -> None:
    op.create_table(
        "valuation",
        sa.Column(
            "n",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("methods", columns.Json(), nullable=False),
        sa.Column("one_method", sa.Text(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("valued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("appraisers", columns.Json(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.CheckConstraint("minor > 0", name=op.f("ck_valuation_minor")),
        sa.CheckConstraint("valid_until >= valued_on", name=op.f("ck_valuation_period")),
        sa.CheckConstraint(
            "provider = '' OR sha256 IS NOT NULL", name=op.f("ck_valuation_report")
        ),
        sa.CheckConstraint("(sha256 IS NULL) = (size IS NULL)", name=op.f("ck_valuation_file")),
        sa.ForeignKeyConstraint(["asset"], ["asset.id"], name=op.f("fk_valuation_asset")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_valuation")),
    )
    with op.batch_alter_table("valuation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_valuation_asset"), ["asset"], unique=False)
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("valuation", sa.BigInteger(), nullable=True))
        batch_op.add_column(
            sa.Column("price_reason", sa.Text(), nullable=False, server_default="")
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_posting_valuation"), "valuation", ["valuation"], ["n"]
        )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.alter_column("price_reason", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_posting_valuation"), type_="foreignkey")
        batch_op.drop_column("price_reason")
        batch_op.drop_column("valuation")
    op.drop_table("valuation")
