"""Commands: `flask --app wsgi …`. Each calls the same use cases as the pages."""

from __future__ import annotations

from flask import Flask

from webapp.cli import (
    audit,
    database,
    deals,
    doctor,
    importing,
    ledger,
    mail,
    operator,
    search,
    serve,
)


def install(app: Flask) -> None:
    """Adds the groups; `flask --app wsgi --help` lists them."""
    commands = (
        audit.group,
        database.group,
        search.group,
        deals.group,
        doctor.command,
        importing.command,
        ledger.group,
        mail.group,
        operator.group,
        serve.command,
        serve.worker,
    )
    for command in commands:
        app.cli.add_command(command)
