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
    ways_in = {state for (state, action), then in LISTING.items() if then is ListingState.PUBLISHED}
    assert ways_in == {ListingState.APPROVED, ListingState.PUBLISHED, ListingState.EXPIRED}


def test_archived_is_the_end():
    assert not [key for key in LISTING if key[0] is ListingState.ARCHIVED]


def test_every_state_can_be_reached():
    reached, grown = {ListingState.DRAFT}, True
    while grown:
        more = {then for (state, _), then in LISTING.items() if state in reached} - reached
        reached, grown = reached | more, bool(more)
    assert reached == set(ListingState)
