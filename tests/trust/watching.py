"""What a connection writes: every text, with the column in which it is to be kept."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from sqlalchemy import Connection, event


class Place(NamedTuple):
    """A column, and the way to the text inside what it keeps: keys of JSON, but no positions."""

    table: str
    column: str
    inside: tuple[str, ...] = ()


Written = list[tuple[Place, str]]


@contextmanager
def watched(connection: Connection) -> Iterator[Written]:
    """What is inserted and updated meanwhile; a statement in plain SQL is not understood."""
    found: Written = []

    def note(_connection, _cursor, _statement, _parameters, context, _many) -> None:
        made = getattr(context, "compiled", None)
        if made is None or not (made.isinsert or made.isupdate):
            return
        table = made.statement.table.name
        rows = context.compiled_parameters
        found.extend(
            (Place(table, column, inside), text)
            for row in rows
            for column, value in row.items()
            for inside, text in texts_in(value)
        )

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(connection, "before_cursor_execute", note)


def texts_in(value: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a value such as JSON holds, with the keys that lead to it; of an object that is
    written down as text, its texts too."""
    if isinstance(value, str):
        yield way, value
        if value[:2] == '{"':
            with suppress(ValueError):
                yield from texts_in(json.loads(value), way)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts_in(one, (*way, str(name)))
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from texts_in(one, way)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from texts_in(vars(value), way)
