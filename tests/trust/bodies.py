"""Whole bodies for each operation: the market takes them, and every text in one is another one."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from tests.trust.operations import CASES, Case
from tests.trust.properties import Property, value_at, with_values

PHONE: Final = "010-62785001"
ZH: Final = {"language": "zh", "title": "另一个题目"}
JOINT: Final = {
    "way": "joint_development", "lump_sum": 1_000_000, "instalments": [{"minor": 1_000_000}],
    "results_belong": "seller", "failure": "shared", "stages": [{"by": "2099-06-30"}],
}  # fmt: skip
EQUITY: Final = {"way": "equity_contribution", "lump_sum": None, "equity": 3000}
TRIAL: Final = {"way": "trial_licence", "converts_to": "ordinary", "conversion_price": 1_000_000,
                "until": "2099-06-30"}  # fmt: skip
OF_PROVIDER: Final = frozenset({"provider", "number", "appraisers.0"})
OF_JOINT: Final = frozenset({"terms.seller_brings", "terms.buyer_brings"})
ASSET: Final = {
    "funding": [{}], "contributors": [{"share_bp": 10_000}], "co_owners": [{}],
    "rights": [{"starts": "2026-01-01", "way": "ordinary"}],
    "evidence": [{"language": "zh", "trl": 4}],
    "patents": [{"application_number": "CN201710601862.3", "publication_number": "CN118524411A",
                 "grant_number": "CN118524411B"}],
}  # fmt: skip
LISTING: Final = {
    "texts": [ZH], "comparisons": [{"language": "zh", "theirs": []}],
    "ways": [{"way": "ordinary"}], "contact": {"answer_days": 3}, "asset": ASSET,
    "source_url": "https://source.example/1",
}  # fmt: skip
IN_ENGLISH: Final = {"texts": [{"language": "en", "title": "Another title"}]}  # fmt: skip
NEED: Final = {"summary": "要找的是什么。", "translation": {"language": "en"}}
FIRM: Final = {"region": "110000", "contact_phone": PHONE}


@dataclass(frozen=True)
class Whole:
    """`beside`: what a body needs besides that of its case, so that every text has a place in it;
    `without`: texts that it is taken without; they are tried in another. `only`: those that are
    tried in it, where the rest is tried in another."""

    operation: str
    beside: dict[str, Any] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()

    def tries(self, text: str) -> bool:
        return text in self.only if self.only else text not in self.without


OTHERWISE: Final = (
    Whole("draftListing", {"text": ZH, "more": LISTING | IN_ENGLISH}),
    Whole("editListing", LISTING),
    # The signed report goes with what a provider says, and is a file.
    Whole("fileValuation", {"methods": ["income_approach"]}, OF_PROVIDER),
    Whole("fileValuation", {"methods": ["income_approach"]}, OF_PROVIDER, OF_PROVIDER),
    Whole("draftNeed", {"need": NEED}),
    Whole("editNeed", NEED),
    Whole("sendInquiry", {"phone": PHONE}),
    Whole("takeProposal", {"inquiry": {"way": "ordinary", "timetable": "quarter", "phone": PHONE}}),
    Whole("registerOrganisation", FIRM),
    Whole("editProfile", {"ror": "03cve4549", "contact_phone": PHONE}),
    *(
        Whole(operation, {"terms": terms}, without, only)
        for operation in ("makeOffer", "postTerms")
        for terms, without, only in (
            (JOINT, frozenset({"terms.company", "terms.metrics"}), frozenset()),
            (EQUITY, OF_JOINT | {"terms.metrics"}, frozenset({"terms.company"})),
            (TRIAL, OF_JOINT | {"terms.company"}, frozenset({"terms.metrics"})),
        )
    ),
)  # fmt: skip
"""Operations whose case does not send enough, or not in one body."""
ADDRESS: Final = {"mail", "contact_mail", "contact"}
SITE: Final = {"website", "source_url"}


def every() -> list[tuple[Case, Whole]]:
    """The first case of each operation that takes JSON, once for each of its bodies."""
    first: dict[str, Case] = {}
    for case in CASES:
        if case.body is not None:
            first.setdefault(case.operation.name, case)
    known = {one.operation for one in OTHERWISE}
    usual = (Whole(name) for name in first if name not in known)
    return [(first[one.operation], one) for one in (*usual, *OTHERWISE)]


def filled(
    whole: Whole, body: dict[str, Any], properties: Iterable[Property], salt: str
) -> dict[str, Any]:
    """The body with every free text that has a place in it, each told from the others."""
    made = _joined(body, whole.beside)
    free = [one for one in properties
            if one.free and value_at(made, one.way) is None and one.name not in whole.without
            and _has_place(made, one)]  # fmt: skip
    return with_values(made, {one.way: _text(f"{salt}{n}", one) for n, one in enumerate(free)})


def _has_place(body: dict[str, Any], one: Property) -> bool:
    """Whether what it is part of is there; a list of texts is made with its first."""
    holder = one.way[:-1]
    if isinstance(one.way[-1], int):
        holder = holder[:-1]
    return not holder or value_at(body, holder) is not None


def _text(mark: str, one: Property) -> str:
    name = next(str(part) for part in reversed(one.way) if isinstance(part, str))
    if name in ADDRESS:
        return f"{mark}@post.example"
    if name in SITE:
        return f"https://{mark}.example/"
    return f"原文{mark}"


def _joined(body: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Both; where both have an object, both of it."""
    made = copy.deepcopy(body)
    for name, value in more.items():
        old = made.get(name)
        both = isinstance(old, dict) and isinstance(value, dict)
        made[name] = _joined(old, value) if both else copy.deepcopy(value)
    return made
