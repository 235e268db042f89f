"""Publish what was approved; from now on its owner confirms it regularly."""

from __future__ import annotations

from sqlalchemy import func, select

from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from listings import facts
from listings.beating import start_beat
from listings.errors import Incomplete, SharesOpen
from listings.filled import load_filled
from listings.history import move
from listings.models import Asset, Contributor, Listing
from listings.numbers import number_now
from listings.permissions import Do, check_may
from listings.rules import PUBLISHED, check_publishable, fields_of, missing
from listings.states import ListingAction


def publish_listing(uow: UnitOfWork, listing: str) -> Done:
    """Raises SharesOpen while a contributor with an account has not confirmed, Incomplete while a
    field is empty that the rules ask for by now, NotPublishable, WrongState."""
    uow.check(check_may, listing, Do.PUBLISH)
    at = uow.lock(Listing, listing)
    asset = uow.lock(Asset, at.row.asset)
    waiting = uow.session.scalar(
        select(func.count()).where(
            Contributor.asset == asset.row.id,
            Contributor.person.is_not(None),
            Contributor.share_bp.is_not(None),
            Contributor.confirmed_at.is_(None),
        )
    )
    if waiting:
        raise SharesOpen(count=waiting)
    profile = uow.law(at.row.jurisdiction, legal_date(at.now, uow.ports.zone))
    filled = load_filled(uow.session, listing)
    passed = check_publishable(filled.secrecy, profile)
    if lacking := missing(filled, profile.codes(PUBLISHED)):
        raise Incomplete(fields=fields_of(lacking))
    beat = start_beat(at, profile)
    at.row.published_at = at.row.published_at or at.now
    number_now(uow, at)
    move(at, ListingAction.PUBLISH, profile=profile.pin, rules=(*beat.rules, *passed))
    at.fact(facts.LISTING_PUBLISHED)
    return Done(listing)
