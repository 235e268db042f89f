"""A clerk enters an objection that came by letter, by telephone or at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.errors import Invalid
from core.ids import new_id
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.actions.object_to_notice import check_text
from deals.engine.declaration import Side
from deals.errors import NoticeEnded
from deals.models import Deal, Objection, PublicNotice
from deals.permissions import check_enters
from deals.progress import move
from deals.rules import entering_problems


@dataclass(frozen=True)
class Received:
    """An objection as it reached the clerk; `channel` is a code of `deals.rules.ON_PAPER`."""

    channel: str
    received_on: date | None
    name: str
    contact: str
    text: str


def enter_objection(uow: UnitOfWork, deal: str, got: Received) -> Done:
    """Blocks the deal as one sent here does. By the owner's office or the market's operator, as
    long as the notice runs. Raises Invalid, NoticeEnded."""
    uow.check(check_enters, deal)
    uow.check(check_text, got.name, got.contact, got.text)
    at = uow.lock(Deal, deal)
    if at.row.notice is None:
        raise NoticeEnded
    notice = uow.session.get_one(PublicNotice, at.row.notice)
    zone = uow.ports.zone
    days = legal_date(notice.begins_at, zone), legal_date(at.now, zone)
    if problems := entering_problems(got.channel, got.received_on, *days):
        raise Invalid(problems)
    objection = Objection(
        id=new_id(),
        notice=notice.id,
        about=notice.about,
        source="",
        channel=got.channel,
        received_on=got.received_on,
        entered_by=uow.actor.person,
        name=got.name.strip(),
        contact=got.contact.strip(),
        text=got.text.strip(),
    )
    move(uow, at, "object", Side.PUBLIC, {"objection": objection}, channel=got.channel)
    return Done(objection.id)
