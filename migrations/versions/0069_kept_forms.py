"""kept forms

Revision: 0069, after 0064
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = "0069"
down_revision = "0064"


def upgrade() -> None:
    op.create_table(
        "kept_form",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("fields", columns.Json(), nullable=False),
        sa.Column("made_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"],
            ["person.id"],
            name=op.f("fk_kept_form_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_form")),
    )
    with op.batch_alter_table("kept_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_form_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_kept_form_person"), ["person"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("kept_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_form_person"))
        batch_op.drop_index(batch_op.f("ix_kept_form_expires_at"))
    op.drop_table("kept_form")
