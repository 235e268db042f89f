"""Reads a contract before anybody signs it: what would be void, what is missing, and by which
rule. Pure: the law comes as a profile, the day is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from contracts.matter import Draft, Kind, Matter, Patent, Restriction
from core.i18n import N_
from core.law import Profile
from core.law.days import add_months
from core.law.values import LawValue
from deals.offers import is_licence
from deals.royalties import step_problems
from listings.availability import bound_by
from listings.kinds import DEAD, Way

BLOCK: Final = "block"
WARN: Final = "warn"
SHORTEST_REASON: Final = 5
VOID: Final = "contract.void_terms"


@dataclass(frozen=True)
class Finding:
    """`code` names the sentence, `rule` what it rests on; `enforce` is `block` or `warn`."""

    code: str
    rule: LawValue
    enforce: str
    about: str = ""
    """The item or patent concerned, so that one code can be found twice."""
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What a reason is filed under."""
        return f"{self.code}:{self.about}" if self.about else self.code

    @property
    def text(self) -> str:
        """An English msgid; `params` go into it."""
        return SAID[self.code]


SAID: Final = {
    "item_missing": N_("Nothing is written under “%(item)s”."),
    "patent_item_missing": N_("Of the patent “%(patent)s” the contract does not say: %(items)s."),
    "licence_longer": N_(
        "The licence runs to %(until)s, but the last of its patents ends on %(ends)s."
    ),
    "patent_dead": N_("The patent “%(patent)s” has expired, lapsed or been declared invalid."),
    "void_clause": N_("The contract is said to have this clause: %(clause)s."),
    "reads_void": N_("A passage under “%(item)s” reads like this clause: %(clause)s."),
    "consent_missing": N_("These co-owners have not agreed: %(owners)s."),
    "preemption": N_("The makers come first on equal terms. Say how they were told: %(makers)s."),
    "trial_long": N_("The trial runs to %(until)s, longer than %(months)s months."),
    "not_development": N_(
        "Joint development is a development contract; another type was chosen for it."
    ),
    "stages_unsaid": N_(
        "The milestones are not named one by one, each with its day and what counts as reached."
    ),
    "stage_past": N_("The milestone “%(what)s” was due on %(by)s, before this text."),
    "steps_wrong": N_("The steps of the royalty cannot be read without doubt. %(problem)s"),
    "audit_missing": N_(
        "The buyer owes a royalty, and the terms give nobody the right to look into its books. "
        "Agree on it, or say how the sum is checked."
    ),
    "posting_unshown": N_(
        "The owner has not shown its notice in its own unit for %(days)s of the days asked for. "
        "Show it in the deal's room, or say how it was posted."
    ),
}
_PATTERNS: Final = {
    Restriction.NO_CHALLENGE: (
        r"不得.{0,12}(异议|无效宣告|质疑)",
        r"(不|放弃)(对|就).{0,16}(有效性).{0,8}(异议|质疑)",
        r"(shall|may|will) not (challenge|contest)",
    ),
    Restriction.FORCED_GRANT_BACK: (
        r"改进.{0,16}无偿",
        r"无偿.{0,16}改进",
        r"improvements?.{0,40}(free of charge|without (pay|payment|charge|consideration))",
    ),
    Restriction.TIE_IN: (
        r"(必须|应当|只能)(向|从)(甲方|许可方|转让方).{0,8}(购买|采购)",
        r"(shall|must) (buy|purchase|obtain).{0,40}(from|of) (the )?licen[sc]or",
    ),
    Restriction.NO_FURTHER_RESEARCH: (
        r"不得.{0,12}(研究|研发|改进)",
        r"(shall|may|will) not.{0,20}(research|improve|develop further)",
    ),
    Restriction.UNREASONABLE_LIMITS: (
        r"不得.{0,6}低于.{0,12}价(格)?.{0,4}(销售|出售)",
        r"(shall|may|will) not (export|sell below)",
    ),
}
"""Passages that are read twice. They warn and never block: words are not yet a clause."""
_TERMS: Final = {
    "invention": "patent.term.invention",
    "utility_model": "patent.term.utility_model",
    "design": "patent.term.design",
}


def findings(matter: Matter, draft: Draft, profile: Profile, today: date) -> tuple[Finding, ...]:
    """All that stands against freezing this text, what blocks first.

    A rule on which the profile is silent finds nothing.
    """
    found = [
        *_items(draft, profile),
        *_patent_items(matter, profile),
        *_dead(matter, profile, today),
        *_longer(matter, profile),
        *_declared(draft, profile),
        *_read(draft, profile),
        *_consents(matter, profile),
        *_preemption(matter, profile),
        *_unshown(matter, profile),
        *_trial(matter, profile, today),
        *_joint(matter, draft, profile, today),
        *_royalty(matter, profile),
    ]
    return tuple(sorted(found, key=lambda one: one.enforce != BLOCK))


def unanswered(found: Iterable[Finding], reasons: dict[str, str]) -> list[Finding]:
    """What still keeps the text from being frozen: every block, and warnings without a reason."""
    return [
        one
        for one in found
        if one.enforce == BLOCK or len(reasons.get(one.key, "").strip()) < SHORTEST_REASON
    ]


def ends_on(patent: Patent, profile: Profile) -> date | None:
    """The last day of a patent's term: as registered, else counted from filing by the law's
    years; None where neither is known."""
    if patent.expires_on is not None:
        return patent.expires_on
    rule = _TERMS.get(patent.kind)
    if patent.filed_on is None or rule is None or rule not in profile:
        return None
    return add_months(patent.filed_on, 12 * profile.integer(rule))


def _by(
    profile: Profile, rule: str, code: str, about: str = "", *, enforce: str = "", **params: Any
) -> Iterator[Finding]:
    if rule in profile:
        value = profile.value(rule)
        yield Finding(code, value, enforce or value.enforce, about, params)


def _items(draft: Draft, profile: Profile) -> Iterator[Finding]:
    if "contract.items" not in profile:
        return
    for item in profile.codes("contract.items"):
        if not getattr(draft, item, "").strip():
            yield from _by(profile, "contract.items", "item_missing", item, item=item)


def _patent_items(matter: Matter, profile: Profile) -> Iterator[Finding]:
    rule = "contract.patent_items"
    if rule not in profile:
        return
    for n, patent in enumerate(matter.patents):
        known = {
            "term": ends_on(patent, profile),
            **{name: getattr(patent, name) for name in profile.codes(rule) if name != "term"},
        }
        lacking = [name for name in profile.codes(rule) if not known[name]]
        if lacking:
            yield from _by(
                profile, rule, "patent_item_missing", str(n), patent=_named(patent), items=lacking
            )


def _dead(matter: Matter, profile: Profile, today: date) -> Iterator[Finding]:
    if not is_licence(matter.terms.way):
        return
    for n, patent in enumerate(matter.patents):
        ends = ends_on(patent, profile)
        if patent.status in DEAD or (ends is not None and ends < today):
            yield from _by(
                profile, "licence.dead_patent", "patent_dead", str(n), patent=_named(patent)
            )


def _longer(matter: Matter, profile: Profile) -> Iterator[Finding]:
    """Measured by the patent that lives longest: know-how in the same contract may go on, but a
    licence of patents may not outlive them all."""
    until, ends = matter.terms.until, [ends_on(patent, profile) for patent in matter.patents]
    last = max((day for day in ends if day is not None), default=None)
    if not is_licence(matter.terms.way) or until is None or last is None or None in ends:
        return
    if until > last:
        yield from _by(profile, "licence.within_term", "licence_longer", until=until, ends=last)


def _void(profile: Profile) -> frozenset[str]:
    """The clauses that the law lists as void; all that are known where it lists none."""
    listed = profile.codes(VOID) if VOID in profile else tuple(Restriction)
    return frozenset(map(str, listed))


def _declared(draft: Draft, profile: Profile) -> Iterator[Finding]:
    for clause in (one for one in draft.restrictions if one in _void(profile)):
        yield from _by(profile, f"contract.void.{clause}", "void_clause", clause, clause=clause)


def _read(draft: Draft, profile: Profile) -> Iterator[Finding]:
    for item, text in draft.items:
        for clause in read_clauses(text):
            if clause not in draft.restrictions and clause in _void(profile):
                yield from _by(
                    profile, f"contract.void.{clause}", "reads_void", f"{item}.{clause}",
                    enforce=WARN, item=item, clause=str(clause),
                )  # fmt: skip


def read_clauses(text: str) -> Sequence[Restriction]:
    """The clauses that a text reads like."""
    return [
        clause
        for clause, patterns in _PATTERNS.items()
        if any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
    ]


def _consents(matter: Matter, profile: Profile) -> Iterator[Finding]:
    rule = "coowner.consent"
    named = rule in profile and matter.terms.way in bound_by(profile).all_owners
    if matter.unconsenting and named:
        yield from _by(profile, rule, "consent_missing", owners=list(matter.unconsenting))


def _preemption(matter: Matter, profile: Profile) -> Iterator[Finding]:
    if matter.terms.way == Way.ASSIGNMENT and matter.contributors:
        makers = list(matter.contributors)
        yield from _by(profile, "preemption.inventor", "preemption", makers=makers)


def _unshown(matter: Matter, profile: Profile) -> Iterator[Finding]:
    """Warns where the law asks for a place that the market cannot see into."""
    if matter.unshown:
        yield from _by(
            profile, "notice.places", "posting_unshown", enforce=WARN, days=matter.unshown
        )


def _trial(matter: Matter, profile: Profile, today: date) -> Iterator[Finding]:
    rule, until = "trial.max_months", matter.terms.until
    if matter.terms.way != Way.TRIAL_LICENCE or until is None or rule not in profile:
        return
    months = profile.integer(rule)
    if until > add_months(today, months):
        yield from _by(profile, rule, "trial_long", until=until, months=months)


def _joint(matter: Matter, draft: Draft, profile: Profile, today: date) -> Iterator[Finding]:
    """Terms that were agreed before milestones had days of their own hold a text of them."""
    if matter.terms.way != Way.JOINT_DEVELOPMENT:
        return
    rule = "development.joint"
    if draft.kind != Kind.DEVELOPMENT:
        yield from _by(profile, rule, "not_development")
    if not matter.terms.stages:
        yield from _by(profile, rule, "stages_unsaid", enforce=WARN)
    for n, one in enumerate(matter.terms.stages, 1):
        if one.by < today:
            said = {"what": one.what, "by": one.by}
            yield from _by(profile, rule, "stage_past", str(n), enforce=WARN, **said)


def _royalty(matter: Matter, profile: Profile) -> Iterator[Finding]:
    """Steps are looked at when they are offered, too; here they stand in the text to be signed.

    What is owed depends on the buyer's figures, so that a royalty without a way into its books is
    a promise that the owner cannot check; the law lets parties agree on one, and forces nobody.
    """
    terms = matter.terms
    for one in step_problems(terms.royalty, terms.royalty_steps):
        yield from _by(profile, "contract.royalty.steps", "steps_wrong", one.code, problem=one)
    if terms.royalty is not None and not terms.audit.strip():
        yield from _by(profile, "contract.royalty.audit", "audit_missing")


def _named(patent: Patent) -> str:
    return patent.grant_number or patent.application_number or patent.title
