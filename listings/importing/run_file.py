"""The import from the command line, without a framework: one file, from upload to outcome."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Final

from core.actor import Actor
from core.errors import Refused
from core.executor import Executor
from core.i18n import N_, translator
from listings.importing.actions.check_import import check_import
from listings.importing.actions.decide_rows import decide_rows
from listings.importing.actions.map_columns import map_columns
from listings.importing.actions.run_import import run_import
from listings.importing.desk import take_file
from listings.importing.queries import ImportPage, import_page
from listings.importing.states import Decision, ImportState

_WAIT: Final = 0.2

DRY_RUN = N_("Checked only, nothing was imported.")
COUNTS = N_(
    "%(rows)s rows: %(imported)s imported, %(ready)s ready, %(unchanged)s unchanged, "
    "%(duplicates)s like something already here, %(refused)s refused, %(skipped)s left out."
)
ERRORS_AT = N_("What was refused or left out, row by row: %(path)s")
STOPPED = N_(
    "The import stopped (%(code)s). Run the same command again; nothing is imported twice."
)


class Exit(IntEnum):
    """The exit codes of the command."""

    DONE = 0
    SOME_REFUSED = 1
    NOTHING = 2


@dataclass(frozen=True)
class Order:
    """What the command line asked for. `alike`: import likely duplicates too."""

    owner_org: str
    dry_run: bool = False
    publish: bool = False
    alike: bool = False


def run_file(
    executor: Executor,
    work: Callable[[], int],
    actor: Actor,
    path: Path,
    order: Order,
    say: Callable[[str], None],
    began: Callable[[str], None] = lambda _import: None,
) -> Exit:
    """Imports one file and says what became of it, in the actor's language.

    `began` hears the import's id before any row is read, so that progress can be followed. `work`
    does a piece of any waiting job (the worker's own task); where a serving process takes
    the job first, this one waits for it. After a kill the job goes on by itself.
    """
    texts = translator(actor.language)
    try:
        with path.open("rb") as stream:
            id = take_file(executor, actor, order.owner_org, path.name, stream).ref
        began(id)
        page = _page(executor, actor, id)
        executor.run(actor, map_columns, id, page.mapping.to_json(), publish=order.publish)
        executor.run(actor, check_import, id)
        page = _wait(executor, work, actor, id)
        if page.progress.state == ImportState.CHECKED and not order.dry_run:
            if order.alike:
                executor.run(actor, decide_rows, id, Decision.IMPORT)
            executor.run(actor, run_import, id)
            page = _wait(executor, work, actor, id)
    except Refused as why:
        say(texts.gettext(why.text, **why.params))
        return Exit.NOTHING
    return _report(executor, actor, page, path, order, say)


def _page(executor: Executor, actor: Actor, id: str) -> ImportPage:
    with executor.database.read() as session:
        return import_page(session, actor, id)


def _wait(executor: Executor, work: Callable[[], int], actor: Actor, id: str) -> ImportPage:
    while True:
        page = _page(executor, actor, id)
        if not page.progress.at_work:
            return page
        if not work():
            time.sleep(_WAIT)


def _report(
    executor: Executor,
    actor: Actor,
    page: ImportPage,
    path: Path,
    order: Order,
    say: Callable[[str], None],
) -> Exit:
    texts = translator(actor.language)
    if page.problem:
        kind = Refused.codes.get(page.problem["code"], Refused)
        say(texts.gettext(kind.text, **page.problem["params"]))
        return Exit.NOTHING
    if page.progress.stuck:
        say(texts.gettext(STOPPED, code=page.progress.stuck))
        return Exit.NOTHING
    names = ("rows", "imported", "ready", "unchanged", "duplicates", "refused", "skipped")
    counts = {name: page.progress.counts.get(name, 0) for name in names}
    say(texts.gettext(COUNTS, **counts))
    if order.dry_run:
        say(texts.gettext(DRY_RUN))
    left = counts["refused"] + (0 if order.alike else counts["duplicates"])
    if left and page.errors_file:
        target = path.with_name(f"{path.name}.errors.csv")
        shutil.copyfile(executor.ports.files.path(page.errors_file), target)
        say(texts.gettext(ERRORS_AT, path=target))
    done = counts["ready"] if order.dry_run else counts["imported"]
    if not done and not counts["unchanged"]:
        return Exit.NOTHING
    return Exit.SOME_REFUSED if left else Exit.DONE
