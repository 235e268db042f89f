"""Approve a listing whose title check is complete: by a second person."""

from __future__ import annotations

from sqlalchemy import select

from core.models import Approval
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.history import move
from listings.models import Listing, ListingStep, TitleFinding
from listings.permissions import Do, check_may
from listings.rules import check_approver, check_title_done
from listings.states import ListingAction, after


def approve_listing(uow: UnitOfWork, listing: str) -> Done:
    """Raises OwnWork for the author and for whoever submitted it, TitleOpen, WrongState."""
    uow.check(check_may, listing, Do.APPROVE)
    at = uow.lock(Listing, listing)
    profile = uow.law(at.row.jurisdiction, legal_date(at.now, uow.ports.zone))
    after(at.row.state, ListingAction.APPROVE)
    findings = uow.session.execute(
        select(TitleFinding.item, TitleFinding.outcome).where(TitleFinding.listing == listing)
    )
    check_approver(uow.actor.person, at.row.author, _submitter(uow, listing))
    check_title_done({row.item: row.outcome for row in findings})
    at.row.approved_by, at.row.approved_at = uow.actor.person, at.now
    move(at, ListingAction.APPROVE, profile=profile.pin)
    round_ = at.row.submitted_at.isoformat() if at.row.submitted_at else ""
    at.add(
        Approval(
            ref=at.row.stream, step=f"publish {round_}", person=uow.actor.person or "", at=at.now
        )
    )
    at.fact(facts.LISTING_APPROVED)
    return Done(listing)


def _submitter(uow: UnitOfWork, listing: str) -> str | None:
    """Who handed it in last."""
    return uow.session.scalar(
        select(ListingStep.by)
        .where(ListingStep.listing == listing, ListingStep.action == ListingAction.SUBMIT)
        .order_by(ListingStep.n.desc())
        .limit(1)
    )
