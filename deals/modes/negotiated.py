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

_SELLER, _BUYER = frozenset({Side.SELLER}), frozenset({Side.BUYER})
_NOTICE = ("notice.price.min_days", "notice.places", "notice.content")
_CLOSED = ("notice.price.min_days", "notice.objection", "notice.result")

_STATES: Final = (
    State(
        "talking",
        N_("In talks"),
        N_("Both sides may make offers; the current one can be accepted."),
    ),
    State("agreed", N_("Agreed"), N_("A price is agreed; what the law asks for comes next.")),
    State("notice", N_("On public notice"), N_("The intended price is public; anyone may object.")),
    State(
        "objected",
        N_("Objection open"),
        N_("An objection waits for its answer. Nothing is signed before it has one."),
        tone="due",
    ),
    State(
        "confirmed",
        N_("Confirmed"),
        N_("The price stands. The contract can be prepared."),
        tone="done",
    ),
    State("refused", N_("Ended by the owner"), N_("The owner ended the talks."), "stopped", True),
    State("withdrawn", N_("Ended by the buyer"), N_("The buyer ended the talks."), "stopped", True),
    State("lapsed", N_("Lapsed"), N_("Nobody acted for the whole idle period."), "stopped", True),
)

_TALKS: Final = (
    Transition(
        "offer",
        "talking",
        "talking",
        SIDES,
        ("offer_was_read", "way_is_free"),
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
        ("offer_is_current", "offer_is_of_the_other_side", "offer_is_valid", "way_is_free"),
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

_NOTICE_STEPS: Final = (
    Transition(
        AUTOMATIC,
        "agreed",
        "notice",
        ENGINE,
        ("owner_is_state",),
        ("begin_notice",),
        _NOTICE,
        fact="noticed",
    ),
    Transition(AUTOMATIC, "agreed", "confirmed", ENGINE, ("owner_is_not_state",)),
    Transition(
        "object",
        "notice",
        "notice",
        frozenset({Side.PUBLIC}),
        ("notice_runs",),
        ("take_objection",),
        ("notice.objection",),
        fact="objected_to",
    ),
    Transition(
        "answer_objection",
        "notice",
        "notice",
        _SELLER,
        ("no_objection_upheld",),
        rules=("notice.objection",),
        fact="objection_answered",
    ),
    Transition(
        AUTOMATIC,
        "notice",
        "objected",
        ENGINE,
        ("notice_is_over", "objection_open"),
        (),
        ("notice.objection",),
    ),
    Transition(
        AUTOMATIC,
        "notice",
        "confirmed",
        ENGINE,
        ("notice_is_over", "no_objection_open", "no_objection_upheld"),
        ("close_notice",),
        _CLOSED,
    ),
    Transition(
        "answer_objection",
        "objected",
        "objected",
        _SELLER,
        ("no_objection_upheld",),
        rules=("notice.objection",),
        fact="objection_answered",
    ),
    Transition(
        AUTOMATIC,
        "objected",
        "confirmed",
        ENGINE,
        ("no_objection_open", "no_objection_upheld"),
        ("close_notice",),
        _CLOSED,
    ),
    *(
        Transition(
            "answer_objection",
            source,
            "talking",
            _SELLER,
            ("objection_upheld",),
            ("revoke_notice", "release_way", "reopen_talks"),
            ("notice.objection",),
            fact="reopened",
        )
        for source in ("notice", "objected")
    ),
)

_ENDS: Final = tuple(
    Transition("walk_away", source, target, side, (), effects, fact="walked_away")
    for source, effects in (
        ("talking", ("close_offers",)),
        ("notice", ("revoke_notice", "release_way", "close_offers")),
        ("objected", ("revoke_notice", "release_way", "close_offers")),
        ("confirmed", ("release_way", "close_offers")),
    )
    for target, side in (("refused", _SELLER), ("withdrawn", _BUYER))
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
    Ask(
        "notice",
        Side.SELLER,
        "answer_objection",
        N_("Answer objections"),
        N_("An unanswered objection keeps the deal from being confirmed."),
    ),
    Ask(
        "objected",
        Side.SELLER,
        "answer_objection",
        N_("Answer every open objection"),
        N_("The deal stays where it is until all are answered."),
    ),
)

NEGOTIATED: Final = Mode(
    code="negotiated",
    label=N_("Price by agreement"),
    start="talking",
    states=_STATES,
    transitions=(*_TALKS, *_NOTICE_STEPS, *_ENDS),
    clocks=(Clock("talking", "idle"), Clock("notice", "notice")),
    asks=_ASKS,
    path=("talking", "agreed", "notice", "confirmed"),
)
