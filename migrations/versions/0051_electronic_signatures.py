"""electronic signatures

Revision: 0051, after 0055
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0051'
down_revision = '0055'


def upgrade() -> None:
    op.add_column(
        "login_session", sa.Column("proven_factor", sa.Text(), nullable=False, server_default="")
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.alter_column("proven_factor", server_default=None)
    op.create_table(
        "contract_document",
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract"], ["contract.id"], name=op.f("fk_contract_document_contract")
        ),
        sa.PrimaryKeyConstraint("contract", "digest", name=op.f("pk_contract_document")),
    )
    op.create_table(
        "contract_signature",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("factor", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("signed_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("evidence_size", sa.BigInteger(), nullable=True),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.CheckConstraint("side IN ('seller', 'buyer')", name=op.f("ck_contract_signature_side")),
        sa.CheckConstraint(
            "authority IN ('legal_representative', 'authorised')",
            name=op.f("ck_contract_signature_authority"),
        ),
        sa.CheckConstraint(
            "factor IN ('app', 'recovery', 'passkey')", name=op.f("ck_contract_signature_factor")
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'signed', 'declined', 'taken_back', 'set_aside')",
            name=op.f("ck_contract_signature_state"),
        ),
        sa.CheckConstraint(
            "state <> 'signed' OR (signed_at IS NOT NULL AND evidence IS NOT NULL)",
            name=op.f("ck_contract_signature_signed"),
        ),
        sa.CheckConstraint(
            "(evidence IS NULL) = (evidence_size IS NULL)",
            name=op.f("ck_contract_signature_evidence"),
        ),
        sa.ForeignKeyConstraint(
            ["contract"], ["contract.id"], name=op.f("fk_contract_signature_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_signature")),
    )
    with op.batch_alter_table("contract_signature", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_signature_contract"), ["contract"], unique=False
        )
        batch_op.create_index(
            "uq_contract_signature_live",
            ["contract", "side"],
            unique=True,
            sqlite_where=sa.text("state IN ('asked', 'signed')"),
            postgresql_where=sa.text("state IN ('asked', 'signed')"),
        )


def downgrade() -> None:
    op.drop_table("contract_signature")
    op.drop_table("contract_document")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_column("proven_factor")
