"""Every state x action cell of both tables: what is not written down is refused."""

import itertools

import pytest

from listings.errors import WrongState
from listings.states import (
    LISTING,
    NEED,
    ListingAction,
    ListingState,
    NeedAction,
    NeedState,
    after,
    need_after,
)


@pytest.mark.parametrize(("state", "action"), list(itertools.product(ListingState, ListingAction)))
def test_every_cell_of_a_listing(state, action):
    if (state, action) in LISTING:
        assert after(state, action) is LISTING[state, action]
    else:
        with pytest.raises(WrongState) as refusal:
            after(state, action)
        assert refusal.value.params == {"state": str(state), "action": str(action)}


@pytest.mark.parametrize(("state", "action"), list(itertools.product(NeedState, NeedAction)))
def test_every_cell_of_a_need(state, action):
    if (state, action) in NEED:
        assert need_after(state, action) is NEED[state, action]
    else:
        with pytest.raises(WrongState):
            need_after(state, action)


def test_nothing_is_published_without_approval():
    into = [key for key, then in LISTING.items() if then is ListingState.PUBLISHED]
    assert {state for state, _ in into} - {ListingState.WITHDRAWN} == {
        ListingState.APPROVED,
        ListingState.PUBLISHED,
        ListingState.EXPIRED,
    }
    back = {action for state, action in into if state is ListingState.WITHDRAWN}
    assert back == {ListingAction.RESTORE}, "only what a measure took down comes back by itself"


def test_archived_is_the_end():
    assert not [key for key in LISTING if key[0] is ListingState.ARCHIVED]


def test_every_state_can_be_reached():
    reached, grown = {ListingState.DRAFT}, True
    while grown:
        more = {then for (state, _), then in LISTING.items() if state in reached} - reached
        reached, grown = reached | more, bool(more)
    assert reached == set(ListingState)
