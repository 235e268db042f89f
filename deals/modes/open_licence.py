"""Open licence (开放许可): whoever gives notice and pays has an ordinary licence of the patent.

Patent Law (2020) arts. 50-52. It exists once the patent office has announced it; until then the
same terms are a standing offer, whose acceptance goes the way of any agreed price.
"""

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

_BUYER: Final = frozenset({Side.BUYER})
_ARISES: Final = ("open_licence.arises",)
_STATES: Final = (
    State("stated", N_("Statement published"), N_("Whoever wants a licence gives notice.")),
    State(
        "notified",
        N_("Notice given"),
        N_("The licence arises once the announced fee is paid. The owner cannot refuse it."),
        tone="due",
    ),
    State(
        "awaited",
        N_("Payment awaited"),
        N_("The time to pay is over, and a reported payment waits to be confirmed."),
        tone="due",
    ),
    State(
        "licensed",
        N_("Licence in force"),
        N_("The licence is in the register. A written contract is what its recordal asks for."),
        tone="done",
    ),
)
_LAPSED: Final = State(
    "lapsed",
    N_("Lapsed"),
    N_("The fee was not paid in full in time, so no licence arose. What came of it goes back."),
    "stopped",
    True,
)
_UNPAID: Final = ("notified", "awaited")
_STANDS: Final = ("terms_stand", "buyer_is_eligible", "way_is_free")
_TAKEN: Final = ("put_posted_terms", "accept_offer", "claim_way")
_UNDONE: Final = ("release_way", "drop_fee", "close_offers")

_TAKING: Final = (
    Transition(
        "take",
        "stated",
        "notified",
        _BUYER,
        ("office_has_announced", *_STANDS),
        (*_TAKEN, "ask_fee"),
        ("open_licence.announced_only", *_ARISES, "open_licence.payment_days"),
        fact="accepted",
    ),
    Transition(
        "take",
        "stated",
        "agreed",
        _BUYER,
        ("only_a_standing_offer", *_STANDS),
        _TAKEN,
        ("open_licence.announced_only", "price.ways", "notice.price.modes"),
        fact="accepted",
    ),
    *(
        Transition(
            AUTOMATIC,
            source,
            "licensed",
            ENGINE,
            ("fee_is_paid",),
            ("enter_licence", "release_way"),
            (*_ARISES, "open_licence.withdrawal_spares", "licence.recordal_months"),
        )
        for source in _UNPAID
    ),
    *(
        Transition(
            AUTOMATIC,
            source,
            "lapsed",
            ENGINE,
            ("payment_is_over", "no_payment_waits"),
            _UNDONE,
            ("open_licence.payment_days",),
        )
        for source in _UNPAID
    ),
    Transition(
        AUTOMATIC,
        "notified",
        "awaited",
        ENGINE,
        ("payment_is_over", "a_payment_waits"),
        (),
        ("open_licence.payment_days",),
    ),
    Transition(
        "walk_away",
        "notified",
        "withdrawn",
        _BUYER,
        ("fee_is_unpaid", "no_payment_waits"),
        _UNDONE,
        fact="walked_away",
    ),
    Transition(
        "walk_away",
        "awaited",
        "withdrawn",
        _BUYER,
        ("fee_is_unpaid",),
        _UNDONE,
        fact="walked_away",
    ),
    Transition(
        "conclude",
        "licensed",
        "contracted",
        SIDES,
        ("export_allows_signing",),
        (),
        ("contract.written_form", "contract.arises_with_signature"),
    ),
)
_ASKS: Final = (
    Ask(
        "notified",
        Side.BUYER,
        "pay",
        N_("Pay the licence fee in full"),
        N_("Without it no licence arises and your notice lapses; a part that you paid goes back."),
    ),
    Ask(
        "awaited",
        Side.BUYER,
        "pay",
        N_("Wait for your payment to be confirmed, or end the deal"),
        N_("If the fee is not there in full then, your notice lapses and what came goes back."),
    ),
    Ask(
        "awaited",
        Side.SELLER,
        "pay",
        N_("See that the reported payment is confirmed or refused"),
        N_("If the fee is not there in full then, the notice lapses and what came goes back."),
    ),
    *(
        Ask(
            "licensed",
            side,
            "conclude",
            N_("Write the licence down and sign it"),
            N_("The licence stands without it; its recordal and its registration ask for it."),
        )
        for side in (Side.SELLER, Side.BUYER)
    ),
)

OPEN_LICENCE: Final = Mode(
    code="open_licence",
    label=N_("Open licence"),
    start="stated",
    states=(*_STATES, *AFTER_AGREEMENT, *ENDED, _LAPSED),
    transitions=(
        *_TAKING,
        *concluding("refused", ("close_offers",), "walked_away"),
        *walking_away({}),
    ),
    clocks=(Clock("notified", "payment"), *AFTER_CLOCKS),
    asks=(*_ASKS, *AFTER_ASKS),
    path=("stated", "notified", "licensed", "contracted", "registered"),
    found=N_("The owner stated the fee to everybody, and the buyer gave notice of it."),
    posts=N_("A standing offer to everybody, until the patent office has announced it as an open "
             "licence. Then whoever gives notice and pays has a licence, and you cannot refuse."),
    statement=True,
)  # fmt: skip
