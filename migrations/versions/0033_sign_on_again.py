"""A journey to a provider may be to show again who one is.

Revision: 0033, after 0032
"""

from __future__ import annotations

from alembic import op

revision = '0033'
down_revision = '0032'


def upgrade() -> None:
    with op.batch_alter_table('sign_on', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_sign_on_purpose'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_sign_on_purpose'), "purpose IN ('enter', 'link', 'again')")


def downgrade() -> None:
    op.execute("DELETE FROM sign_on WHERE purpose = 'again'")
    with op.batch_alter_table('sign_on', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_sign_on_purpose'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_sign_on_purpose'), "purpose IN ('enter', 'link')")
