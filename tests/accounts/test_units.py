"""Departments and branches: kept by administrators, named by results and people."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from accounts.models import Membership
from accounts.units.actions.add_unit import add_unit
from accounts.units.actions.close_unit import close_unit
from accounts.units.actions.edit_unit import edit_unit
from accounts.units.actions.place_member import place_member
from accounts.units.models import Unit
from accounts.units.queries import placements, unit_of_member, units_of
from core.errors import Forbidden, Invalid, NotFound
from core.ids import show
from listings.actions.assign_unit import assign_unit
from listings.models import Listing
from tests.trust.world import demo


def seat(world, person):
    with world.executor.database.read() as session:
        return session.scalars(select(Membership.id).where(Membership.person == person)).one()


def test_a_unit_has_one_name_and_people_sit_in_it_until_it_closes(world):
    run, admin = world.executor.run, world.actor(world.officer)
    first = run(admin, add_unit, world.institute, "department", "材料学院", "Materials").ref
    for kind, name, field in [
        ("department", "材料学院", "name"), ("branch", " ", "name"), ("lab", "甲", "kind"),
        ("branch", "长" * 121, "name"),
    ]:  # fmt: skip
        with pytest.raises(Invalid) as wrong:
            run(admin, add_unit, world.institute, kind, name)
        assert set(wrong.value.problems) == {field}
    run(admin, edit_unit, first, "branch", "材料研究院")
    place = seat(world, world.officer)
    with pytest.raises(Invalid):
        run(admin, place_member, place, "0" * 32)
    run(admin, place_member, place, first)
    with world.executor.database.read() as session:
        now = world.executor.database.now(session)
        assert placements(session, world.institute, now) == {place: first}
        assert unit_of_member(session, world.officer, world.institute, now) == first
    run(admin, close_unit, first)
    with world.executor.database.read() as session:
        assert placements(session, world.institute, now) == {}
        assert [row.closed_at is not None for row in units_of(session, world.institute)] == [True]
    with pytest.raises(NotFound):
        run(admin, edit_unit, first, "branch", "又一个")
    run(admin, add_unit, world.institute, "branch", "材料研究院")  # its name is free again


def test_nobody_but_an_administrator_keeps_units(world):
    stranger, operator = world.person("s@a.example"), world.actor(world.operator)
    for actor in (world.actor(stranger), operator):
        with pytest.raises(Forbidden):
            world.executor.run(actor, add_unit, world.institute, "branch", "甲")


def test_a_result_names_its_unit_in_the_queue_and_in_public(sample_market, client_of):
    run, officer = sample_market.executor.run, demo(sample_market, "tto_officer")
    org = officer.seats[0].organisation
    unit = run(officer, add_unit, org, "department", "光学与电子学院", "School of Optics").ref
    with sample_market.database.read() as session:
        published = session.scalars(
            select(Listing.id).where(Listing.owner_org == org, Listing.state == "published")
        ).first()
        foreign = session.scalars(
            select(Listing.id).where(Listing.owner_org != org, Listing.state == "published")
        ).first()
    run(officer, assign_unit, published, unit)
    with pytest.raises((Forbidden, NotFound)):
        run(officer, assign_unit, foreign, unit)
    with pytest.raises(Invalid):
        run(officer, assign_unit, published, "0" * 32)
    office, visitor = client_of("tto_officer"), client_of(None)
    queue = office.get(f"/queue?unit={unit}").text
    assert show("listing", published) in queue
    assert queue.count('class="tick"') == 1
    assert "School of Optics" in visitor.get(f"/en/results/{show('listing', published)}").text
    page = visitor.get(f"/organisations/{show('organisation', org)}").text
    assert "光学与电子学院" in page
    units = f"/organisations/{show('organisation', org)}/units"
    assert office.get(units).status_code == 200
    sent = {"kind": "branch", "name": "苏州分院", "name_en": ""}
    assert office.post(units, data=sent).status_code == 302
    assert office.post(units, data=sent).status_code == 422
    with sample_market.database.read() as session:
        branch = session.scalars(select(Unit.id).where(Unit.name == "苏州分院")).one()
    assert office.post(f"{units}/{branch}", data={"decision": "close"}).status_code == 302
    chosen = {"row": show("listing", published), "deed": "place", "unit": ""}
    assert office.post("/queue/do", data=chosen).status_code == 302
    with sample_market.database.read() as session:
        assert session.get_one(Listing, published).unit is None
