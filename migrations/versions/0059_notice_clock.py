"""the period of a notice begins with its proof

Revision: 0059, after 0057
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0059'
down_revision = '0057'

_DAYS = "(first_day IS NULL) = (last_day IS NULL) AND (first_day IS NULL) = (ends_at IS NULL)"
_NOTICE = sa.table(
    "public_notice",
    sa.column("id", sa.Text()),
    sa.column("days", sa.Integer()),
    sa.column("begins_at", columns.UtcDateTime(timezone=True)),
    sa.column("first_day", sa.Date()),
    sa.column("last_day", sa.Date()),
    sa.column("ends_at", columns.UtcDateTime(timezone=True)),
)


def upgrade() -> None:
    with op.batch_alter_table('public_notice', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('asks_proof', sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column('shown_until', sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column('reminded_at', columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.alter_column('first_day', existing_type=sa.Date(), nullable=True)
        batch_op.alter_column('last_day', existing_type=sa.Date(), nullable=True)
        batch_op.alter_column(
            'ends_at', existing_type=columns.UtcDateTime(timezone=True), nullable=True
        )
        batch_op.create_check_constraint(batch_op.f('ck_public_notice_days'), _DAYS)
        batch_op.create_check_constraint(
            batch_op.f('ck_public_notice_begun'), 'asks_proof OR first_day IS NOT NULL'
        )
    with op.batch_alter_table('public_notice', schema=None) as batch_op:
        batch_op.alter_column('asks_proof', server_default=None)


def downgrade() -> None:
    """A notice whose period has not begun gets the days that it would have had from its
    publication: the schema before knew no other."""
    _begin()
    with op.batch_alter_table('public_notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_public_notice_begun'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_public_notice_days'), type_='check')
        batch_op.alter_column(
            'ends_at', existing_type=columns.UtcDateTime(timezone=True), nullable=False
        )
        batch_op.alter_column('last_day', existing_type=sa.Date(), nullable=False)
        batch_op.alter_column('first_day', existing_type=sa.Date(), nullable=False)
        batch_op.drop_column('reminded_at')
        batch_op.drop_column('shown_until')
        batch_op.drop_column('asks_proof')


def _begin() -> None:
    waiting = sa.select(_NOTICE.c.id, _NOTICE.c.days, _NOTICE.c.begins_at).where(
        _NOTICE.c.first_day.is_(None)
    )
    for id, days, begins in op.get_bind().execute(waiting).all():
        ends = begins + timedelta(days=days + 1)
        op.execute(
            _NOTICE.update()
            .where(_NOTICE.c.id == id)
            .values(
                first_day=begins.date(),
                last_day=begins.date() + timedelta(days=days),
                ends_at=ends,
            )
        )
