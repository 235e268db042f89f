"""What transitions do besides changing the state: effects by name, run under the deal's lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import select

from core.times import legal_date
from core.unit_of_work import At
from deals import lawful, notices
from deals.deciding.effects import EFFECTS as DECIDING
from deals.doing import Doing
from deals.engine.declaration import Side
from deals.models import AssetClaim, DealAsset, NoticePosting, Objection, Offer
from deals.offers import Terms
from deals.open_licence.effects import EFFECTS as OPEN_LICENCE
from deals.preemption.effects import EFFECTS as COMING_FIRST
from deals.relations import mark_related
from deals.rounds import deposits
from deals.rounds.defaults import DEFAULTED
from listings.models import Asset


def _put_offer(doing: Doing) -> None:
    _put(doing, doing.side)


def _put_posted_terms(doing: Doing) -> None:
    """What the owner published is the owner's offer, whoever takes the step."""
    _put(doing, Side.SELLER)


def _put_found_price(doing: Doing) -> None:
    """What a round found is the winner's offer: they registered for it, or quoted it."""
    _put(doing, Side.BUYER)


def _put(doing: Doing, maker: Side) -> None:
    terms: Terms = doing.data["terms"]
    if doing.deal.offer:
        doing.on_table().state = "superseded"
    version = doing.deal.offers + 1
    doing.at.add(
        Offer(
            deal=doing.deal.id,
            version=version,
            side=maker,
            by=doing.uow.actor.person,
            at=doing.at.now,
            terms=terms.dump(),
            valid_until=terms.valid_until,
        )
    )
    doing.deal.offers = doing.deal.offer = version
    doing.evidence["version"] = version


def _take_back_offer(doing: Doing) -> None:
    _answer(doing, doing.on_table(), "withdrawn")
    doing.deal.offer = None


def _accept_offer(doing: Doing) -> None:
    offer = doing.on_table()
    _answer(doing, offer, "accepted")
    doing.deal.agreed = offer.version
    doing.deal.way = Terms.load(offer.terms).way
    if mark_related(doing.uow.session, doing.deal, doing.at.now):
        doing.evidence["related"] = True


def _close_offers(doing: Doing) -> None:
    if doing.deal.offer:
        _answer(doing, doing.on_table(), "closed")
    doing.deal.offer = None


def _reopen_talks(doing: Doing) -> None:
    _close_offers(doing)
    doing.deal.agreed = doing.deal.way = doing.deal.notice = None


def _answer(doing: Doing, offer: Offer, state: str) -> None:
    offer.state, offer.answered_at = state, doing.at.now
    offer.answered_by = doing.uow.actor.person
    doing.evidence["version"] = offer.version


def _claim_way(doing: Doing) -> None:
    """What the deal has claimed before stays claimed."""
    terms, session = Terms.load(doing.on_table().terms), doing.uow.session
    for asset in _assets(doing):
        if session.get(AssetClaim, (asset.row.id, doing.deal.id)) is not None:
            continue
        asset.add(
            AssetClaim(
                asset=asset.row.id,
                deal=doing.deal.id,
                way=terms.way,
                field=terms.field,
                territory=terms.territory,
                at=doing.at.now,
            )
        )
        asset.record("claimed", deal=doing.deal.id, way=terms.way)


def _release_way(doing: Doing) -> None:
    held = _assets(doing)
    of_deal = select(AssetClaim).where(AssetClaim.deal == doing.deal.id)
    claims = {claim.asset: claim for claim in doing.uow.session.scalars(of_deal)}
    for asset in held:
        if claim := claims.get(asset.row.id):
            asset.remove(claim)
            asset.record("released", deal=doing.deal.id, way=claim.way)


def _free_deposit(doing: Doing) -> None:
    deposits.free_of_deal(doing.uow, doing.deal)


def _forfeit_deposit(doing: Doing) -> None:
    doing.evidence[DEFAULTED] = True
    deposits.forfeit_of_deal(doing.uow, doing.deal, str(doing.evidence["reason"]))


def _assets(doing: Doing) -> list[At[Asset]]:
    ids = doing.uow.find(DealAsset.asset, DealAsset.deal == doing.deal.id)
    return [doing.uow.lock(Asset, id) for id in sorted(ids)]


def _begin_notice(doing: Doing) -> None:
    profile = lawful.pinned(doing.uow, doing.deal)
    zone = doing.uow.ports.zone
    today = legal_date(doing.at.now, zone)
    wording = doing.uow.wording(notices.WORDING, today)
    notice = notices.draw_up(
        doing.uow.session, doing.deal, doing.agreed_terms(), profile, doing.at.now, wording
    )
    if not notice.asks_proof:
        notices.begin_period(notice, profile, today, zone)
    notice.digest = notices.digest(notice)
    doing.at.add(notice)
    doing.deal.notice = notice.id
    doing.evidence.update({"notice": notice.id, "digest": notice.digest, "days": notice.days})


def _close_notice(doing: Doing) -> None:
    _end_notice(doing, "closed", "confirmed")


def _revoke_notice(doing: Doing) -> None:
    upheld = doing.transition.act == "answer_objection"
    _end_notice(doing, "revoked", "objection_upheld" if upheld else "ended")


def _end_notice(doing: Doing, state: str, result: str) -> None:
    notice = doing.running_notice()
    if notice is not None and notice.state == "running":
        notice.state, notice.result, notice.result_at = state, result, doing.at.now
        doing.evidence.update({"notice": notice.id, "result": result})


def _keep_posting(doing: Doing) -> None:
    """The first one begins the period where it waits for that."""
    shown: NoticePosting = doing.data["posting"]
    doing.at.add(shown)
    doing.evidence.update({"notice": shown.notice, "shows": shown.shows, "sha256": shown.sha256})
    notice = doing.running_notice()
    if notice is None or not notice.asks_proof:
        return
    if shown.shows == "last":
        notice.shown_until = shown.day
    elif notice.first_day is None:
        zone, profile = doing.uow.ports.zone, lawful.pinned(doing.uow, doing.deal)
        notices.begin_period(notice, profile, shown.day, zone)
        doing.evidence["last_day"] = str(notice.last_day)


def _note_reminder(doing: Doing) -> None:
    if notice := doing.running_notice():
        notice.reminded_at = doing.at.now


def _take_objection(doing: Doing) -> None:
    objection: Objection = doing.data["objection"]
    objection.at = doing.at.now
    doing.at.add(objection)
    doing.evidence.update({"notice": objection.notice, "objection": objection.id})


EFFECTS: Final[dict[str, Callable[[Doing], None]]] = {
    "put_offer": _put_offer,
    "put_posted_terms": _put_posted_terms,
    "put_found_price": _put_found_price,
    "take_back_offer": _take_back_offer,
    "accept_offer": _accept_offer,
    "close_offers": _close_offers,
    "reopen_talks": _reopen_talks,
    "claim_way": _claim_way,
    "release_way": _release_way,
    "free_deposit": _free_deposit,
    "forfeit_deposit": _forfeit_deposit,
    "begin_notice": _begin_notice,
    "close_notice": _close_notice,
    "revoke_notice": _revoke_notice,
    "take_objection": _take_objection,
    "keep_posting": _keep_posting,
    "note_reminder": _note_reminder,
    **DECIDING,
    **COMING_FIRST,
    **OPEN_LICENCE,
}
