"""`flask db upgrade|downgrade|current`."""

from __future__ import annotations

import click

from migrations import running
from webapp.runtime import the_market


@click.group("db")
def group() -> None:
    """The schema: bring it up to this version, or take it down."""


@group.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Up to REVISION (the newest when absent)."""
    running.upgrade(the_market().database, revision)
    click.echo(f"The schema is at {running.current(the_market().database)}.")


@group.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Down to REVISION; rows of tables that do not exist there are lost."""
    running.downgrade(the_market().database, revision)
    click.echo(f"The schema is at {running.current(the_market().database)}.")


@group.command("current")
def current() -> None:
    """Which revision the database is at, and which this version wants."""
    click.echo(f"at {running.current(the_market().database)}, wanted {running.head()}")
