"""An archive volume: the entries of the audit chain of a period, in one file that never changes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from datetime import datetime
from typing import IO, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.models import Audit
from core.times import to_text

_AT_ONCE: Final = 1000


def write_volume(
    session: Session, out: IO[bytes], period: str, begins: datetime, ends: datetime
) -> int:
    """JSON lines, gzipped: a head with the period, then each entry as the chain has it, in the
    order of its number. The same entries give the same octets. Answers how many there are."""
    a, count = Audit, 0
    rows = session.scalars(
        select(a)
        .where(a.at >= begins, a.at < ends)
        .order_by(a.n)
        .execution_options(yield_per=_AT_ONCE)
    )
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed:
        head = {"volume": period, "from": to_text(begins), "until": to_text(ends)}
        packed.write(_line(head))
        for row in rows:
            packed.write(
                _line(
                    {"n": row.n, "stream": row.stream, "seq": row.seq, "prev": row.prev,
                     "hash": row.hash, "body": row.body, "actor": row.actor, "at": to_text(row.at)}
                )
            )  # fmt: skip
            count += 1
    return count


def _line(values: Mapping[str, object]) -> bytes:
    return (json.dumps(values, ensure_ascii=False, sort_keys=True) + "\n").encode()
