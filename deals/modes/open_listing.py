"""Open listing (挂牌): a list price is public for a period, and a round finds the price.

The round (`deals/rounds/`) is its own stream: it has many registrations and, at its end, one
winner at most. Only then a deal opens, with the price found; so a deal never has two buyers.
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
    breaking_off,
    concluding,
)

_LISTED: Final = State(
    "listed",
    N_("Publicly listed"),
    N_("The open listing finds the price; its winner is the buyer."),
)
_FREED: Final = ("free_deposit",)
"""With a contract, the winner's deposit pays a part of the price; without one it goes back, unless
the winner broke off without a lawful reason."""
_AWARD: Final = Transition(
    "award",
    "listed",
    "agreed",
    frozenset({Side.SELLER}),
    ("buyer_is_eligible", "way_is_free"),
    ("put_found_price", "accept_offer", "claim_way"),
    ("price.ways", "price.benchmark_required", "listing.min_working_days", "notice.price.modes"),
    fact="awarded",
)

OPEN_LISTING: Final = Mode(
    code="open_listing",
    label=N_("Open listing"),
    start="listed",
    states=(_LISTED, *AFTER_AGREEMENT, *ENDED),
    transitions=(
        _AWARD,
        *concluding("refused", ("close_offers", *_FREED), "walked_away"),
        *breaking_off(_FREED, ("forfeit_deposit",)),
    ),
    clocks=AFTER_CLOCKS,
    asks=AFTER_ASKS,
    path=("listed", "agreed", "notice", "confirmed", "contracted", "registered"),
    found=N_("The list price was public; the buyer took it, or left the highest sealed quote."),
    posts=N_("The list price is public for a number of working days. Whoever is interested "
             "registers; one qualified party gets it at the list price, two or more leave one "
             "sealed quote each, and the highest wins."),
    rounds=True,
)  # fmt: skip
