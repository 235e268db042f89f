"""`flask import FILE`: what the import's pages do, without a browser."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import click
from sqlalchemy import select

from accounts.models import OrganisationName
from accounts.seeding import Registrar
from bootstrap import Runtime
from core.actor import Actor
from core.errors import Refused
from core.i18n import LANGUAGES, N_, translator
from core.ids import parse
from listings.importing.queries import import_progress
from listings.importing.run_file import Exit, Order, run_file
from migrations import running
from webapp.runtime import the_market

_EVERY: Final = 1.0

READ_SO_FAR = N_("%(rows)s rows read")
IMPORTED_SO_FAR = N_("%(share)s%% imported")
INDEXED_LATER = N_("Search finds them as soon as the market is serving.")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--owner", required=True, help="The organisation: org_… or its exact name.")
@click.option("--as", "contact", required=True, help="Mail address of the officer who imports.")
@click.option("--dry-run", is_flag=True, help="Check every row, import nothing.")
@click.option("--publish", is_flag=True, help="Publish at once; declares the title of every row.")
@click.option("--alike", is_flag=True, help="Import rows that look like something here, too.")
@click.option("--language", type=click.Choice(sorted(LANGUAGES)), help="The officer's if absent.")
def command(
    file: Path,
    owner: str,
    contact: str,
    *,
    dry_run: bool,
    publish: bool,
    alike: bool,
    language: str | None,
) -> None:
    """Imports FILE (CSV, XLSX, JSON, JSON lines, USPTO XML).

    Exit code 0: all rows; 1: some were refused, the error file is named; 2: nothing imported.
    The market may be serving meanwhile. After an interruption the work goes on by itself where a
    market serves; run again, the command imports nothing twice.
    """
    market = the_market()
    if running.current(market.database) != running.head():
        _give_up("The schema is not that of this version: run `flask --app wsgi db upgrade`.")
    try:
        actor = Registrar(market.executor).find_actor(contact)
    except Refused:
        _give_up(f"Nobody has proven the address {contact}.")
    if language:
        actor = replace(actor, language=language)
    order = Order(_organisation(market, owner), dry_run=dry_run, publish=publish, alike=alike)
    outcome = _import(market, actor, file, order)
    sys.exit(int(outcome))


def _give_up(words: str) -> None:
    click.echo(words, err=True)
    sys.exit(int(Exit.NOTHING))


def _organisation(market: Runtime, named: str) -> str:
    """The id behind `org_…` or an exact name in any language; ends the command otherwise."""
    found = parse(named)
    if found and found[0] == "organisation":
        return found[1]
    with market.database.read() as session:
        name = OrganisationName.name == named.strip()
        ids = sorted(set(session.scalars(select(OrganisationName.organisation).where(name))))
    if len(ids) == 1:
        return ids[0]
    several = f"{len(ids)} organisations are named {named}: give its org_… address."
    _give_up(several if ids else f"No organisation is named {named}.")
    return ""


def _import(market: Runtime, actor: Actor, file: Path, order: Order) -> Exit:
    """Runs the import, then delivers what others must hear of it.

    The index is left alone: its writer is the serving process, or the next one.
    """
    tasks = market.worker.tasks
    with _progress(market, actor) as began:
        outcome = run_file(market.executor, tasks["jobs"], actor, file, order, click.echo, began)
    if outcome != Exit.NOTHING and not order.dry_run:
        while tasks["outbox"]():
            pass
        if order.publish:
            click.echo(translator(actor.language).gettext(INDEXED_LATER), err=True)
    return outcome


@contextmanager
def _progress(market: Runtime, actor: Actor) -> Iterator[_Follower]:
    follower = _Follower(market, actor)
    try:
        yield follower
    finally:
        follower.stop()


class _Follower:
    """Says on stderr how far an import is, about once a second, from a thread of its own."""

    def __init__(self, market: Runtime, actor: Actor) -> None:
        self._market, self._actor = market, actor
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def __call__(self, import_id: str) -> None:
        self._thread = threading.Thread(target=self._follow, args=(import_id,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _follow(self, import_id: str) -> None:
        texts, last = translator(self._actor.language), ""
        while not self._over.wait(_EVERY):
            with self._market.database.read() as session:
                seen = import_progress(session, self._actor, import_id)
            if seen.share is None:
                line = texts.gettext(READ_SO_FAR, rows=seen.rows)
            else:
                line = texts.gettext(IMPORTED_SO_FAR, share=int(seen.share * 100))
            if line != last:
                click.echo(line, err=True)
            last = line
