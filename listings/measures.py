"""Keeps a result or need off the market while a notice of infringement stands, and puts it back."""

from __future__ import annotations

from sqlalchemy import select

from core.ids import split_ref
from core.times import legal_date
from core.unit_of_work import At, UnitOfWork
from listings import facts
from listings.beating import start_beat, stop_beat
from listings.errors import MeasureStands
from listings.history import move, move_need
from listings.models import Listing, ListingStep, Need, NeedStep
from listings.states import ListingAction, ListingState, NeedAction, NeedState

_REASON = "ip_notice"


def hold(uow: UnitOfWork, about: str, notice: str) -> None:
    """Takes it off if it is public; from now on it cannot be reopened. The caller has permitted
    it. Where another notice holds it already, that one goes on holding it."""
    kind, id = split_ref(about)
    if kind == "listing":
        _hold_listing(uow.lock(Listing, id), notice)
    else:
        _hold_need(uow.lock(Need, id), notice)


def release(uow: UnitOfWork, about: str, notice: str, heir: str | None) -> None:
    """Ends what `notice` did. `heir`: another notice that still holds it. What was public before
    is public again, unless its owner has put it away or its time is over."""
    kind, id = split_ref(about)
    at: At[Listing] | At[Need]
    at = uow.lock(Listing, id) if kind == "listing" else uow.lock(Need, id)
    if at.row.measure != notice:
        return
    at.row.measure = heir
    at.record("release", notice=notice, heir=heir)
    if heir is not None:
        return
    if isinstance(at.row, Listing):
        _restore_listing(uow.lock(Listing, id))
    else:
        _restore_need(uow.lock(Need, id))


def put_back(uow: UnitOfWork, about: str) -> None:
    """Takes back what moderation did, upon an appeal: what it took off is public again, unless its
    owner has moved it since, its time is over, or a notice of infringement stands. The caller has
    permitted it."""
    kind, id = split_ref(about)
    if kind == "listing":
        _restore_listing(uow.lock(Listing, id), moderated=True)
    else:
        _restore_need(uow.lock(Need, id), moderated=True)


def refuse_held(row: Listing | Need) -> None:
    """Raises MeasureStands."""
    if row.measure is not None:
        raise MeasureStands


def _hold_listing(at: At[Listing], notice: str) -> None:
    at.row.measure = at.row.measure or notice
    at.record("hold", notice=notice)
    if at.row.state == ListingState.PUBLISHED:
        move(at, ListingAction.MODERATE, reason=_REASON)
        at.row.returned_code = _REASON
        stop_beat(at)
        at.fact(facts.LISTING_WITHDRAWN)
        at.fact(facts.LISTING_MODERATED)


def _hold_need(at: At[Need], notice: str) -> None:
    at.row.measure = at.row.measure or notice
    at.record("hold", notice=notice)
    if at.row.state == NeedState.PUBLISHED:
        move_need(at, NeedAction.MODERATE, reason=_REASON)
        at.timer("expire", None)
        at.fact(facts.need_fact(facts.NEED_WITHDRAWN, confidential=at.row.confidential))
        at.fact(facts.NEED_MODERATED)


def _restore_listing(at: At[Listing], *, moderated: bool = False) -> None:
    steps = select(ListingStep).where(ListingStep.listing == at.row.id)
    last = at.uow.session.scalars(steps.order_by(ListingStep.n.desc()).limit(1)).first()
    if at.row.state != ListingState.WITHDRAWN or not _took_off(last, at.row, moderated=moderated):
        return
    profile = at.uow.law(at.row.jurisdiction, legal_date(at.now, at.uow.ports.zone))
    beat = start_beat(at, profile)
    at.row.returned_code = None
    move(at, ListingAction.RESTORE, profile=profile.pin, rules=beat.rules)
    at.fact(facts.LISTING_PUBLISHED)


def _restore_need(at: At[Need], *, moderated: bool = False) -> None:
    steps = select(NeedStep).where(NeedStep.need == at.row.id)
    last = at.uow.session.scalars(steps.order_by(NeedStep.n.desc()).limit(1)).first()
    over = at.row.expires_at is None or at.row.expires_at <= at.now
    taken = _took_off(last, at.row, moderated=moderated)
    if at.row.state != NeedState.WITHDRAWN or not taken or over:
        return
    move_need(at, NeedAction.RESTORE)
    at.timer("expire", at.row.expires_at)
    at.fact(facts.need_fact(facts.NEED_PUBLISHED, confidential=at.row.confidential))


def _took_off(step: ListingStep | NeedStep | None, row: Listing | Need, *, moderated: bool) -> bool:
    """Was its last step the one that is taken back: a notice, or the operator's moderation?"""
    if step is None or row.measure is not None:
        return False
    if moderated:
        return step.action == ListingAction.MODERATE and step.reason != _REASON
    return step.reason == _REASON
