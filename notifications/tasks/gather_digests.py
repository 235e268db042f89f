"""Gathers letters whose time has come into one digest for each person."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.executor import Executor
from notifications.models import Dispatch

PEOPLE: Final = 50
"""Digests that are made in one transaction."""


class GatherDigests:
    """A task of the worker. Writes rows only: the digest and what it holds change state together,
    so a letter is in one digest, once."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def __call__(self) -> int:
        """Makes up to one batch of digests; how many."""
        database = self._executor.database
        with database.read() as session:  # an idle worker must not queue for the turnstile
            now = database.now(session)
            if session.scalar(select(Dispatch.n).where(*_due(now)).limit(1)) is None:
                return 0
        with database.write(background=True) as session:
            now = database.now(session)
            whose = select(Dispatch.person, Dispatch.rhythm).where(*_due(now)).distinct()
            pairs = session.execute(whose.limit(PEOPLE)).all()
            for person, rhythm in pairs:
                _gather(session, person, rhythm, now)
            session.commit()
        if pairs:
            self._executor.poke()
        return len(pairs)


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Dispatch.state == "held", Dispatch.not_before <= now)


def _gather(session: Session, person: str | None, rhythm: str | None, now: datetime) -> None:
    mine = (*_due(now), Dispatch.person == person, Dispatch.rhythm == rhythm)
    pick = select(Dispatch).where(*mine).order_by(Dispatch.n).with_for_update(skip_locked=True)
    rows = session.scalars(pick).all()
    if not rows:
        return
    newest = rows[-1]
    session.add(
        Dispatch(
            channel="mail",
            address=newest.address,
            language=newest.language,
            person=person,
            rhythm=rhythm,
            topic=f"digest.{rhythm}",
            ref=f"person:{person}",
            params={"of": [row.n for row in rows]},
            made_at=now,
            not_before=now,
        )
    )
    for row in rows:
        row.state = "gathered"
