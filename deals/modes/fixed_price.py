"""Fixed price (一口价): the owner publishes terms; whoever accepts them as they stand has agreed.

One firm's acceptance of the owner's price is a price by agreement, so a state institute's goes on
public notice like any other; the profile names the modes for which that holds.
"""

from __future__ import annotations

from typing import Final

from core.i18n import N_
from deals.engine.declaration import Mode, Side, State, Transition
from deals.modes.concluding import (
    AFTER_AGREEMENT,
    AFTER_ASKS,
    AFTER_CLOCKS,
    ENDED,
    concluding,
    walking_away,
)

_PUBLISHED: Final = State(
    "published",
    N_("Terms published"),
    N_("The published terms can be accepted as they stand."),
)
_TAKE: Final = Transition(
    "take",
    "published",
    "agreed",
    frozenset({Side.BUYER}),
    ("terms_stand", "buyer_is_eligible", "way_is_free"),
    ("put_posted_terms", "accept_offer", "claim_way"),
    ("price.ways", "notice.price.modes"),
    fact="accepted",
)

FIXED_PRICE: Final = Mode(
    code="fixed_price",
    label=N_("Fixed price"),
    start="published",
    states=(_PUBLISHED, *AFTER_AGREEMENT, *ENDED),
    transitions=(
        _TAKE,
        *concluding("refused", ("close_offers",), "walked_away"),
        *walking_away({}),
    ),
    clocks=AFTER_CLOCKS,
    asks=AFTER_ASKS,
    path=("published", "agreed", "notice", "confirmed", "contracted", "registered"),
    found=N_("The owner published the terms, and the buyer accepted them as they stood."),
    posts=N_("Whoever meets the conditions may accept these terms as they stand, until you "
             "withdraw them or the way is gone."),
)  # fmt: skip
