"""`flask mail bounce`."""

from __future__ import annotations

import sys

import click

from accounts.contacts import read_contact
from notifications.bouncing import BOUNCES_AFTER, note_refusal
from webapp.runtime import the_market


@click.group("mail")
def group() -> None:
    """Letters of the market."""


@group.command("bounce")
@click.argument("address")
def bounce(address: str) -> None:
    """Marks an address as refusing letters, as a bounce in the operator's mailbox says."""
    found = read_contact(address)
    if found is None or found.kind != "mail":
        click.echo(f"{address} is no mail address.", err=True)
        sys.exit(2)
    database = the_market().database
    with database.write() as session:
        note_refusal(session, found.value, database.now(session), BOUNCES_AFTER)
        session.commit()
    click.echo(f"{found.value} gets codes and invitations only, until its owner asks to try again.")
