"""A letter came back, or its reader complained of it: written down once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from accounts.models import ContactPoint, Person
from core.errors import Forbidden
from core.results import Done
from core.unit_of_work import At, UnitOfWork
from notifications.bouncing import note_return
from notifications.choosing import choose
from notifications.habits import GROUPS, group_of, habits_of
from notifications.models import Dispatch
from notifications.reports import Said

_WEIGHT: Final[Mapping[Said | None, int]] = {
    None: 0,
    Said.GAVE_UP: 1,
    Said.REFUSED: 2,
    Said.COMPLAINED: 3,
}


def note_letter_back(uow: UnitOfWork, letter: int, said: str, status: str = "") -> Done:
    """`said` is one of `Said`. The ref is what was written down: empty where nothing was new, or no
    such letter is known. The address is the letter's own, never one that the message names.

    Raises Forbidden for anybody but the market itself, NotFound where its person is gone.
    """
    if uow.actor.kind != "system":
        raise Forbidden(do="note_letter_back")
    heard = Said(said)
    at = _person(uow, letter, heard)
    session = uow.open()
    row = session.scalar(select(Dispatch).where(Dispatch.n == letter).with_for_update())
    if row is None or row.channel != "mail" or heard not in _WEIGHT:
        return Done("")
    if _WEIGHT[heard] <= _WEIGHT[Said(row.returned) if row.returned else None]:
        return Done("")
    row.returned = heard.value
    if heard is Said.COMPLAINED:
        _stop(at, row)
    else:
        rests = note_return(session, row.address, uow.now(session), heard)
        _tell(at, row, status, rests=rests)
    return Done(heard.value)


def _person(uow: UnitOfWork, letter: int, said: Said) -> At[Person] | None:
    """Whose choices a complaint changes; else whose proven address it is. None for a stranger."""
    if said is Said.COMPLAINED:
        found = uow.find(Dispatch.person, Dispatch.n == letter, Dispatch.person.is_not(None))
    else:
        address = select(Dispatch.address).where(Dispatch.n == letter).scalar_subquery()
        proven = (ContactPoint.value == address, ContactPoint.verified_at.is_not(None))
        found = list(uow.find(ContactPoint.person, ContactPoint.kind == "mail", *proven))
    return uow.lock(Person, found[0]) if found and found[0] else None


def _tell(at: At[Person] | None, row: Dispatch, status: str, *, rests: bool) -> None:
    if at is None:
        return
    at.record("letter_returned", letter=row.n, said=row.returned, status=status, rests=rests)
    if rests:
        at.fact("person.address_rests")


def _stop(at: At[Person] | None, row: Dispatch) -> None:
    """As one click in the letter would: the mail of its group; of a digest, all that it gathers.
    Codes and what concerns the account cannot be stopped."""
    if at is None:
        return
    own = group_of(row.topic)
    groups = [own] if own else []
    if row.rhythm and not own:
        rhythms = habits_of(at.uow.session, [at.row.id])[at.row.id].rhythms
        groups = [group for group in GROUPS if rhythms.get(group) == row.rhythm]
    for group in groups:
        choose(at, group, "never")
    at.record("mail_complained", letter=row.n, groups=len(groups))
    if groups:
        at.fact("person.mail_complained")
