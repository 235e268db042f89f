"""`flask mail bounce` and `flask mail bounced`."""

from __future__ import annotations

import os
import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from accounts.contacts import read_contact
from core.actor import SYSTEM
from core.errors import Busy
from notifications.actions.tell_refusal import tell_refusal
from notifications.bouncing import BOUNCES_AFTER, note_refusal
from notifications.reports import LARGEST
from notifications.returns import Returns
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
    market = the_market()
    with market.database.write() as session:
        now = market.database.now(session)
        rests = note_refusal(session, found.value, now, BOUNCES_AFTER)
        session.commit()
    if rests:
        market.executor.run(SYSTEM, tell_refusal, found.value)
    click.echo(f"{found.value} gets codes and invitations only, until its owner asks to try again.")


@group.command("bounced")
@click.option(
    "--to",
    default="",
    envvar="ORIGINAL_RECIPIENT",
    help="The address it was delivered to, where the mail server says so (Postfix does).",
)
def bounced(to: str) -> None:
    """Reads one message that came to QIAOYI_RETURN_ADDRESS from standard input.

    For a pipe of the mail server. It always says that the message was taken, so that no bounce of
    a bounce is made; only where the database does not answer it asks to be tried again (75).
    """
    market = the_market()
    if not market.settings.return_address:
        click.echo("Set QIAOYI_RETURN_ADDRESS first: letters name themselves by it.", err=True)
        sys.exit(os.EX_CONFIG)
    raw = click.get_binary_stream("stdin").read(LARGEST + 1)
    try:
        outcome = Returns(market.executor, market.settings.return_address).take(raw, to)
    except (SQLAlchemyError, Busy):
        click.echo("The database does not answer: try again later.", err=True)
        sys.exit(os.EX_TEMPFAIL)
    click.echo(_SAID[outcome])


_SAID = {
    "refused": "A letter was refused for good: counted.",
    "gave_up": "A letter was given up by its server: counted.",
    "complained": "A letter was reported as unwanted: its kind is mailed no more.",
    "again": "This letter was written down before: nothing changed.",
    "waits": "The letter is late and still tried: nothing changed.",
    "nothing": "The message says nothing of a delivery: nothing changed.",
    "unknown": "The message names no letter of this market: nothing changed.",
}
