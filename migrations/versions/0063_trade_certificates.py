"""trade certificates

Revision: 0063, after 0062
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0063'
down_revision = '0062'


def upgrade() -> None:
    op.create_table(
        "trade_certificate",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("shown", columns.Json(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('issued', 'withdrawn')", name=op.f("ck_trade_certificate_state")
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_on IS NOT NULL)",
            name=op.f("ck_trade_certificate_withdrawn"),
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR reason <> ''", name=op.f("ck_trade_certificate_reason")
        ),
        sa.ForeignKeyConstraint(
            ["contract"], ["contract.id"], name=op.f("fk_trade_certificate_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_trade_certificate_number")),
    )
    with op.batch_alter_table("trade_certificate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_trade_certificate_contract"), ["contract"], unique=False
        )
        batch_op.create_index(
            "uq_trade_certificate_holds",
            ["contract"],
            unique=True,
            sqlite_where=sa.text("state = 'issued'"),
            postgresql_where=sa.text("state = 'issued'"),
        )


def downgrade() -> None:
    op.drop_table("trade_certificate")
