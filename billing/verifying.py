"""Whether the ledger holds: everything balances, nothing was edited, rows say what it says."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.ledger import LIABILITIES, Account, Entry, Event, Line
from billing.models import Journal, LedgerLine, Obligation
from core.ids import ref
from core.models import Audit

Part = tuple[str, str, str]
"""Account, the part of it, currency."""


@dataclass
class Found:
    """`balances`: minor units by account and currency, without those at zero."""

    journals: int = 0
    balances: dict[tuple[str, str], int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.faults


def verify(session: Session) -> Found:
    """Reads the whole ledger in one snapshot. The audit chain itself is verified apart; here each
    journal is held against what the chain says was booked."""
    lines = defaultdict(list)
    for line in session.scalars(select(LedgerLine).order_by(LedgerLine.n)):
        lines[line.journal].append(line)
    journals = session.scalars(select(Journal).order_by(Journal.n)).all()
    chained = dict(_chained(session))
    found = Found(len(journals))
    parts: Counter[Part] = Counter()
    paid: Counter[str] = Counter()
    for row in journals:
        own = lines.pop(row.id, [])
        found.faults += [f"journal {row.id}: {fault}" for fault in _faults(row, own, chained)]
        for line in own:
            parts[line.account, line.of, line.currency] += line.minor
            paid[line.of] += _pays(row, line)
    found.faults += [f"lines of no journal {id}" for id in sorted(lines)]
    found.faults += [f"journal {id}: gone" for id in sorted(chained)]
    found.faults += _overdrawn(parts)
    found.faults += _unlike(session, paid)
    totals: Counter[tuple[str, str]] = Counter()
    for (account, _, currency), minor in parts.items():
        totals[account, currency] += minor
    found.balances = {key: minor for key, minor in sorted(totals.items()) if minor}
    return found


def _chained(session: Session) -> Iterator[tuple[str, str]]:
    """(journal, digest) as the audit chain has them."""
    said = select(Audit.body).where(
        Audit.stream.like("obligation:%"), Audit.body.like('%"what": "booked"%')
    )
    for body in session.scalars(said):
        ids = json.loads(body)["ids"]
        yield ids["journal"], ids["digest"]


def _faults(row: Journal, lines: list[LedgerLine], chained: dict[str, str]) -> Iterator[str]:
    if not row.sealed:
        yield "left unsealed"
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.currency] += line.minor
    if not lines or any(sums.values()):
        yield "does not balance"
        return
    read = tuple(Line(Account(one.account), one.of, one.minor) for one in lines)
    booked = Entry(Event(row.event), row.cause, lines[0].currency, read)
    if chained.pop(row.id, "") != booked.digest:
        yield "is not what was booked"


def _pays(row: Journal, line: LedgerLine) -> int:
    """How much of an obligation a line pays, in minor units."""
    funds = {Account.BUYER_FUNDS, Account.DEPOSITS_HELD}
    counts = {Event.RECEIVED, Event.RECEIPT_REVERSED}
    applied = row.event == Event.DEPOSIT_APPLIED and line.account == Account.BUYER_FUNDS
    return -line.minor if applied or (row.event in counts and line.account in funds) else 0


def _overdrawn(parts: Counter[Part]) -> list[str]:
    return [
        f"{account} of {of}: {minor} {currency} more went out than came in"
        for (account, of, currency), minor in sorted(parts.items())
        if account in LIABILITIES and minor > 0
    ]


def _unlike(session: Session, paid: Counter[str]) -> list[str]:
    return [
        f"obligation {id}: says {said} paid, the ledger says {paid[ref('obligation', id)]}"
        for id, said in session.execute(select(Obligation.id, Obligation.paid))
        if said != paid[ref("obligation", id)]
    ]
