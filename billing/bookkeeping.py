"""Writes journals: insert, then seal. The database refuses to seal what does not balance."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.ledger import Account, Entry, Event, Line
from billing.models import Journal, LedgerLine, Obligation
from billing.states import CUSTODY
from core.ids import ref
from core.unit_of_work import At


def book(at: At[Obligation], made: Entry, *, reverses: str | None = None) -> str:
    """One journal of a locked obligation; returns its id. The same event of the same cause a
    second time breaks the table's UNIQUE: the caller's states keep that from happening."""
    session = at.uow.session
    row = Journal(
        obligation=at.row.id,
        event=made.event,
        cause=made.cause,
        reverses=reverses,
        at=at.now,
        by=at.uow.actor.person,
    )
    at.add(row)
    session.flush()
    for line in made.lines:
        session.add(
            LedgerLine(
                journal=row.id,
                account=line.account,
                of=line.of,
                currency=made.currency,
                minor=line.minor,
            )
        )
    session.flush()
    row.sealed = True
    session.flush()
    at.record("booked", journal=row.id, digest=made.digest)
    return row.id


def hand(row: Obligation) -> tuple[Account, str]:
    """Where the money of an obligation is: in custody, or with the seller."""
    if row.receiving in CUSTODY and row.account:
        return Account.PROVIDER_CLEARING, ref("receiving_account", row.account)
    return Account.SELLER_RECEIVED, ref("organisation", row.payee_org)


def entry_of(session: Session, event: Event, cause: str) -> tuple[str, Entry]:
    """A journal as it was booked, with its id. LookupError where there is none."""
    found = select(Journal).where(Journal.event == event, Journal.cause == cause)
    row = session.scalars(found).one()
    lines = session.scalars(
        select(LedgerLine).where(LedgerLine.journal == row.id).order_by(LedgerLine.n)
    ).all()
    read = tuple(Line(Account(one.account), one.of, one.minor) for one in lines)
    return row.id, Entry(Event(row.event), row.cause, lines[0].currency, read)
