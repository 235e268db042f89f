"""Runs in a child process: entries in, what they are found by out, one JSON line each.

Analysis is the longest part of a rebuild and all of it is Python, so it is spread over processes.
`search.analysts` starts them; a child ends with its standard input.
"""

from __future__ import annotations

import gc
import os
import sys
from base64 import b64encode
from itertools import islice
from typing import BinaryIO

import orjson

from search import tantivy_schema as ts
from search.documents import Document
from search.port import Entry

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


def line(received: bytes, round_: int) -> bytes:
    """All values of the entry but its source, which need not travel back."""
    kind, id_, version, source = received.rstrip(b"\n").split(b" ", 3)
    if source:
        made = ts.values(Document.from_json(source), int(version), round_, source)
    else:
        made = ts.tombstone(kind.decode(), id_.decode(), int(version), round_)
    del made["source"]
    return orjson.dumps(made)


def completed(line: bytes, source: bytes) -> str:
    """The line as `IndexWriter.add_json` takes it, in which octets are base64."""
    return f'{line[:-1].decode()},"source":"{b64encode(source).decode()}"}}'


def work(incoming: BinaryIO, outgoing: BinaryIO, round_: int) -> None:
    """Answers every line with a line, in order."""
    while received := list(islice(incoming, CHUNK)):
        outgoing.write(b"".join(line(each, round_) + b"\n" for each in received))
        outgoing.flush()


if __name__ == "__main__":
    os.nice(MEANWHILE)
    gc.disable()  # nothing here refers to itself, and looking for it takes a tenth of the time
    work(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[1]))
