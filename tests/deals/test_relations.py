"""Who is related to the makers or the owner: found whatever the way of dealing, whenever the buyer
comes, and said no more surely than it is known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Membership, Organisation
from core.actor import SYSTEM
from core.ids import new_id, show
from core.models import Audit
from core.results import Done
from core.unit_of_work import UnitOfWork
from deals import notices
from deals.actions.accept_offer import accept_offer
from deals.actions.claim_inquiry import claim_inquiry
from deals.actions.open_deal import open_deal
from deals.inquiring import claim_token
from deals.models import DealStep, PublicNotice
from deals.relations import is_related
from listings.models import Asset, Contributor
from tests.deals.conftest import WHEN
from tests.deals.test_fixed_price import post, take
from tests.deals.test_pages import app, browser, text_of

EVERY_DATABASE = True
__all__ = ["app", "browser"]


def contribute(stage, person: str | None) -> None:
    def run(uow: UnitOfWork) -> Done:
        at = uow.lock(Asset, "asset")
        at.add(Contributor(asset="asset", position=1, name="陶知遥", person=person))
        at.record("contributed")
        return Done()

    stage.executor.run(SYSTEM, run)


def seat(stage, person: str, organisation: str, *, ends: timedelta | None = None) -> None:
    def run(uow: UnitOfWork) -> Done:
        at = uow.lock(Organisation, organisation)
        at.add(
            Membership(
                organisation=organisation,
                person=person,
                roles=["firm_member"],
                starts_at=WHEN,
                ends_at=WHEN + ends if ends else None,
            )
        )
        at.record("seated")
        return Done()

    stage.executor.run(SYSTEM, run)


FIRM = {"person": "buyer", "organisation": "firm"}
ALONE = {"person": "stranger"}
CASES = [
    ("nobody is related", (), (), FIRM, False),
    ("the buyer is a contributor", ("buyer",), (), FIRM, True),
    ("a contributor has a seat in the firm", ("scholar",), (("scholar", "firm"),), FIRM, True),
    ("somebody of the owner has a seat there", (), (("second", "firm"),), FIRM, True),
    ("the buyer has a seat in the owner", (), (("buyer", "institute"),), FIRM, True),
    ("another firm's contributor", ("stranger",), (), FIRM, False),
    ("alone, and a contributor", ("stranger",), (), ALONE, True),
    ("alone, with a seat in the owner", (), (("stranger", "institute"),), ALONE, True),
    ("alone, whatever the own firm's people made", ("buyer",), (), ALONE, False),
    ("a contributor without an account", (None,), (), FIRM, False),
    ("not known who buys", (None,), (), {}, False),
]


@pytest.mark.parametrize(("said", "makers", "seats", "buyer", "related"), CASES)
def test_what_relates(stage, said, makers, seats, buyer, related):
    for maker in makers:
        contribute(stage, maker)
    for one in seats:
        seat(stage, *one)
    with stage.executor.database.read() as session:
        now = stage.executor.database.now(session)
        found = is_related(session, ["asset"], "institute", now, **buyer)
    assert found is related, said


def test_a_seat_that_has_ended_relates_nobody(stage, clock):
    contribute(stage, "scholar")
    seat(stage, "scholar", "firm", ends=timedelta(minutes=1))
    clock.set(WHEN + timedelta(days=1))
    assert not stage.deal(stage.open()).related


def accepted(stage, actor=None, **more: object) -> str:
    deal = stage.open(way="ordinary", **more)
    version = stage.offer(deal, stage.officer, way="ordinary")
    stage.executor.run(actor or stage.buyer, accept_offer, deal, version)
    return deal


def test_talks_find_the_inventor_behind_a_colleague(stage):
    contribute(stage, "scholar")
    seat(stage, "scholar", "firm")
    deal = accepted(stage)
    assert (stage.deal(deal).related, stage.notice(deal).related) == (True, True)


def test_published_terms_find_the_inventor_behind_a_colleague(stage):
    contribute(stage, "scholar")
    seat(stage, "scholar", "firm")
    deal = take(stage, post(stage))
    assert (stage.deal(deal).related, stage.notice(deal).related) == (True, True)


def test_who_joins_during_the_talks_is_found_at_acceptance(stage):
    contribute(stage, "scholar")
    deal = stage.open(way="ordinary")
    version = stage.offer(deal, stage.officer, way="ordinary")
    assert not stage.deal(deal).related
    seat(stage, "scholar", "firm")
    stage.executor.run(stage.buyer, accept_offer, deal, version)
    assert (stage.deal(deal).related, stage.notice(deal).related) == (True, True)
    with stage.executor.database.read() as session:
        steps = select(DealStep).where(DealStep.deal == deal, DealStep.act == "accept")
        assert session.scalars(steps).one().evidence["related"] is True


def test_who_claims_the_inquiry_later_is_looked_at(stage):
    contribute(stage, "buyer")
    inquiry = stage.ask()
    deal = stage.executor.run(stage.officer, open_deal, inquiry).ref
    assert not stage.deal(deal).related
    token = claim_token(stage.executor.ports.secret, inquiry)
    stage.executor.run(stage.buyer, claim_inquiry, inquiry, token)
    assert stage.deal(deal).related
    with stage.executor.database.read() as session:
        chain = select(Audit.body).where(Audit.stream == f"deal:{deal}").order_by(Audit.seq)
        assert '"related":true' in session.scalars(chain).all()[-1].replace(" ", "")


SAID = {
    "": ("未发现且未申报受让方与完成人、单位存在关联关系", "无关联关系"),
    "/en": ("No relation of the buyer", "not related to one"),
}


def test_a_notice_says_what_is_known_and_an_old_one_what_it_said(stage, runtime, browser):
    notice = stage.notice(accepted(stage))
    assert notice.edition == notices.published(notice)["edition"] == 2
    assert notices.digest(notice) == notice.digest
    before = published_before(runtime, notice)
    for id, old in ((notice.id, False), (before, True)):
        for prefix, (now, then) in SAID.items():
            page = text_of(browser().get(f"{prefix}/notices/{show('notice', id)}"))
            assert (now in page, then in page) == (not old, old)


def published_before(runtime, notice: PublicNotice) -> str:
    """The same, as it was published before the market looked for relations."""
    kept = {one.key: getattr(notice, one.key) for one in PublicNotice.__table__.columns}
    row = PublicNotice(**(kept | {"id": new_id(), "edition": 1, "number": None}))
    said = notices.published(notice)
    assert notices.published(row) == {key: said[key] for key in said if key != "edition"}
    id = row.id
    with runtime.database.write() as session:
        session.add(row)
        session.commit()
    return id
