"""The owner words a room's confidentiality terms anew: a new version, to be accepted afresh."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from datarooms.errors import PromiseSuperseded, RoomClosed, TermsUnchanged
from datarooms.models import NdaText, Room
from datarooms.permissions import Do, check

LONGEST_TERMS: Final = 8000
"""Characters of the terms in one language."""


def set_nda(uow: UnitOfWork, room: str, version: int, texts: Mapping[str, str]) -> Done:
    """`version`: the one that was read; `texts` by language, of which one may be left empty.

    Acceptances of earlier versions open nothing any more. Raises Invalid, RoomClosed,
    PromiseSuperseded, TermsUnchanged.
    """
    said = {language: text.strip() for language, text in texts.items() if text.strip()}
    _check(said)
    at = uow.lock(Room, room)
    check(uow.session, uow.actor, room, Do.WORD, at.now)
    if at.row.closed_at is not None:
        raise RoomClosed
    if version != at.row.nda:
        raise PromiseSuperseded
    of_room = NdaText.room == room, NdaText.version == version
    rows = uow.session.scalars(select(NdaText).where(*of_room))
    if said == {row.language: row.text for row in rows}:
        raise TermsUnchanged
    at.row.nda = version + 1
    for language, text in said.items():
        at.add(NdaText(room=room, version=version + 1, language=language, text=text, at=at.now))
    at.record("terms_set", nda=version + 1, languages=sorted(said))
    at.fact("room.terms_set")
    return Done(room)


def _check(said: Mapping[str, str]) -> None:
    wrong: dict[str, list[Problem]] = {}
    if not said:
        wrong["zh"] = [Problem("missing", N_("Write the terms in one of the two languages."))]
    for language, text in said.items():
        if len(text) > LONGEST_TERMS:
            words = N_("Shorten this to %(length)s characters.")
            wrong[language] = [Problem("too_long", words, {"length": LONGEST_TERMS})]
    if wrong:
        raise Invalid(wrong)
