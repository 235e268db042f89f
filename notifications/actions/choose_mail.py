"""A person says how they want their mail."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import Person
from accounts.permissions import is_person
from core.errors import Invalid, Problem
from core.i18n import N_
from core.results import Done
from core.unit_of_work import UnitOfWork
from notifications.choosing import choose, keep_quiet
from notifications.habits import GROUPS, RHYTHMS

_HOURS = range(24)


def choose_mail(uow: UnitOfWork, rhythms: Mapping[str, str], begins: int, ends: int) -> Done:
    """`rhythms` by group; quiet between two hours of the market's wall, the same twice for none.

    Raises Forbidden, Invalid.
    """
    uow.check(is_person)
    wrong = [Problem("choice", N_("Please choose one."))]
    found = {group: wrong for group, rhythm in rhythms.items() if rhythm not in RHYTHMS}
    found |= {group: wrong for group in rhythms if group not in GROUPS}
    if begins not in _HOURS or ends not in _HOURS:
        found["quiet_begins"] = [Problem("hours", N_("Quiet hours are whole hours from 0 to 23."))]
    if found:
        raise Invalid(found)
    at = uow.lock(Person, uow.actor.person or "")
    for group, rhythm in rhythms.items():
        choose(at, group, rhythm)
    keep_quiet(at, begins, ends)
    at.record("mail_chosen", **dict(rhythms))
    return Done(at.row.id)
