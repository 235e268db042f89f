"""Two registrations become one: seats move, what was there goes on, the old address leads on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from accounts.actions.impose_sanction import Imposed, impose_sanction
from accounts.actions.lift_sanction import lift_sanction
from accounts.directory import organisation_entry
from accounts.models import Membership, Organisation, OrganisationProfile
from accounts.queries import load_actor, organisation_names, people_in
from accounts.units.actions.add_unit import add_unit
from accounts.units.models import Unit
from accounts.units.queries import running
from core.actor import ANONYMOUS, SYSTEM, Actor, Seat
from core.audit import verify_streams
from core.errors import Invalid, NotFound
from core.facts import Fact
from core.ids import show, split_ref
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.models import Deal
from deals.modes import MODES
from governance.actions.approve_merge import approve_merge
from governance.actions.propose_merge import propose_merge
from governance.actions.refuse_merge import refuse_merge
from governance.errors import (
    MergeMovedOn,
    MergeProposedAlready,
    MergeUnlawful,
    OtherOperatorNeeded,
)
from governance.filings import sellers
from governance.merging import obstacles
from listings.documents import load_listing_documents
from listings.models import Listing
from listings.permissions import Do, check_may
from matching.actions.save_search import save_search
from matching.models import SavedSearchMatch
from search.queries import SearchRequest
from tests.trust.world import FIRM, FOREIGN, OWN, demo, member, organisation

END = datetime(2099, 1, 1, tzinfo=UTC)
SECOND = Actor("person", "second", (Seat("market", "operator", frozenset({"operator"})),))


@pytest.fixture
def ids(sample_market):
    with sample_market.database.read() as session:
        return {name: organisation(session, name) for name in (OWN, FOREIGN, FIRM)}


def administrator(organisation):
    return Actor("person", "admin", (Seat(organisation, "institute", frozenset({"tto_officer"})),))


def reasons(market, absorbed, survivor):
    with market.database.read() as session:
        return obstacles(session, absorbed, survivor, market.database.now(session))


def test_what_makes_a_merge_unlawful_refuses_it_with_its_reason(sample_market, ids):
    run, operator = sample_market.executor.run, demo(sample_market, "operator")
    assert any("kinds" in one for one in reasons(sample_market, ids[FIRM], ids[OWN]))
    assert reasons(sample_market, ids[OWN], ids[OWN]) != []
    with sample_market.database.read() as session:
        ended = {state.code for mode in MODES.values() for state in mode.states if state.final}
        deal = session.scalars(
            select(Deal).where(Deal.buyer_org.is_not(None), Deal.state.not_in(ended))
        ).first()
    found = reasons(sample_market, deal.seller_org, deal.buyer_org)
    assert any("deal with each other" in one for one in found)
    with pytest.raises(MergeUnlawful):
        run(operator, propose_merge, ids[FIRM], ids[OWN], "同一单位")
    with pytest.raises(Invalid):
        run(operator, propose_merge, ids[FOREIGN], ids[OWN], " ")
    with pytest.raises(NotFound):
        run(demo(sample_market, "tto_officer"), propose_merge, ids[FOREIGN], ids[OWN], "同一单位")


def test_a_measure_in_force_is_not_shaken_off_by_a_merge(sample_market, ids):
    run, operator = sample_market.executor.run, demo(sample_market, "operator")
    merge = run(operator, propose_merge, ids[FOREIGN], ids[OWN], "同一单位").ref
    with sample_market.database.read() as session:
        today = legal_date(sample_market.database.now(session), sample_market.settings.zone)
    about = f"organisation:{ids[FOREIGN]}"
    last = today + timedelta(days=9)
    imposed = Imposed(about, "no_inquiries", "flooding", "理由", last)
    sanction = run(operator, impose_sanction, imposed).ref
    with pytest.raises(MergeUnlawful):
        run(SECOND, approve_merge, merge)
    run(operator, refuse_merge, merge, "先等处理措施期满")  # by who proposed it: taken back
    with pytest.raises(MergeMovedOn):
        run(SECOND, approve_merge, merge)
    run(SECOND, lift_sanction, sanction, "撤销")


def test_two_operators_make_two_organisations_one(sample_market, client_of, ids):
    run, operator = sample_market.executor.run, demo(sample_market, "operator")
    gone, kept = ids[FOREIGN], ids[OWN]
    stranger = member(sample_market, FOREIGN, "tto_officer")
    with sample_market.database.read() as session:
        now = sample_market.database.now(session)
        listing = session.scalars(
            select(Listing.id).where(Listing.owner_org == gone, Listing.state == "published")
        ).first()
        officers = set(people_in(session, gone, now, ["tto_officer"]))
    with sample_market.database.write() as session:  # what only the one that goes has
        session.execute(
            delete(OrganisationProfile).where(OrganisationProfile.organisation.in_((gone, kept)))
        )
        session.add(
            OrganisationProfile(
                organisation=gone, intros={"en": "Old intro"}, fields=["H"], ror="05dxps055",
                logo="f" * 64, edited_at=now,
            )
        )  # fmt: skip
        session.commit()
    saved = keep_search(sample_market, gone)
    unit = run(administrator(gone), add_unit, gone, "department", "并入的系").ref
    merge = run(operator, propose_merge, gone, kept, "名称变更前的登记").ref
    with pytest.raises(MergeProposedAlready):
        run(operator, propose_merge, gone, kept, "再次提议")
    with pytest.raises(OtherOperatorNeeded):
        run(operator, approve_merge, merge)
    page = client_of("operator").get(f"/operator/merges/{show('merge', merge)}")
    assert (page.status_code, "您是提议人" in page.text) == (200, True)
    run(SECOND, approve_merge, merge)
    sample_market.worker.run_until_idle()
    with sample_market.database.read() as session:
        now = sample_market.database.now(session)
        moved, native = (
            load_actor(session, stranger.person, now),
            demo(sample_market, "tto_officer"),
        )
        assert {(seat.organisation, seat.house) for seat in moved.seats} >= {
            (kept, ""), (gone, kept),
        }  # fmt: skip
        for actor in (moved, native):  # both sit where the results of both are
            check_may(session, actor, listing, Do.CHECK)
        assert set(people_in(session, gone, now, ["tto_officer"])) > officers
        names = organisation_names(session, [gone, kept], "en")
        assert names[gone] == names[kept]
        row = session.get_one(Organisation, gone)
        assert (row.state, row.merged_into) == ("merged", kept)
        open_there = session.scalars(
            select(Membership.id).where(
                Membership.organisation == gone, Membership.ends_at.is_(None)
            )
        )
        assert open_there.all() == []
        assert verify_streams(session).faults == []
        taken_over(session, gone, kept, listing, unit)
    with sample_market.database.read() as session:
        assert organisation_entry(session, ANONYMOUS, gone).row.id == kept
    assert heard(sample_market, saved, f"listing:{listing}") == [f"listing:{listing}"]
    visitor = client_of(None)
    for address in (f"/search?institute={gone}", f"/search.atom?institute={gone}"):
        assert show("listing", listing) in visitor.get(address).text
    moved_on = visitor.get(f"/organisations/{show('organisation', gone)}")
    assert moved_on.status_code == 301
    assert moved_on.headers["Location"].endswith(show("organisation", kept))
    assert visitor.get(f"/results/{show('listing', listing)}").status_code == 200
    assert (
        show("listing", listing) in visitor.get(f"/organisations/{show('organisation', kept)}").text
    )


def keep_search(market, institute) -> str:
    """A firm's saved search for all that one institute offers."""
    keeper = demo(market, "firm_member")
    asked = SearchRequest(filters={"institute": (institute,)}, kinds=("listing",))
    kept = market.executor.run(keeper, save_search, "旧名", "/search?institute=x", asked)
    return split_ref(kept.ref)[1]


def heard(market, saved, listing) -> list[str]:
    """What a saved search has found once the listing is published once more."""
    matching = next(r for r in market.executor.reactions if r.consumer == "matching")
    market.executor.attempt(
        lambda: UnitOfWork(market.executor, SYSTEM),
        lambda uow: matching.react(uow, [Fact("listing.published", listing)]) or Done(),
    )
    with market.database.read() as session:
        refs = select(SavedSearchMatch.ref).where(SavedSearchMatch.saved_search == saved)
        return list(session.scalars(refs))


def taken_over(session, gone, kept, listing, unit):
    """What the one said in public, its units, its sales and its results' documents."""
    profile = session.scalars(
        select(OrganisationProfile).where(OrganisationProfile.organisation == kept)
    ).one()
    assert (profile.logo, profile.ror, profile.fields) == ("f" * 64, "05dxps055", ["H"])
    assert profile.intros == {"en": "Old intro"}
    assert session.get_one(Unit, unit).closed_at is not None
    assert [one.name for one in running(session, [kept])].count("并入的系") == 1
    assert {seller.row.id for seller in sellers(session, END)} >= {kept}
    assert gone not in {seller.row.id for seller in sellers(session, END)}
    document = load_listing_documents(session, [listing], END.date())[listing]
    assert document.facets["institute"] == (kept,)
    assert document.facets["owner"] == (gone, kept)
