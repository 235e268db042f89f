"""What an accepted deal shows to the public, and how a sender without an account hears of it."""

from __future__ import annotations

from sqlalchemy import select

from core.actor import ANONYMOUS
from deals.actions.accept_offer import accept_offer
from deals.actions.open_deal import open_deal
from deals.actions.walk_away import walk_away
from deals.inquiring import claim_token
from deals.queries import claims_on
from notifications.models import Dispatch
from notifications.writing import compose


def agreed(stage):
    deal = stage.open()
    version = stage.offer(deal, stage.officer)
    stage.executor.run(stage.buyer, accept_offer, deal, version)
    return deal


def claims(stage):
    with stage.executor.database.read() as session:
        return claims_on(session, "asset")


def test_an_agreed_way_is_known_to_the_public_until_the_deal_ends(stage):
    assert claims(stage) == ()
    deal = agreed(stage)
    (claim,) = claims(stage)
    assert (claim.way, claim.last_day) == ("exclusive", None)
    stage.hang(deal)
    notice = stage.notice(deal)
    (claim,) = claims(stage)
    assert (claim.way, claim.notice, claim.last_day) == ("exclusive", notice.id, notice.last_day)
    stage.executor.run(stage.buyer, walk_away, deal, "price")
    assert claims(stage) == ()


def test_a_notice_names_the_registered_buyer_not_what_was_typed(stage):
    deal = agreed(stage)
    assert stage.deal(deal).buyer_firm == "澄岚热管理有限公司"
    assert stage.notice(deal).buyer == "firm甲"


def test_a_stranger_gets_the_key_to_the_inquiry_by_mail(stage, drain):
    inquiry = stage.ask(ANONYMOUS)
    drain()
    stage.executor.run(stage.officer, open_deal, inquiry)
    drain()
    to_sender = select(Dispatch).where(Dispatch.address == "ran@firm.example").order_by(Dispatch.n)
    ports = stage.executor.ports
    with stage.executor.database.read() as session:
        rows = session.scalars(to_sender).all()
        bodies = [compose(session, row, ports).body for row in rows]
    assert [row.topic for row in rows] == ["inquiry.received", "inquiry.dealt"]
    assert all(claim_token(ports.secret, inquiry) in body for body in bodies)


def test_a_sender_with_an_account_gets_no_second_key(stage, drain):
    stage.ask(stage.buyer)
    drain()
    with stage.executor.database.read() as session:
        topics = session.scalars(select(Dispatch.topic)).all()
    assert "inquiry.received" not in topics
