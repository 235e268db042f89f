"""`flask ledger verify`."""

from __future__ import annotations

import sys

import click

from billing import verifying
from core.money import Money
from webapp.runtime import the_market


@click.group("ledger")
def group() -> None:
    """The ledger: verify it."""


@group.command("verify")
def verify() -> None:
    """Says whether every journal balances and none was edited, and the balance of each account."""
    with the_market().database.read() as session:
        found = verifying.verify(session)
    for fault in found.faults:
        click.echo(f"FAULT  {fault}")
    for (account, currency), minor in found.balances.items():
        click.echo(f"{account:<20} {Money(minor, currency)}")
    click.echo(f"{found.journals} journals: {'sound' if found.sound else 'NOT sound'}.")
    click.echo("That the audit chain itself is whole, `audit verify` says.")
    sys.exit(0 if found.sound else 1)
