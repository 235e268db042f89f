"""`flask audit verify`, `flask audit checkpoint`."""

from __future__ import annotations

import sys

import click

from core import audit
from webapp.runtime import the_market


@click.group("audit")
def group() -> None:
    """The audit chain: verify it, sign checkpoints."""


@group.command("verify")
@click.option("--key", default="", help="The market's public key; its own is used when absent.")
def verify(key: str) -> None:
    """Finds any edit, deletion or reorder, and truncation before the last signed checkpoint."""
    market = the_market()
    trusted = key or audit.public_key(audit.signing_key(market.settings.secret().encode()))
    seen = audit.verify(market.database, market.settings.checkpoints, trusted)
    for fault in seen.faults:
        click.echo(f"FAULT  {fault}")
    click.echo(
        f"{seen.streams} streams, {seen.entries} entries, {seen.checkpoints} checkpoints "
        f"covering entries up to {seen.covered}: {'sound' if seen.sound else 'NOT sound'}."
    )
    click.echo("A tail cut off after the last checkpoint cannot be found by this command.")
    sys.exit(0 if seen.sound else 1)


@group.command("checkpoint")
def checkpoint() -> None:
    """Signs what was recorded since the last checkpoint, into a file outside the database."""
    market = the_market()
    made = audit.write_checkpoint(
        market.database, market.settings.checkpoints, market.settings.secret().encode()
    )
    if made is None:
        click.echo("Nothing new: the last minute's entries wait for the next checkpoint.")
        return
    click.echo(f"Signed entries up to {made['upto']} ({made['entries']} new), root {made['root']}.")
