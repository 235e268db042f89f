"""Moves a locked listing or need along its transition table and writes down how it got there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.law.values import LawValue
from core.unit_of_work import At
from listings.models import Listing, ListingStep, Need, NeedStep
from listings.states import ListingAction, NeedAction, after, need_after


def move(
    at: At[Listing],
    action: ListingAction,
    *,
    reason: str | None = None,
    note: str = "",
    profile: str | None = None,
    rules: Sequence[LawValue] = (),
) -> None:
    """Raises WrongState where the table has no row for it. `note` is prose and stays erasable."""
    before = at.row.state
    at.row.state = after(before, action)
    at.add(
        ListingStep(
            listing=at.row.id,
            action=action,
            before=before,
            after=at.row.state,
            by=at.uow.actor.person,
            at=at.now,
            reason=reason,
            note=note,
            profile=profile,
            rules=[_rule(rule) for rule in rules],
        )
    )
    at.record(action, before=before, after=str(at.row.state), reason=reason, profile=profile)


def move_need(
    at: At[Need], action: NeedAction, *, reason: str | None = None, note: str = ""
) -> None:
    """The same for a need."""
    before = at.row.state
    at.row.state = need_after(before, action)
    at.add(
        NeedStep(
            need=at.row.id,
            action=action,
            before=before,
            after=at.row.state,
            by=at.uow.actor.person,
            at=at.now,
            reason=reason,
            note=note,
        )
    )
    at.record(action, before=before, after=str(at.row.state), reason=reason)


def _rule(rule: LawValue) -> dict[str, Any]:
    return {
        "rule": rule.rule_id,
        "value": rule.as_json,
        "citation": rule.citation,
        "citation_en": rule.citation_en,
    }
