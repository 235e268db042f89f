"""notices in the owner's unit

Revision: 0041, after 0040
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0041'
down_revision = '0040'


def upgrade() -> None:
    op.create_table(
        "notice_posting",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("shows", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.CheckConstraint("shows IN ('first', 'last')", name=op.f("ck_notice_posting_shows")),
        sa.CheckConstraint("place IN ('site', 'board')", name=op.f("ck_notice_posting_place")),
        sa.CheckConstraint("place = 'board' OR url <> ''", name=op.f("ck_notice_posting_url")),
        sa.ForeignKeyConstraint(
            ["notice"], ["public_notice.id"], name=op.f("fk_notice_posting_notice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_posting")),
    )
    with op.batch_alter_table("notice_posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_posting_notice"), ["notice"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("notice_posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_posting_notice"))
    op.drop_table("notice_posting")
