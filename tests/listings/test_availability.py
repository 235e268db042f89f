"""What can still be had, by table and by property."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap import ROOT
from core.law.book import LawBook
from listings.availability import (
    NEEDS_ALL_OWNERS,
    Bound,
    Register,
    RightHeld,
    Standing,
    availability,
    bound_by,
    conflicts,
)
from listings.kinds import RightKind, Way

TODAY = date(2026, 11, 23)
PAST, FUTURE = TODAY - timedelta(days=400), TODAY + timedelta(days=400)


def held(way, field=None, territory=None, starts=PAST, ends=FUTURE, kind=RightKind.GRANT, **more):
    return RightHeld(kind, way, starts, ends, field, territory, **more)


A, P, C, T, E = Standing
TABLE = [
    # what is in force, what is asked, how it stands
    (None, Way.EXCLUSIVE, A),
    (None, Way.ASSIGNMENT, A),
    (held(Way.ORDINARY), Way.ORDINARY, A),
    (held(Way.ORDINARY), Way.TRIAL_LICENCE, A),
    (held(Way.ORDINARY), Way.EXCLUSIVE, T),
    (held(Way.ORDINARY), Way.SOLE, T),
    (held(Way.ORDINARY), Way.ASSIGNMENT, A),
    (held(Way.TRIAL_LICENCE), Way.EXCLUSIVE, T),
    (held(Way.EXCLUSIVE), Way.EXCLUSIVE, T),
    (held(Way.EXCLUSIVE), Way.SOLE, T),
    (held(Way.EXCLUSIVE), Way.ORDINARY, T),
    (held(Way.EXCLUSIVE), Way.ASSIGNMENT, A),
    (held(Way.SOLE), Way.ORDINARY, T),
    (held(Way.SOLE), Way.EXCLUSIVE, T),
    (held(Way.ASSIGNMENT, ends=None), Way.ORDINARY, T),
    (held(Way.ASSIGNMENT, ends=None), Way.ASSIGNMENT, T),
    (held(Way.EQUITY_CONTRIBUTION, ends=None), Way.EXCLUSIVE, T),
    (held(Way.ORDINARY, field="LED"), Way.EXCLUSIVE, P),
    (held(Way.EXCLUSIVE, field="LED"), Way.ORDINARY, P),
    (held(Way.EXCLUSIVE, territory="CN-33"), Way.EXCLUSIVE, P),
    (held(Way.EXCLUSIVE, ends=TODAY), Way.ORDINARY, T),
    (held(Way.EXCLUSIVE, ends=TODAY - timedelta(days=1)), Way.ORDINARY, A),
    (held(Way.EXCLUSIVE, starts=FUTURE, ends=None), Way.ORDINARY, A),
    (held(None, kind=RightKind.PLEDGE), Way.EXCLUSIVE, C),
    (held(None, kind=RightKind.PLEDGE), Way.ORDINARY, C),
    (held(None, kind=RightKind.PLEDGE, consent=True), Way.EXCLUSIVE, A),
    (held(None, kind=RightKind.PLEDGE), Way.JOINT_DEVELOPMENT, A),
    (held(None, kind=RightKind.OPEN_LICENCE), Way.EXCLUSIVE, T),
    (held(None, kind=RightKind.OPEN_LICENCE), Way.ORDINARY, A),
    (held(Way.EXCLUSIVE), Way.JOINT_DEVELOPMENT, A),
]


@pytest.mark.parametrize(("right", "way", "standing"), TABLE)
def test_how_a_way_stands(right, way, standing):
    register = Register((right,) if right else ())
    assert availability(register, way, TODAY).standing is standing


def test_a_field_taken_exclusively_leaves_the_others():
    register = Register((held(Way.EXCLUSIVE, field="LED 照明"),))
    assert availability(register, Way.EXCLUSIVE, TODAY).except_for == ("LED 照明",)
    assert availability(register, Way.EXCLUSIVE, TODAY, field="led 照明").standing is T
    assert availability(register, Way.EXCLUSIVE, TODAY, field="电池").standing is A


def test_a_province_is_part_of_the_country():
    register = Register((held(Way.EXCLUSIVE, territory="CN-33"),))
    assert availability(register, Way.ORDINARY, TODAY, territory="CN-33").standing is T
    assert availability(register, Way.ORDINARY, TODAY, territory="CN").standing is P
    assert availability(register, Way.ORDINARY, TODAY, territory="DE").standing is A


def test_several_places_are_named_with_commas():
    register = Register((held(Way.EXCLUSIVE, territory="CN-33, CN-31"),))
    assert availability(register, Way.ORDINARY, TODAY, territory="CN-31").standing is T
    assert availability(register, Way.ORDINARY, TODAY, territory="CN-31，DE").standing is P
    assert availability(register, Way.ORDINARY, TODAY, territory="DE、FR").standing is A


@pytest.mark.parametrize("said", ["浙江省及上海市", "Europe", "worldwide", "CN-33 (Hangzhou)"])
def test_what_is_said_in_words_may_be_anywhere(said):
    register = Register((held(Way.EXCLUSIVE, territory=said),))
    assert availability(register, Way.ORDINARY, TODAY, territory="DE").standing is P
    assert availability(register, Way.ORDINARY, TODAY, territory=said).standing is T
    other = RightHeld(RightKind.GRANT, Way.EXCLUSIVE, TODAY, None, None, "DE")
    assert conflicts(register, other, TODAY) == ("exclusive",)


def test_co_owners_are_asked_for_what_binds_them():
    register = Register((), co_owners_open=1)
    assert availability(register, Way.EXCLUSIVE, TODAY).reasons == ("co_owners",)
    assert availability(register, Way.ORDINARY, TODAY).standing is A


def test_a_dead_patent_cannot_be_licensed():
    assert availability(Register((), ended=True), Way.ORDINARY, TODAY).standing is E


def test_until_names_the_day_the_way_is_free():
    register = Register((held(Way.EXCLUSIVE), held(Way.SOLE, ends=None)))
    assert availability(register, Way.ORDINARY, TODAY).until is None
    assert availability(Register((held(Way.SOLE),)), Way.ORDINARY, TODAY).until == FUTURE


def test_a_licence_that_begins_later_conflicts_with_one_that_overlaps_it():
    register = Register((held(Way.EXCLUSIVE, starts=FUTURE, ends=None),))
    assert conflicts(register, held(Way.ORDINARY, starts=TODAY, ends=None), TODAY) == ("exclusive",)
    early = held(Way.ORDINARY, starts=TODAY, ends=FUTURE - timedelta(days=1))
    assert conflicts(register, early, TODAY) == ()


ways = st.sampled_from(list(Way))
rights = st.builds(
    held,
    ways,
    field=st.sampled_from([None, "a", "b"]),
    territory=st.sampled_from([None, "CN", "CN-33", "US"]),
    starts=st.dates(PAST, TODAY),
    ends=st.none() | st.dates(TODAY, FUTURE),
)


@given(st.lists(rights, max_size=5), ways, st.sampled_from([None, "a", "c"]))
def test_more_rights_never_make_a_way_freer(register, way, field):
    order = [Standing.AVAILABLE, Standing.PARTLY, Standing.TAKEN]
    standings = [
        order.index(availability(Register(tuple(register[:n])), way, TODAY, field).standing)
        for n in range(len(register) + 1)
    ]
    assert standings == sorted(standings)


@given(st.lists(rights, max_size=6))
def test_a_register_kept_by_conflicts_never_holds_two_exclusive_licences_of_one_scope(wanted):
    kept = []
    for right in wanted:
        if not conflicts(Register(tuple(kept)), right, TODAY):
            kept.append(right)
    exclusive = [right for right in kept if right.way is Way.EXCLUSIVE]
    for n, one in enumerate(exclusive):
        for other in exclusive[n + 1 :]:
            fields_meet = None in (one.field, other.field) or one.field == other.field
            places = (one.territory, other.territory)
            places_meet = (
                None in places or places[0].startswith(places[1]) or places[1].startswith(places[0])
            )
            assert not (fields_meet and places_meet)


def test_what_the_profile_says_of_ways():
    """A rule that is amended binds: a profile of its own, with one value changed."""
    law = LawBook.load(ROOT / "policies").profile("cn-national", TODAY)

    def amended(**more: tuple[str, ...]) -> Bound:
        values = dict(law.values)
        for rule, value in more.items():
            values[rule.replace("__", ".")] = replace(
                law.value(rule.replace("__", ".")), value=value
            )
        return bound_by(replace(law, values=values))

    assert bound_by(law) == Bound()
    none_alone = amended(coowner__may_grant_alone=())
    assert none_alone.all_owners == NEEDS_ALL_OWNERS | {Way.ORDINARY}
    assert amended(coowner__consent=("assignment",)).all_owners == {
        Way.ASSIGNMENT, Way.EXCLUSIVE, Way.SOLE
    }  # fmt: skip
    register = Register(co_owners_open=1, bound=none_alone)
    assert availability(register, Way.ORDINARY, TODAY).standing is Standing.CONSENT
    assert availability(Register(co_owners_open=1), Way.ORDINARY, TODAY).standing is A
    open_to_all = held(None, kind=RightKind.OPEN_LICENCE)
    stricter = amended(open_licence__bars=("exclusive", "sole", "ordinary"))
    assert availability(Register((open_to_all,)), Way.ORDINARY, TODAY).standing is A
    barred = availability(Register((open_to_all,), bound=stricter), Way.ORDINARY, TODAY)
    assert barred.standing is T
    assert conflicts(Register((open_to_all,), bound=stricter), held(Way.ORDINARY), TODAY)
