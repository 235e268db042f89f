"""Commands: `flask --app wsgi …`. Each calls the same use cases as the pages."""

from __future__ import annotations

from flask import Flask

from webapp.cli import audit, database, doctor, serve


def install(app: Flask) -> None:
    """Adds the groups; `flask --app wsgi --help` lists them."""
    for command in (audit.group, database.group, doctor.command, serve.command, serve.worker):
        app.cli.add_command(command)
