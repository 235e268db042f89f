"""The owner shows that a notice hangs in its own unit: where, and a picture of it that day."""

from __future__ import annotations

from core.errors import Invalid, NotFound
from core.ids import new_id, ref, split_ref
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.engine.declaration import Side
from deals.errors import OwnerPosts
from deals.models import Deal, NoticePosting, PublicNotice
from deals.permissions import Do, acting_side, check_deal
from deals.progress import move
from deals.rules import Shown, posting_problems


def show_posting(uow: UnitOfWork, notice: str, shown: Shown) -> Done:
    """Append-only: a better picture is another row. The day it was taken is today by the market's
    clock, whatever the picture says; the first one begins the period of a notice that waits for
    it. Raises NotFound, OwnerPosts, Invalid, and the deal's own stops."""
    about = uow.find(PublicNotice.about, PublicNotice.id == notice)
    if not about:
        raise NotFound(ref=ref("notice", notice))
    deal = split_ref(about[0])[1]
    uow.check(check_deal, deal, Do.ACT)
    at = uow.lock(Deal, deal)
    if acting_side(uow.actor, at.row) is not Side.SELLER:
        raise OwnerPosts
    row = uow.session.get_one(PublicNotice, notice)
    day = legal_date(at.now, uow.ports.zone)
    if wrong := posting_problems(shown, row.places, row.state, day, row.last_day):
        raise Invalid(wrong)
    made = NoticePosting(
        id=new_id(),
        notice=notice,
        about=row.about,
        shows=shown.when,
        day=day,
        place=shown.place,
        url=shown.url.strip(),
        sha256=shown.sha256,
        name=shown.name,
        size=shown.size,
        at=at.now,
        by=uow.actor.person,
    )
    move(uow, at, f"show_{shown.when}_day", Side.SELLER, {"posting": made}, posting=made.id)
    return Done(made.id)
