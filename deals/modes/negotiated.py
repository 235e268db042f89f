"""Price by agreement (协议定价): offers until one is accepted, then notice, then confirmation."""

from __future__ import annotations

from typing import Final

from core.i18n import N_
from deals.engine.declaration import (
    AUTOMATIC,
    ENGINE,
    SIDES,
    Ask,
    Clock,
    Mode,
    Side,
    State,
    Transition,
)
from deals.modes.concluding import (
    AFTER_AGREEMENT,
    AFTER_ASKS,
    AFTER_CLOCKS,
    ENDED,
    concluding,
    walking_away,
)

_TALKING: Final = State(
    "talking",
    N_("In talks"),
    N_("Both sides may make offers; the current one can be accepted."),
)
_LAPSED: Final = State(
    "lapsed", N_("Lapsed"), N_("Nobody acted for the whole idle period."), "stopped", True
)

_TALKS: Final = (
    Transition(
        "offer",
        "talking",
        "talking",
        SIDES,
        ("export_allows_talks", "offer_was_read", "way_is_free"),
        ("put_offer",),
        ("offer.valid_days",),
        fact="offered",
    ),
    Transition(
        "withdraw_offer",
        "talking",
        "talking",
        SIDES,
        ("offer_is_current", "offer_is_own"),
        ("take_back_offer",),
        fact="offer_withdrawn",
    ),
    Transition(
        "accept",
        "talking",
        "agreed",
        SIDES,
        (
            "export_allows_talks",
            "offer_is_current",
            "offer_is_of_the_other_side",
            "offer_is_valid",
            "way_is_free",
        ),
        ("accept_offer", "claim_way"),
        ("price.ways",),
        fact="accepted",
    ),
    Transition(
        AUTOMATIC,
        "talking",
        "lapsed",
        ENGINE,
        ("idle_is_over",),
        ("close_offers",),
        ("deal.idle_days",),
    ),
)

_ASKS: Final = (
    Ask(
        "talking",
        Side.SELLER,
        "offer",
        N_("Make an offer, or accept the buyer's current one"),
        N_("Without any step the talks lapse."),
    ),
    Ask(
        "talking",
        Side.BUYER,
        "offer",
        N_("Make an offer, or accept the owner's current one"),
        N_("Without any step the talks lapse."),
    ),
)

NEGOTIATED: Final = Mode(
    code="negotiated",
    label=N_("Price by agreement"),
    start="talking",
    states=(_TALKING, *AFTER_AGREEMENT, *ENDED, _LAPSED),
    transitions=(
        *_TALKS,
        *concluding("talking", ("reopen_talks",), "reopened"),
        *walking_away({"talking": ("close_offers",)}),
    ),
    clocks=(Clock("talking", "idle"), *AFTER_CLOCKS),
    asks=(*_ASKS, *AFTER_ASKS),
    found=N_("Both sides agreed on the price in talks."),
    path=("talking", "agreed", "notice", "confirmed", "contracted", "registered"),
)
