"""Anyone objects to a running notice, with or without an account (Zhejiang regulation, art. 17)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import Invalid
from core.ids import new_id, split_ref
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.errors import NoticeEnded, NotPublic
from deals.limits import check_objections
from deals.models import Deal, Objection, PublicNotice
from deals.progress import move
from deals.rules import objection_problems


def object_to_notice(
    uow: UnitOfWork, notice: str, name: str, contact: str, text: str, source: str = ""
) -> Done:
    """Blocks the deal until it is answered. Raises Invalid, NoticeEnded, NotPublic,
    TooManyObjections."""
    uow.check(check_text, name, contact, text)
    about = uow.find(PublicNotice.about, PublicNotice.id == notice)
    if not about:
        raise NotPublic
    at = uow.lock(Deal, split_ref(about[0])[1])
    if at.row.notice != notice:
        raise NoticeEnded
    check_objections(uow.session, uow.actor, source, at.now)
    objection = Objection(
        id=new_id(),
        notice=notice,
        about=about[0],
        source=source,
        person=uow.actor.person,
        name=name.strip(),
        contact=contact.strip(),
        text=text.strip(),
    )
    move(uow, at, "object", Side.PUBLIC, {"objection": objection})
    return Done(objection.id)


def check_text(_session: Session, _actor: Actor, name: str, contact: str, text: str) -> None:
    """For `uow.check`. Raises Invalid."""
    if problems := objection_problems(name, contact, text):
        raise Invalid(problems)
