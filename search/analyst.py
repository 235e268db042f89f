"""Runs in a child process: entries in, what they are found by out, one JSON line each.

For which engine, its first argument says.

Analysis is the longest part of a rebuild and all of it is Python, so it is spread over processes.
`search.analysts` starts them; a child ends with its standard input.
"""

from __future__ import annotations

import gc
import os
import sys
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import BinaryIO

import orjson

from search import elastic_mapping
from search import tantivy_schema as ts
from search.documents import Document
from search.port import Entry

TANTIVY, ELASTIC = "tantivy", "elastic"
MEANWHILE = 5
"""How much the children give way: pages are answered while an index is rebuilt."""
CHUNK = 32
"""Entries that travel together, so that neither side waits at every one."""


def packed(entry: Entry) -> bytes:
    """An entry on its way to a child: key, version and canonical JSON, which a tombstone lacks."""
    source = "" if entry.document is None else entry.document.to_json()
    return f"{entry.kind} {entry.id} {entry.version} {source}\n".encode()


def source_of(packed: bytes) -> bytes:
    """The canonical JSON again."""
    return packed[:-1].split(b" ", 3)[3]


def entry_of(packed: bytes) -> Entry:
    """The inverse of `packed`."""
    kind, id_, version, source = packed.rstrip(b"\n").split(b" ", 3)
    document = Document.from_json(source) if source else None
    return Entry(kind.decode(), id_.decode(), int(version), document)


def for_tantivy(received: bytes, round_: int) -> bytes:
    """All values of the entry but its source, which need not travel back."""
    entry = entry_of(received)
    if entry.document:
        made = ts.values(entry.document, entry.version, round_, source_of(received))
    else:
        made = ts.tombstone(entry.kind, entry.id, entry.version, round_)
    del made["source"]
    return orjson.dumps(made)


def completed(line: bytes, source: bytes) -> str:
    """The line as `IndexWriter.add_json` takes it, in which octets are base64."""
    return f'{line[:-1].decode()},"source":"{b64encode(source).decode()}"}}'


def for_elastic(received: bytes) -> bytes:
    """The whole body of the entry, as a request in bulk has it."""
    return orjson.dumps(elastic_mapping.body(entry_of(received)))


def work(incoming: BinaryIO, outgoing: BinaryIO, analyse: Callable[[bytes], bytes]) -> None:
    """Answers every line with a line, in order."""
    while received := list(islice(incoming, CHUNK)):
        outgoing.write(b"".join(analyse(each) + b"\n" for each in received))
        outgoing.flush()


def _analysis(engine: str, *more: str) -> Callable[[bytes], bytes]:
    return for_elastic if engine == ELASTIC else partial(for_tantivy, round_=int(more[0]))


if __name__ == "__main__":
    os.nice(MEANWHILE)
    gc.disable()  # nothing here refers to itself, and looking for it takes a tenth of the time
    work(sys.stdin.buffer, sys.stdout.buffer, _analysis(*sys.argv[1:]))
