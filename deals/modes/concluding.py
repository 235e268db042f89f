"""What follows an agreed price in every mode: notice where the law asks for it, then confirmation.

Of the ways that 促进科技成果转化法 art. 18 names, an agreed price is published first; a price
found by listing or auction was public all along. Which modes count as which, the law profile says
(`notice.price.modes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from core.i18n import N_
from deals.engine.declaration import AUTOMATIC, ENGINE, SIDES, Ask, Clock, Side, State, Transition

_SELLER, _BUYER = frozenset({Side.SELLER}), frozenset({Side.BUYER})
_NOTICE = ("notice.price.min_days", "notice.places", "notice.content")
_IN_UNIT: Final = ("notice.places", "notice.own_place.proof", "notice.price.min_days")
_DECIDES: Final = "institution.decides"
_COMES_FIRST: Final = "preemption.ways"
_PREEMPTION: Final = (_COMES_FIRST, "preemption.days")
_DEFAULT: Final = ("deposit.default.forfeits", "deposit.default.excused")
_HOLDER: Final = frozenset({Side.HOLDER})
_CLOSED = ("notice.price.min_days", "notice.objection", "notice.result")
_HELD: Final = ("notice", "objected", "confirmed")
"""States in which an agreed way is claimed."""

_DECISION_ASKS: Final = tuple(
    Ask(
        state,
        Side.SELLER,
        "decide",
        N_("Have your institution decide"),
        N_("Nothing is signed before the last step has passed."),
    )
    for state in _HELD
)
AFTER_AGREEMENT: Final = (
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
    State(
        "contracted",
        N_("Contract signed"),
        N_("Both sides have signed; the rights are in the register."),
        "done",
        done=True,
    ),
    State(
        "registered",
        N_("Contract registered"),
        N_("The registry has recognised the contract, which tax relief asks for."),
        "done",
        final=True,
    ),
)
ENDED: Final = (
    State("refused", N_("Ended by the owner"), N_("The owner ended the talks."), "stopped", True),
    State("withdrawn", N_("Ended by the buyer"), N_("The buyer ended the talks."), "stopped", True),
)
AFTER_CLOCKS: Final = (
    Clock("notice", "notice"),
    Clock("notice", "posting"),
    Clock("objected", "posting"),
    *(Clock(state, "preemption") for state in _HELD),
)
"""Of an agreed price, in every mode."""
_PREEMPTION_ASKS: Final = tuple(
    Ask(
        state,
        Side.SELLER,
        "serve",
        N_("See that everybody who comes first is told and answers"),
        N_("Nothing is signed before each has answered, or the time since they were told is over."),
    )
    for state in _HELD
)
_CONTRACT_ASKS: Final = tuple(
    Ask(
        "confirmed",
        side,
        "conclude",
        N_("Draw up the contract and sign it"),
        N_("Without a signed contract nobody is bound; either side may still end the deal."),
    )
    for side in (Side.SELLER, Side.BUYER)
)
_POSTING_ASKS: Final = (
    Ask(
        "notice",
        Side.SELLER,
        "show_first_day",
        N_("Post the notice in your own unit and show it"),
        N_("Its period begins on the day on which you show it; until then nothing is confirmed."),
    ),
    *(
        Ask(
            state,
            Side.SELLER,
            "show_last_day",
            N_("Show that the notice still hangs in your unit on its last day"),
            N_("Nothing is confirmed before you have shown it."),
        )
        for state in ("notice", "objected")
    ),
)
_NOTICE_ASKS: Final = (
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
AFTER_ASKS: Final = (
    *_POSTING_ASKS,
    *_NOTICE_ASKS,
    *_DECISION_ASKS,
    *_PREEMPTION_ASKS,
    *_CONTRACT_ASKS,
)
"""What is asked of the sides once a price is agreed, in every mode."""


_BEGINNING: Final = (
    Transition(
        AUTOMATIC,
        "agreed",
        "notice",
        ENGINE,
        ("notice_is_asked",),
        ("begin_notice", "ask_institution", "ask_holders"),
        _NOTICE,
        fact="noticed",
    ),
    Transition(
        AUTOMATIC,
        "agreed",
        "confirmed",
        ENGINE,
        ("notice_is_not_asked",),
        ("ask_institution", "ask_holders"),
        ("notice.price.modes",),
    ),
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
)
_SIGNING: Final = (
    Transition(
        "conclude",
        "confirmed",
        "contracted",
        SIDES,
        ("institution_has_decided", "nobody_comes_first", "export_allows_signing"),
        ("release_way",),
        (_DECIDES, _COMES_FIRST, "contract.written_form", "contract.arises_with_signature"),
    ),
    Transition(
        "register",
        "contracted",
        "registered",
        SIDES,
        rules=("contract.registered_by",),
    ),
)
_ENDING: Final = (
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
        ("notice_is_over", "last_day_is_shown", "no_objection_open", "no_objection_upheld"),
        ("close_notice",),
        _CLOSED,
    ),
    Transition(
        AUTOMATIC,
        "objected",
        "confirmed",
        ENGINE,
        ("last_day_is_shown", "no_objection_open", "no_objection_upheld"),
        ("close_notice",),
        _CLOSED,
    ),
)
"""How the notice ends, in the order in which the engine tries."""


def concluding(upheld: str, effects: tuple[str, ...], fact: str) -> tuple[Transition, ...]:
    """From `agreed` on. `upheld`: the state to which an upheld objection leads, with `effects`."""
    return (
        *_BEGINNING,
        *(_dismissed(source) for source in ("notice", "objected")),
        *(transition for state in _HELD for transition in _by_the_institution(state)),
        *(transition for state in _HELD for transition in _who_comes_first(state)),
        *(transition for state in _HELD for transition in _in_the_unit(state)),
        *_SIGNING,
        *_ENDING,
        *(_reminding(state) for state in ("notice", "objected")),
        *(
            Transition(
                "answer_objection",
                source,
                upheld,
                _SELLER,
                ("objection_upheld",),
                ("revoke_notice", "release_way", *effects),
                ("notice.objection",),
                fact=fact,
            )
            for source in ("notice", "objected")
        ),
    )


def walking_away(before: Mapping[str, Iterable[str]]) -> tuple[Transition, ...]:
    """Either side may end it: from the states of `before` with their effects, and once agreed."""
    effects = {source: tuple(one) for source, one in before.items()}
    effects |= {source: _leaving(source) for source in _HELD}
    return tuple(
        Transition("walk_away", source, target, side, (), done, fact="walked_away")
        for source, done in effects.items()
        for target, side in (("refused", _SELLER), ("withdrawn", _BUYER))
    )


def breaking_off(freed: tuple[str, ...], lost: tuple[str, ...]) -> tuple[Transition, ...]:
    """As `walking_away`, where the price was found among many who were bound: the owner, and a
    buyer with a lawful reason, leave with the effects of `freed`; any other buyer with `lost`."""
    return tuple(
        Transition("walk_away", source, target, side, guards, (*_leaving(source), *done), rules,
                   fact="walked_away")
        for source in _HELD
        for target, side, guards, done, rules in (
            ("refused", _SELLER, (), freed, ()),
            ("withdrawn", _BUYER, ("leaving_is_excused",), freed, ()),
            ("withdrawn", _BUYER, (), lost, _DEFAULT),
        )
    )  # fmt: skip


def _leaving(source: str) -> tuple[str, ...]:
    revoked = () if source == "confirmed" else ("revoke_notice",)
    return (*revoked, "release_way", "close_offers")


def _dismissed(source: str) -> Transition:
    return Transition(
        "answer_objection",
        source,
        source,
        _SELLER,
        ("no_objection_upheld",),
        rules=("notice.objection",),
        fact="objection_answered",
    )


def _in_the_unit(state: str) -> tuple[Transition, ...]:
    """The owner shows that the notice hangs in its own unit; the first time begins the period.
    Once confirmed it may still add better pictures."""
    keeps = ("keep_posting",)
    return (
        Transition("show_first_day", state, state, _SELLER, (), keeps, _IN_UNIT,
                   fact="first_day_shown"),
        Transition("show_last_day", state, state, _SELLER, ("last_day_is_here",), keeps, _IN_UNIT,
                   fact="last_day_shown"),
    )  # fmt: skip


def _reminding(state: str) -> Transition:
    due = ("posting_is_due",), ("note_reminder",)
    return Transition(AUTOMATIC, state, state, ENGINE, *due, _IN_UNIT[:2], fact="posting_due")


def _by_the_institution(state: str) -> tuple[Transition, ...]:
    """Its own steps go on beside the notice and after it; only signing waits for them."""
    return (
        Transition(
            "decide",
            state,
            state,
            _SELLER,
            ("step_is_asked",),
            ("decide_step",),
            (_DECIDES,),
            fact="step_decided",
        ),
        Transition(
            "ask_again",
            state,
            state,
            _SELLER,
            ("step_was_refused",),
            ("ask_step_again",),
            (_DECIDES,),
            fact="step_asked_again",
        ),
    )


def _who_comes_first(state: str) -> tuple[Transition, ...]:
    """They are told, answer, or let the time pass, beside the notice; signing waits for them."""

    def stays(act: str, by: frozenset[Side], guard: str, effect: str, fact: str) -> Transition:
        return Transition(act, state, state, by, (guard,), (effect,), _PREEMPTION, fact=fact)

    return (
        stays("name_holder", _SELLER, "somebody_comes_first", "name_holder", "holder_named"),
        stays("serve", _SELLER, "claim_is_untold", "serve_claim", "preemption_served"),
        stays("exercise", _HOLDER | _SELLER, "claim_can_be_used", "use_claim", "preempted"),
        stays("waive", _HOLDER | _SELLER, "claim_can_be_waived", "waive_claim", "claim_waived"),
        stays(AUTOMATIC, ENGINE, "claim_ran_out", "lapse_claims", "claims_lapsed"),
    )
