"""The rules of a listing's life, without a database: what must be filled in, and who may decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.errors import Problem
from core.i18n import N_
from core.law import Profile
from core.law.values import LawValue
from listings.errors import Classified, NotPublishable, OwnWork, SharesWrong, TitleOpen
from listings.inputs import (
    AssetChange,
    ComparisonInput,
    ContributorInput,
    ListingChange,
    NeedInput,
    TextInput,
    WayInput,
)
from listings.kinds import (
    CLASSIFIED,
    LANGUAGES,
    AssetKind,
    CheckItem,
    CheckOutcome,
    RightKind,
    Secrecy,
)

PUBLISHABLE: Final = "secrecy.publishable"
LONGEST_PROMISE: Final = "inquiry.answer.max_working_days"
WHOLE = 10_000
MOST_KEYWORDS = 3
_LONGEST = {"title": 120, "value_line": 300, "abstract": 6000, "comparison_note": 400,
            "next_step": 600, "keyword": 40, "line": 300}  # fmt: skip

Problems = dict[str, list[Problem]]


@dataclass(frozen=True)
class Filled:
    """What a listing has, as far as the rules about required fields ask."""

    kind: str
    title: str = ""
    value_line: str = ""
    abstract: str = ""
    keywords: int = 0
    ways: int = 0
    contact: bool = False
    trl: int | None = None
    classes: int = 0
    """IPC and industry codes."""
    contributors: int = 0
    shares_bp: int | None = None
    """Sum of the shares; None where a share is not said."""
    patents: int = 0
    members: int = 0
    secrecy: str = Secrecy.OPEN


DRAFT = "listing.required.draft"
SUBMITTED = "listing.required.submitted"
PUBLISHED = "listing.required.published"
"""Rule ids of the fields that a stage asks for, as codes."""

_ONLY_FOR = {
    "trl": frozenset({AssetKind.RESULT, AssetKind.KNOW_HOW}),
    "contributors": frozenset({AssetKind.RESULT, AssetKind.KNOW_HOW}),
}


CHOOSABLE: Final[Mapping[str, tuple[str, ...]]] = {
    DRAFT: ("sentence",),
    SUBMITTED: ("value_line", "abstract", "keywords", "classes", "ways", "contact", "trl",
                "contributors"),
    PUBLISHED: ("value_line", "abstract", "keywords", "classes", "ways", "contact", "trl",
                "contributors"),
}  # fmt: skip
"""By rule: the fields that the operator may ask for or not. A draft begins with its title and one
sentence, so it cannot ask for more."""
UPHELD: Final[Mapping[str, tuple[str, ...]]] = {
    DRAFT: ("title", "owner"),
    SUBMITTED: ("title", "owner", "secrecy"),
    PUBLISHED: ("title", "owner", "secrecy", "shares_confirmed", "title_check", "disclosure_level"),
}
"""By rule: what the market upholds whatever the rule says, so that it stays in it."""


def missing(filled: Filled, required: Sequence[str]) -> tuple[str, ...]:
    """Names of the fields that are still empty, of those that the profile requires.

    Owner, secrecy and disclosure level are never empty. A patent needs its number, a package at
    least two members; readiness and contributors are asked of results and know-how only.
    """
    there = {
        "title": bool(filled.title.strip()),
        "value_line": bool(filled.value_line.strip()),
        "abstract": bool(filled.abstract.strip()),
        "ways": filled.ways > 0,
        "contact": filled.contact,
        "keywords": filled.keywords > 0,
        "classes": filled.classes > 0,
        "trl": filled.trl is not None,
        "contributors": filled.contributors > 0,
        "patents": filled.patents > 0 or filled.kind != AssetKind.PATENT,
        "members": filled.members > 1 or filled.kind != AssetKind.PACKAGE,
    }
    wanted = ["value_line" if code == "sentence" else code for code in required]
    if "ways" in wanted:
        wanted += ["patents", "members"]
    return tuple(
        code
        for code in wanted
        if not there.get(code, True) and filled.kind in _ONLY_FOR.get(code, frozenset(AssetKind))
    )


def check_shares(shares_bp: Iterable[int | None]) -> None:
    """Shares that are said at all must all be said and make 100 %. Raises SharesWrong."""
    shares = list(shares_bp)
    if not shares or all(share is None for share in shares):
        return
    total = sum(share or 0 for share in shares)
    if total != WHOLE or any(share is None for share in shares):
        raise SharesWrong(total=f"{total / 100:g}")


def check_secrecy(secrecy: str) -> None:
    """State secrets have no place on a public market in any state, drafts included."""
    if secrecy in CLASSIFIED:
        raise Classified


def check_publishable(secrecy: str, profile: Profile) -> tuple[LawValue, ...]:
    """The rule that was passed, where the profile has one. Raises NotPublishable."""
    if PUBLISHABLE not in profile:
        return ()
    if secrecy not in profile.codes(PUBLISHABLE):
        raise NotPublishable
    return (profile.value(PUBLISHABLE),)


def check_approver(person: str | None, author: str | None, submitter: str | None) -> None:
    """Approved by someone other than the author, and other than who submitted it for review."""
    if person is None or person in (author, submitter):
        raise OwnWork


def open_items(outcomes: Mapping[str, str]) -> tuple[str, ...]:
    """Items of the title check that do not stand at `ok`, in the order of the check."""
    return tuple(item for item in CheckItem if outcomes.get(item) != CheckOutcome.OK)


def check_title_done(outcomes: Mapping[str, str]) -> None:
    """Raises TitleOpen while an item of the title check is open."""
    if still := open_items(outcomes):
        raise TitleOpen(count=len(still))


@dataclass(frozen=True)
class TitleFacts:
    """What the register and the patents say, to propose the answers of the title check."""

    co_owners: int
    co_owners_open: int
    pledges: int
    pledges_without_consent: int
    licences: int
    annuities_overdue: int
    annuity_next: date | None
    patents: int
    patents_ended: int


def propose(facts: TitleFacts) -> dict[CheckItem, CheckOutcome | None]:
    """What the data suggest for each item; None where only a person can say (the owner)."""
    ok, lacks, waits = CheckOutcome.OK, CheckOutcome.MISSING, CheckOutcome.WAITS
    overdue = facts.annuities_overdue or (facts.patents and facts.patents == facts.patents_ended)
    return {
        CheckItem.OWNER: None,
        CheckItem.CO_OWNERS: waits if facts.co_owners_open else ok,
        CheckItem.PLEDGE: lacks if facts.pledges_without_consent else ok,
        CheckItem.EARLIER_LICENCES: ok if not facts.licences else None,
        CheckItem.ANNUITY: lacks if overdue else ok,
    }


# -- input ------------------------------------------------------------------------------------


def problems(change: ListingChange) -> Problems:
    """What is wrong with a change, by field; empty when nothing is."""
    found: Problems = {}
    for text in change.texts:
        _check_text(text, found)
    if len({text.language for text in change.texts}) < len(change.texts):
        _say(found, "texts", "repeated", N_("Write one text in each language."))
    for row in change.comparisons or ():
        _check_comparison(row, found)
    for way in change.ways or ():
        _check_way(way, found)
    if change.contact and not 1 <= change.contact.answer_days <= 60:
        _say(found, "answer_days", "range", N_("Promise an answer within 1 to 60 working days."))
    if change.asset:
        _check_asset(change.asset, found)
    return found


def promise_problems(change: ListingChange, profile: Profile, language: str) -> Problems:
    """A contact may promise an answer within so many working days as the profile lets at most; what
    was promised before the rule stays until somebody changes the contact. Cites the rule."""
    found: Problems = {}
    if change.contact is None or LONGEST_PROMISE not in profile:
        return found
    rule = profile.value(LONGEST_PROMISE)
    if rule.value is None or rule.enforce != "block":
        return found
    if change.contact.answer_days > (most := profile.integer(LONGEST_PROMISE)):
        text = N_("Promise an answer within %(most)s working days at most (%(citation)s).")
        _say(found, "answer_days", "promise_long", text, most=most, citation=rule.cite(language))
    return found


def need_problems(need: NeedInput, today: date) -> Problems:
    """What is wrong with a need, by field."""
    found: Problems = {}
    if not need.title.strip():
        _say(found, "title", "missing", N_("Give the need a title."))
    _too_long(found, "title", need.title, _LONGEST["title"])
    _too_long(found, "summary", need.summary, _LONGEST["value_line"])
    _too_long(found, "description", need.description, _LONGEST["abstract"])
    if need.deadline and need.deadline < today:
        _say(found, "deadline", "past", N_("The deadline has passed already. Choose a later day."))
    if need.translation and need.translation.language == need.language:
        _say(found, "translation", "repeated", N_("Write one text in each language."))
    low, high = need.budget_low, need.budget_high
    if low and high and (low.currency != high.currency or low > high):
        text = N_("The lower figure must not be above the higher one, in the same currency.")
        _say(found, "budget_high", "order", text)
    return found


def _check_text(text: TextInput, found: Problems) -> None:
    if text.language not in LANGUAGES:
        _say(found, "language", "unknown", N_("Choose Chinese or English."))
    if not text.title.strip():
        _say(found, "title", "missing", N_("Give it a title."))
    if len(text.keywords) > MOST_KEYWORDS:
        words = N_("Give at most %(most)s keywords, as result registration asks.")
        _say(found, "keywords", "too_many", words, most=MOST_KEYWORDS)
    for name in ("title", "value_line", "abstract", "comparison_note", "next_step"):
        _too_long(found, name, getattr(text, name), _LONGEST[name])
    for word in text.keywords:
        _too_long(found, "keywords", word, _LONGEST["keyword"])
    for name in ("receives", "brings", "alternatives"):
        for line in getattr(text, name):
            _too_long(found, name, line, _LONGEST["line"])


def _check_comparison(row: ComparisonInput, found: Problems) -> None:
    if not row.metric.strip() or not row.ours.strip():
        words = N_("Each line of the comparison needs a measure and your own figure.")
        _say(found, "comparisons", "missing", words)
    if row.verdict not in (None, "better", "equal", "between", "worse"):
        _say(found, "comparisons", "verdict", N_("Choose better, equal, between or worse."))


def _check_way(way: WayInput, found: Problems) -> None:
    if way.price is not None and way.price.minor < 0:
        _say(found, "ways", "negative", N_("A price cannot be below zero."))
    if way.royalty_bp is not None and not 0 < way.royalty_bp <= WHOLE:
        _say(found, "ways", "royalty", N_("A royalty lies above 0 % and at most at 100 %."))
    if (way.royalty_bp is None) != (way.royalty_base is None):
        _say(found, "ways", "royalty_base", N_("Say what the royalty is a share of."))
    if way.term_months is not None and way.term_months < 1:
        _say(found, "ways", "term", N_("A term has at least one month."))


def _check_asset(asset: AssetChange, found: Problems) -> None:
    if asset.trl is not None and not 1 <= asset.trl <= 9:
        _say(found, "trl", "range", N_("Readiness levels go from 1 to 9."))
    if asset.registration and len(asset.registration) != 12:
        words = N_("A result registration number has 12 characters, such as 3302026Y0417.")
        _say(found, "registration", "form", words)
    if asset.contributors is not None:
        _check_contributors(asset.contributors, found)
    _check_register(asset, found)


def _check_register(asset: AssetChange, found: Problems) -> None:
    for owner in asset.co_owners or ():
        if not owner.name.strip():
            _say(found, "name", "missing", N_("Give the co-owner's name."))
        if owner.share_bp is not None and not 0 <= owner.share_bp <= WHOLE:
            _say(found, "share", "range", N_("A share lies between 0 % and 100 %."))
    for right in asset.rights or ():
        if right.kind == RightKind.GRANT and right.way is None:
            _say(found, "way", "missing", N_("Say what was granted."))
        if right.ends and right.ends < right.starts:
            _say(found, "ends", "period", N_("A right cannot end before it begins."))


def _check_contributors(people: Sequence[ContributorInput], found: Problems) -> None:
    if any(not person.name.strip() for person in people):
        _say(found, "contributors", "missing", N_("Every contributor needs a name."))
    if any(p.share_bp is not None and not 0 <= p.share_bp <= WHOLE for p in people):
        _say(found, "contributors", "range", N_("A share lies between 0 % and 100 %."))


def _too_long(found: Problems, name: str, value: str, most: int) -> None:
    if len(value) > most:
        words = N_("This is %(length)s characters long; at most %(most)s fit.")
        _say(found, name, "too_long", words, length=len(value), most=most)


def _say(found: Problems, name: str, code: str, text: str, **params: object) -> None:
    found.setdefault(name, []).append(Problem(code, text, dict(params)))


def fields_of(found: Collection[str]) -> str:
    """Field names as one parameter of a refusal."""
    return ", ".join(sorted(found))
