"""Commands: `flask --app wsgi …`. Each calls the same use cases as the pages."""

from __future__ import annotations

from flask import Flask

from webapp.cli import audit, database, doctor, importing, search, serve


def install(app: Flask) -> None:
    """Adds the groups; `flask --app wsgi --help` lists them."""
    commands = (
        audit.group,
        database.group,
        search.group,
        doctor.command,
        importing.command,
        serve.command,
        serve.worker,
    )
    for command in commands:
        app.cli.add_command(command)
