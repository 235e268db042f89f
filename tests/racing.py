"""Two at once, started at one barrier, and somebody who reads while they run.

`QIAOYI_RACES` sets the rounds of every race. The four that a market must never lose (acceptance
twice, withdrawal at the last moment, objection at the deadline, one payment confirmed twice) have a
number of their own, `QIAOYI_NAMED_RACES`, so that CI runs more of them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from core.database import Database
from core.errors import Busy, Refused

ROUNDS: Final = int(os.environ.get("QIAOYI_RACES", "100"))
NAMED: Final = int(os.environ.get("QIAOYI_NAMED_RACES", str(ROUNDS)))
MOST_TRIES: Final = 5
Look = Callable[[Session], Iterable[str]]


def race(*works: Callable[[], object], watcher: Watcher | None = None) -> list[str]:
    """Starts all at one barrier; the code of each one's refusal, or `done`."""
    seen = watcher is not None
    barrier, ends = threading.Barrier(len(works) + seen), ["hung"] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        barrier.wait()
        ends[number] = _end_of(work)

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    if watcher is not None:
        barrier.wait()
        watcher.look_while(threads)
    for thread in threads:
        thread.join(30)
    return ends


def _end_of(work: Callable[[], object]) -> str:
    """Who is told that the market is busy has changed nothing, and tries again as told."""
    for _ in range(MOST_TRIES):
        try:
            work()
        except Busy:
            continue
        except Refused as refused:
            return refused.code
        return "done"
    return Busy.code


@dataclass
class Watcher:
    """A connection of its own that reads snapshots until a race is over."""

    database: Database
    look: Look
    faults: list[str] = field(default_factory=list)
    seen: int = 0
    """Snapshots that were read while somebody still ran."""

    def look_while(self, threads: list[threading.Thread]) -> None:
        while any(thread.is_alive() for thread in threads):
            with self.database.read() as session:
                self.faults += self.look(session)
            self.seen += 1
            threads[0].join(0.01)


def faults(statement: TextClause) -> Look:
    """What one statement finds in a snapshot: a row for each fault, none where all is well."""
    return lambda session: session.scalars(statement).all()


UNBALANCED: Final = """
    SELECT 'journal ' || journal || ' is not at zero' FROM ledger_line
        GROUP BY journal, currency HAVING SUM(minor) <> 0
    UNION ALL SELECT 'journal ' || id || ' is not sealed' FROM journal WHERE NOT sealed
    UNION ALL SELECT 'what arrived is not what is paid' WHERE
        (SELECT COALESCE(SUM(paid), 0) FROM obligation) <>
        (SELECT COALESCE(SUM(-minor), 0) FROM ledger_line AS l JOIN journal AS j ON j.id = l.journal
            WHERE event = 'received' AND account IN ('buyer_funds', 'deposits_held'))
"""
"""What no snapshot of the ledger may hold, asked in SQL so that it can be asked often;
`billing.verifying` reads the same line by line."""
unbalanced: Final = faults(text(UNBALANCED))
