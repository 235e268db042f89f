"""numbers of results

Revision: 0061, after 0060
"""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from core import columns

revision = '0061'
down_revision = '0060'

_LISTING = sa.table(
    "listing",
    sa.column("id", sa.Text()),
    sa.column("number", sa.Text()),
    sa.column("published_at", columns.UtcDateTime(timezone=True)),
)


def upgrade() -> None:
    """What was published gets the number that the shipped rule gives, by the day in UTC; the index
    hears of it."""
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', sa.Text(), nullable=True))
    _number()
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f('uq_listing_number'), ['number'])


def downgrade() -> None:
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_listing_number'), type_='unique')
        batch_op.drop_column('number')


def _number() -> None:
    published = sa.select(_LISTING.c.id, _LISTING.c.published_at).where(
        _LISTING.c.published_at.is_not(None)
    )
    given: dict[str, str] = {}
    for id, at in op.get_bind().execute(published.order_by(_LISTING.c.id)).all():
        number = f"{at:%Y%m%d}-{id[:8].upper()}"
        while number in given:  # among many results of one day, two begin alike
            number = f"{at:%Y%m%d}-{uuid4().hex[:8].upper()}"
        given[number] = id
    if not given:
        return
    one = _LISTING.update().where(_LISTING.c.id == sa.bindparam("of"))
    op.get_bind().execute(
        one.values(number=sa.bindparam("said")),
        [{"of": id, "said": number} for number, id in given.items()],
    )
    op.execute("UPDATE index_state SET wanted = wanted + 1 WHERE kind = 'listing'")
