"""Alembic's entry: the connection comes from `migrations.running`, never from an ini file."""

from __future__ import annotations

from alembic import context

import bootstrap

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=bootstrap.metadata(),
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
    user_module_prefix="columns.",
)
context.run_migrations()
