"""Guards by name: each looks at a case and answers None, or the code of the refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from deals.engine.case import Case
from deals.engine.declaration import Side

Guard = Callable[[Case, Side], str | None]


def _offer_is_current(case: Case, _side: Side) -> str | None:
    if case.offer is None:
        return "no_offer"
    return None if case.named_version == case.offer.version else "offer_superseded"


def _offer_was_read(case: Case, _side: Side) -> str | None:
    standing = case.offer.version if case.offer is not None else None
    return None if case.named_version == standing else "offer_superseded"


def _offer_is_of_the_other_side(case: Case, side: Side) -> str | None:
    return "own_offer" if case.offer is None or case.offer.by == side else None


def _offer_is_own(case: Case, side: Side) -> str | None:
    return None if case.offer is not None and case.offer.by == side else "not_own_offer"


def _offer_is_valid(case: Case, _side: Side) -> str | None:
    if case.offer is None:
        return "no_offer"
    until = case.offer.valid_until
    return "offer_lapsed" if until is not None and case.today > until else None


def _way_is_free(case: Case, _side: Side) -> str | None:
    return None if case.way_is_free else "way_taken"


def _terms_stand(case: Case, _side: Side) -> str | None:
    return None if case.terms_stand else "terms_withdrawn"


def _office_has_announced(case: Case, _side: Side) -> str | None:
    return None if case.announced else "not_announced"


def _only_a_standing_offer(case: Case, _side: Side) -> str | None:
    return "licence_announced" if case.announced else None


def _fee_is_paid(case: Case, _side: Side) -> str | None:
    return "fee_unpaid" if case.fee_open else None


def _fee_is_unpaid(case: Case, _side: Side) -> str | None:
    return None if case.fee_open else "fee_on_its_way"


def _payment_is_over(case: Case, _side: Side) -> str | None:
    ends = case.fee_ends_at
    return None if ends is not None and case.now >= ends else "payment_runs"


def _no_payment_waits(case: Case, _side: Side) -> str | None:
    return "fee_on_its_way" if case.fee_on_its_way else None


def _a_payment_waits(case: Case, _side: Side) -> str | None:
    return None if case.fee_on_its_way else "fee_unpaid"


def _trial_ends_soon(case: Case, _side: Side) -> str | None:
    at = case.offer_reminds_at
    return None if at is not None and case.now >= at else "trial_runs"


def _trial_is_over(case: Case, _side: Side) -> str | None:
    ends = case.offer_ends_at
    return None if ends is not None and case.now >= ends else "trial_runs"


def _buyer_is_eligible(case: Case, _side: Side) -> str | None:
    return case.ineligible or None


def _leaving_is_excused(case: Case, _side: Side) -> str | None:
    return None if case.excused else "award_broken_off"


def _export_allows_talks(case: Case, _side: Side) -> str | None:
    return case.against_talks or None


def _export_allows_signing(case: Case, _side: Side) -> str | None:
    return case.against_signing or None


def _notice_is_asked(case: Case, _side: Side) -> str | None:
    return None if case.notice_is_asked else "no_notice_needed"


def _notice_is_not_asked(case: Case, _side: Side) -> str | None:
    return "notice_needed" if case.notice_is_asked else None


def _notice_runs(case: Case, _side: Side) -> str | None:
    if case.notice_waits:
        return None
    ends = case.notice_ends_at
    return None if ends is not None and case.now < ends else "notice_ended"


def _notice_is_over(case: Case, _side: Side) -> str | None:
    ends = case.notice_ends_at
    return None if ends is not None and case.now >= ends else "notice_runs"


def _last_day_is_here(case: Case, _side: Side) -> str | None:
    last = case.notice_last_day
    return None if last is not None and case.today >= last else "last_day_ahead"


def _last_day_is_shown(case: Case, _side: Side) -> str | None:
    return "last_day_unshown" if case.last_day_unshown else None


def _posting_is_due(case: Case, _side: Side) -> str | None:
    at = case.posting_reminds_at
    return None if at is not None and case.now >= at else "posting_not_due"


def _no_objection_open(case: Case, _side: Side) -> str | None:
    return "objection_open" if case.objections_open else None


def _objection_open(case: Case, _side: Side) -> str | None:
    return None if case.objections_open else "no_objection_open"


def _no_objection_upheld(case: Case, _side: Side) -> str | None:
    return "objection_upheld" if case.objections_upheld else None


def _objection_upheld(case: Case, _side: Side) -> str | None:
    return None if case.objections_upheld else "no_objection_upheld"


def _idle_is_over(case: Case, _side: Side) -> str | None:
    ends = case.idle_ends_at
    return None if ends is not None and case.now >= ends else "not_idle"


def _step_is_asked(case: Case, _side: Side) -> str | None:
    if case.named_step == "later":
        return "step_not_yet"
    return None if case.named_step == "asked" else "step_decided"


def _step_was_refused(case: Case, _side: Side) -> str | None:
    return None if case.named_step == "refused" else "step_not_refused"


def _institution_has_decided(case: Case, _side: Side) -> str | None:
    if case.steps_refused:
        return "step_refused"
    return "steps_open" if case.steps_open else None


def _somebody_comes_first(case: Case, _side: Side) -> str | None:
    return None if case.preempts else "nobody_comes_first"


def _claim_is_untold(case: Case, _side: Side) -> str | None:
    return None if case.named_claim == "asked" else "claim_told"


def _claim_can_be_used(case: Case, _side: Side) -> str | None:
    return None if case.named_claim in {"asked", "served"} else "claim_over"


def _claim_can_be_waived(case: Case, _side: Side) -> str | None:
    return None if case.named_claim in {"asked", "served", "exercised"} else "claim_over"


def _claim_ran_out(case: Case, _side: Side) -> str | None:
    return None if case.claim_ran_out else "claims_run"


def _nobody_comes_first(case: Case, _side: Side) -> str | None:
    if case.claims_used:
        return "preempted"
    return "claims_open" if case.claims_open else None


GUARDS: Final[dict[str, Guard]] = {
    "offer_is_current": _offer_is_current,
    "offer_was_read": _offer_was_read,
    "offer_is_of_the_other_side": _offer_is_of_the_other_side,
    "offer_is_own": _offer_is_own,
    "offer_is_valid": _offer_is_valid,
    "way_is_free": _way_is_free,
    "terms_stand": _terms_stand,
    "office_has_announced": _office_has_announced,
    "only_a_standing_offer": _only_a_standing_offer,
    "fee_is_paid": _fee_is_paid,
    "fee_is_unpaid": _fee_is_unpaid,
    "payment_is_over": _payment_is_over,
    "no_payment_waits": _no_payment_waits,
    "a_payment_waits": _a_payment_waits,
    "trial_ends_soon": _trial_ends_soon,
    "trial_is_over": _trial_is_over,
    "buyer_is_eligible": _buyer_is_eligible,
    "leaving_is_excused": _leaving_is_excused,
    "export_allows_talks": _export_allows_talks,
    "export_allows_signing": _export_allows_signing,
    "notice_is_asked": _notice_is_asked,
    "notice_is_not_asked": _notice_is_not_asked,
    "notice_runs": _notice_runs,
    "notice_is_over": _notice_is_over,
    "last_day_is_here": _last_day_is_here,
    "last_day_is_shown": _last_day_is_shown,
    "posting_is_due": _posting_is_due,
    "no_objection_open": _no_objection_open,
    "objection_open": _objection_open,
    "no_objection_upheld": _no_objection_upheld,
    "objection_upheld": _objection_upheld,
    "idle_is_over": _idle_is_over,
    "step_is_asked": _step_is_asked,
    "step_was_refused": _step_was_refused,
    "institution_has_decided": _institution_has_decided,
    "somebody_comes_first": _somebody_comes_first,
    "claim_is_untold": _claim_is_untold,
    "claim_can_be_used": _claim_can_be_used,
    "claim_can_be_waived": _claim_can_be_waived,
    "claim_ran_out": _claim_ran_out,
    "nobody_comes_first": _nobody_comes_first,
}
