"""proposals to needs

Revision: 0075, after 0070
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = "0075"
down_revision = "0070"


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("owner_org", sa.Text(), nullable=False),
        sa.Column("need_title", sa.Text(), nullable=False),
        sa.Column("proposer_org", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("listing", sa.Text(), nullable=True),
        sa.Column("sent_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("inquiry", sa.Text(), nullable=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waits', 'taken', 'declined', 'withdrawn')",
            name=op.f("ck_proposal_state"),
        ),
        sa.CheckConstraint(
            "(state = 'waits') = (ended_at IS NULL)", name=op.f("ck_proposal_ended")
        ),
        sa.CheckConstraint(
            "(state = 'declined') = (reason IS NOT NULL)", name=op.f("ck_proposal_reason")
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_proposal_{column}"))
            for column, table in (
                ("need", "need"),
                ("owner_org", "organisation"),
                ("proposer_org", "organisation"),
                ("person", "person"),
                ("listing", "listing"),
                ("inquiry", "inquiry"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        for column in ("need", "person", "listing"):
            batch_op.create_index(batch_op.f(f"ix_proposal_{column}"), [column], unique=False)
        for side in ("owner_org", "proposer_org"):
            batch_op.create_index(
                f"ix_proposal_{side}_sent_at", [side, "sent_at"], unique=False
            )


def downgrade() -> None:
    op.drop_table("proposal")
