"""What a trial becomes (先用后转): agreed beforehand, taken up by the firm, or lapsed at its end.

The deal opens when the trial's contract is signed, holds the way while the trial runs, and leads
to the contract of the agreed right. Its price was part of the trial's terms, public with them.
"""

from __future__ import annotations

from typing import Final

from core.i18n import N_
from deals.engine.declaration import (
    AUTOMATIC,
    ENGINE,
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
_RUNNING: Final = ("trial", "ending")
_FREED: Final = ("release_way", "close_offers")
_STATES: Final = (
    State("promised", N_("Trial agreed"), N_("The trial's contract is signed.")),
    State(
        "trial",
        N_("Trial runs"),
        N_("The firm uses the technology and may take it up at the agreed price."),
    ),
    State(
        "ending",
        N_("Trial ends soon"),
        N_("The firm takes it up by the last day, or the trial ends with nothing owed."),
        tone="due",
    ),
)
_LAPSED: Final = State(
    "lapsed", N_("Trial over"), N_("The firm did not take it up; its right has ended."),
    "stopped", True,
)  # fmt: skip
_GUARDS: Final = (
    "export_allows_talks",
    "offer_is_current",
    "offer_is_of_the_other_side",
    "offer_is_valid",
    "way_is_free",
)

_TRIAL: Final = (
    Transition(
        "begin",
        "promised",
        "trial",
        frozenset({Side.SELLER}),
        (),
        ("put_posted_terms", "claim_way"),
        ("trial.max_months",),
        fact="trial_begun",
    ),
    Transition(
        AUTOMATIC,
        "trial",
        "ending",
        ENGINE,
        ("trial_ends_soon",),
        (),
        ("trial.remind_days",),
        fact="trial_ending",
    ),
    Transition(
        AUTOMATIC, "ending", "lapsed", ENGINE, ("trial_is_over",), _FREED, fact="trial_lapsed"
    ),
    *(
        Transition(
            "accept", source, "agreed", _BUYER, _GUARDS, ("accept_offer", "claim_way"),
            ("price.ways", "notice.price.modes"), fact="accepted",
        )
        for source in _RUNNING
    ),
    *(
        Transition("walk_away", source, "withdrawn", _BUYER, (), _FREED, fact="walked_away")
        for source in _RUNNING
    ),
)  # fmt: skip

TRIAL_CONVERSION: Final = Mode(
    code="trial_conversion",
    label=N_("Taking up a trial"),
    start="promised",
    states=(*_STATES, *AFTER_AGREEMENT, *ENDED, _LAPSED),
    transitions=(
        *_TRIAL,
        *concluding("refused", ("close_offers",), "walked_away"),
        *walking_away({}),
    ),
    clocks=(Clock("trial", "reminder"), Clock("ending", "trial"), *AFTER_CLOCKS),
    asks=(
        *(
            Ask(
                source,
                Side.BUYER,
                "accept",
                N_("Take it up at the agreed price, if it does what was measured"),
                N_("Without it the trial ends on its last day, and your right with it."),
            )
            for source in _RUNNING
        ),
        *AFTER_ASKS,
    ),
    found=N_("The price was agreed before a trial, and the buyer took it up after the trial."),
    path=("promised", "trial", "agreed", "confirmed", "contracted", "registered"),
)
