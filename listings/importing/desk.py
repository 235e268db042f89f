"""What a page or the command line does with a file: take it in, and look at it anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO

from core import files
from core.actor import Actor
from core.executor import Executor
from core.results import Done
from listings.importing.actions.map_columns import map_columns
from listings.importing.actions.upload_file import upload_file
from listings.importing.describe import Choices, describe
from listings.importing.errors import FileTooLarge
from listings.importing.limits import MAX_FILE
from listings.importing.mapping import suggest
from listings.importing.models import Import
from listings.importing.permissions import check_may_import
from listings.importing.queries import import_page, remembered_columns


def take_file(
    executor: Executor,
    actor: Actor,
    owner_org: str,
    name: str,
    stream: IO[bytes],
    *,
    limit: int = MAX_FILE,
) -> Done:
    """Stores and describes a file and begins an import with a suggested mapping.

    Answers the import's id. Raises Forbidden before a byte is read, FileTooLarge (`limit` in
    octets), and the FileRefused that says why the file cannot be imported.
    """
    with executor.database.read() as session:
        check_may_import(session, actor, owner_org)
        remembered = remembered_columns(session, owner_org)
    with _too_large(limit):
        stored = executor.ports.files.take(stream, limit=limit)
    described = describe(executor.ports.files.path(stored.sha256))
    mapping = suggest(described.header, described.sample, remembered)
    shown = PurePath(name.replace("\\", "/")).name or "file"
    return executor.run(
        actor, upload_file, owner_org, stored.sha256, stored.size, shown,
        described.to_json(), mapping.to_json(),
    )  # fmt: skip


def look_again(executor: Executor, actor: Actor, import_id: str, choices: Choices) -> Done:
    """Describes the file once more with what a person corrected; columns are suggested anew.

    Raises ImportNotFound, FileRefused, AlreadyStarted.
    """
    with executor.database.read() as session:
        page = import_page(session, actor, import_id)
        remembered = remembered_columns(session, page.owner_org)
        sha256 = session.get_one(Import, import_id).sha256
    described = describe(executor.ports.files.path(sha256), choices)
    mapping = suggest(described.header, described.sample, remembered)
    return executor.run(
        actor, map_columns, import_id, mapping.to_json(), publish=page.publish,
        description=described.to_json(),
    )  # fmt: skip


@contextmanager
def _too_large(limit: int) -> Iterator[None]:
    try:
        yield
    except files.FileTooLarge as error:
        raise FileTooLarge(limit=limit >> 20) from error
