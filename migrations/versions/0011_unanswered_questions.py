"""unanswered questions

Revision: 0011, after 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    op.create_table('unanswered_question',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count > 0', name=op.f('ck_unanswered_question_count')),
    sa.PrimaryKeyConstraint('day', 'text', name=op.f('pk_unanswered_question'))
    )


def downgrade() -> None:
    op.drop_table('unanswered_question')
