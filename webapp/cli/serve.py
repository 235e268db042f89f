"""`flask serve` opens the market on this machine; `flask worker` drains its queues elsewhere."""

from __future__ import annotations

import signal
import threading

import click

from webapp import opening, serving
from webapp.runtime import the_market


@click.command("serve")
@click.option("--sample/--no-sample", default=True, help="Load the sample market when empty.")
def command(sample: bool) -> None:
    """Migrates, loads the sample market when empty, builds the index, serves pages and worker."""
    market = the_market()
    opening.prepare(market, sample=sample, say=click.echo)
    click.echo(opening.greeting(market, sample=sample))
    market.close()
    serving.serve(market.settings)


@click.command("worker")
def worker() -> None:
    """Drains the outbox, fires timers, runs jobs and feeds the index, until stopped."""
    market = the_market()
    if market.database.sqlite:
        raise click.UsageError("With SQLite the serving process runs the worker; use PostgreSQL.")
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    market.worker.start()
    stopped.wait()
    market.worker.stop()
