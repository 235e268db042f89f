"""Sends what waits in the queue of mail and text messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from core.actor import SYSTEM
from core.executor import Executor
from core.stops import What, is_stopped
from core.times import legal_date
from notifications.actions.tell_refusal import tell_refusal
from notifications.bouncing import note_refusal, note_success
from notifications.gateways.port import AddressRefused, Gateway, Text
from notifications.models import Dispatch
from notifications.wordings import Wordings
from notifications.writing import compose

LEASE: Final = timedelta(seconds=60)
FAILED_AFTER: Final = 12
_REFUSED: Final = "AddressRefused"
BATCH: Final = 20
log = structlog.get_logger()


@dataclass(frozen=True)
class _Claim:
    n: int
    attempt: int
    channel: str
    address: str
    text: Text | None
    error: str | None = None


class SendDispatches:
    """A task of the worker. A process killed while sending sends the letter again, under the same
    Message-ID; it is never lost. A letter is tried twelve times within some two hours of waits that
    double, which is longer than servers that greylist ask for. An address that is refused for good
    is not tried again, and counted."""

    def __init__(self, executor: Executor, gateways: Mapping[str, Gateway]) -> None:
        self._executor, self._gateways = executor, dict(gateways)

    def __call__(self) -> int:
        """Sends up to one batch; how many were claimed. None while the operator has stopped it."""
        with self._executor.database.read() as session:
            if is_stopped(session, What.OUTGOING):
                return 0
        claims = self._claim()
        for claim in claims:
            self._record(claim, self._send(claim))
        return len(claims)

    def _claim(self) -> list[_Claim]:
        database, book = self._executor.database, self._executor.law
        with database.read() as session:  # an idle worker must not queue for the turnstile
            if (
                session.scalar(select(Dispatch.n).where(*_ready(database.now(session))).limit(1))
                is None
            ):
                return []
        with database.write(background=True) as session:
            now = database.now(session)
            pick = select(Dispatch).where(*_ready(now)).order_by(Dispatch.n).limit(BATCH)
            rows = session.scalars(pick.with_for_update(skip_locked=True)).all()
            claims, zone = [], self._executor.ports.zone
            wordings = Wordings(book, legal_date(now, zone))
            for row in rows:
                row.lease_until, row.attempts = now + LEASE, row.attempts + 1
                claims.append(self._written(session, row, wordings))
            session.commit()
        return claims

    def _written(self, session: Session, row: Dispatch, wordings: Wordings) -> _Claim:
        """One letter that cannot be written must not hold up the others."""
        text, error = None, None
        try:
            text = compose(session, row, self._executor.ports, wordings)
        except Exception as fault:  # noqa: BLE001  counted on the row, tried again, then given up
            error = type(fault).__name__
        return _Claim(row.n, row.attempts, row.channel, row.address, text, error)

    def _send(self, claim: _Claim) -> str | None:
        """The error, or None. No transaction is open."""
        if claim.text is None:
            return claim.error
        try:
            gateway = self._gateways[claim.channel]
            gateway.send(claim.n, claim.address, claim.text)
        except AddressRefused:
            return _REFUSED
        except Exception as error:  # noqa: BLE001  whatever it is, the letter waits and is tried again
            log.warning("letter not sent", dispatch=claim.n, error=type(error).__name__)
            return type(error).__name__
        return None

    def _record(self, claim: _Claim, error: str | None) -> None:
        database, rests = self._executor.database, False
        with database.write(background=True) as session:
            now = database.now(session)
            values: dict[str, Any] = {"lease_until": None, "error": error}
            if error is None:
                values |= {"state": "sent", "sent_at": now}
            else:
                given_up = error == _REFUSED or claim.attempt >= FAILED_AFTER
                values |= {"state": "failed" if given_up else "ready"}
                values["not_before"] = now + timedelta(seconds=2**claim.attempt)
            mine = (Dispatch.n == claim.n, Dispatch.attempts == claim.attempt)
            session.execute(update(Dispatch).where(*mine).values(values))
            if claim.channel == "mail" and error == _REFUSED:
                rests = note_refusal(session, claim.address, now)
            elif claim.channel == "mail" and error is None:
                note_success(session, claim.address, now)
            session.commit()
        if rests:
            self._executor.run(SYSTEM, tell_refusal, claim.address)


def _ready(now: Any) -> tuple[Any, ...]:
    free = or_(Dispatch.lease_until.is_(None), Dispatch.lease_until < now)
    return (Dispatch.state == "ready", Dispatch.not_before <= now, free)
