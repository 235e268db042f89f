"""Two administrators at one form: whoever sends second is told, and hides nothing of the first."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from accounts.actions.change_roles import change_roles
from accounts.actions.edit_organisation import edit_organisation
from accounts.actions.name_heir import name_heir
from accounts.errors import StaleDetails
from accounts.models import Membership, Organisation
from accounts.profiles import ProfileDraft, profile_of
from accounts.units.actions.add_unit import add_unit
from accounts.units.actions.place_member import place_member
from accounts.units.models import Unit
from core.ids import show
from core.versions import version_of
from tests.apps import app_of
from tests.webapp.desks import signed_in, text_of

TOLD = "已有人改动"
SEEN = re.compile(r'name="version" value="(\d+)"')


@pytest.fixture
def second(world):
    """A colleague who administers the institute too; the seat's id."""
    person = world.person("second@example.org")
    world.registrar.member(
        world.institute, world.officer, person, "second@example.org", ["tto_officer"]
    )
    return seat_of(world, person).id


@pytest.fixture
def admin(runtime, world):
    app = app_of(runtime, WTF_CSRF_ENABLED=False)
    return signed_in(app, world.executor, world.officer)


def seat_of(world, person):
    with world.executor.database.read() as session:
        return session.scalars(select(Membership).where(Membership.person == person)).one()


def row(world, model, id):
    with world.executor.database.read() as session:
        return session.get_one(model, id)


def part(page, after):
    """The version in the first form behind these words."""
    return SEEN.search(page, page.index(after))[1]


def test_a_decision_about_what_has_changed_is_not_taken(world, second):
    run, officer, org = world.executor.run, world.actor(world.officer), world.institute
    unit = run(officer, add_unit, org, "department", "材料学院").ref
    before = row(world, Membership, second)
    run(officer, change_roles, second, ["expert"], "", before.written)
    run(officer, name_heir, org, world.officer, version_of(None))
    run(officer, place_member, second, unit, version_of(None))
    with pytest.raises(StaleDetails):
        run(officer, change_roles, second, ["researcher"], "", before.written)
    with pytest.raises(StaleDetails):
        run(officer, name_heir, org, "", version_of(None))
    with pytest.raises(StaleDetails):
        run(officer, place_member, second, "", version_of(None))
    assert row(world, Membership, second).roles == ["expert"]
    assert row(world, Membership, second).unit == unit
    assert row(world, Organisation, org).heir == world.officer


def test_the_public_page_of_a_colleague_is_not_written_over(world, admin):
    place = f"/organisations/{show('organisation', world.institute)}/profile"
    seen = SEEN.search(admin.get(place).text)[1]
    theirs = ProfileDraft(intros={"zh": "同事写的。"}, fields=("H",))
    world.executor.run(world.actor(world.officer), edit_organisation, world.institute, theirs)
    mine = {"intro_zh": "我写的。", "website": "www.slip.example", "version": seen}
    slip = admin.post(place, data=mine)
    assert "完整网址" in text_of(slip)
    assert SEEN.search(slip.text)[1] == seen, "a slip hides the colleague's change"
    told = admin.post(place, data=mine | {"website": ""})
    for said in (TOLD, "<dd>同事写的。</dd>", "<dd>电气与电子</dd>", "我写的。</textarea>"):
        assert said in told.text, said
    assert profile(world).intros == {"zh": "同事写的。"}
    now = SEEN.search(told.text)[1]
    assert admin.post(place, data=mine | {"website": "", "version": now}).status_code == 302
    assert profile(world).intros == {"zh": "我写的。"}


def profile(world):
    with world.executor.database.read() as session:
        return profile_of(session, world.institute)


def test_pages_of_members_and_units_carry_what_was_seen(world, admin, second):
    run, officer, org = world.executor.run, world.actor(world.officer), world.institute
    unit = run(officer, add_unit, org, "department", "材料学院").ref
    base = f"/organisations/{show('organisation', org)}"
    members, units = admin.get(f"{base}/members").text, admin.get(f"{base}/units").text
    run(officer, change_roles, second, ["expert"])
    run(officer, name_heir, org, world.officer)
    run(officer, place_member, second, unit)
    named = {"kind": "branch", "name": "同事改的名"}
    assert admin.post(f"{base}/units/{unit}", data=named).status_code == 302
    roles = {"roles": "researcher", "version": part(members, f"/memberships/{second}/roles")}
    refused = [
        admin.post(f"/memberships/{second}/roles", data=roles),
        admin.post(f"{base}/heir", data={"version": part(members, f"{base}/heir")}),
        admin.post(f"/memberships/{second}/unit",
                   data={"version": part(units, f"/memberships/{second}/unit")}),
        admin.post(f"{base}/units/{unit}",
                   data={"kind": "branch", "name": "我改的名",
                         "version": part(units, f"{base}/units/{unit}")}),
    ]  # fmt: skip
    for answer in refused:
        assert TOLD in answer.text, answer.request.path
    assert row(world, Membership, second).roles == ["expert"]
    assert row(world, Unit, unit).name == "同事改的名"
