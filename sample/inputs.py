"""Turns an entry of the result files into what the actions of listings take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from core.money import Money
from listings.inputs import (
    AssetChange,
    ComparisonInput,
    ContactInput,
    ContributorInput,
    EvidenceInput,
    FundingInput,
    ListingChange,
    NeedInput,
    NeedTranslation,
    PatentInput,
    RightInput,
    TextInput,
    WayInput,
)
from listings.kinds import LegalStatus, Level, PatentKind, TaxBasis, Way
from sample.content import Entry, languages

MONTHS: Final = {
    "一个月": 1, "三个月": 3, "六个月": 6, "十二个月": 12, "三年": 36, "五年": 60, "六年": 72,
    "八年": 96, "十年": 120, "three years": 36, "six years": 72, "seven years": 84,
    "eight years": 96, "ten years": 120,
}  # fmt: skip
"""Terms that are a plain number of months; any other stands in the way's notes as written."""
_TERM_YEARS: Final = {PatentKind.INVENTION: 20, PatentKind.UTILITY_MODEL: 10}
_ANSWER_DAYS: Final = 3


def text_of(entry: Entry, language: str) -> TextInput:
    words = entry[language]
    return TextInput(
        language=language,
        title=words["title"],
        value_line=words["value"],
        abstract=words["abstract"],
        keywords=tuple(words["keywords"]),
        receives=tuple(words["receives"]),
        brings=tuple(words["brings"]),
        alternatives=tuple(words["compare_with"]),
        comparison_note=words.get("note", ""),
        next_step=words.get("next", ""),
    )


def listing_of(entry: Entry, contact: str, asset: AssetChange) -> ListingChange:
    """Everything but the original text, which the draft begins with."""
    return ListingChange(
        texts=tuple(text_of(entry, language) for language in languages(entry)[1:]),
        comparisons=tuple(
            row for language in languages(entry) for row in _comparisons(entry, language)
        ),
        ways=tuple(way_of(way, entry["original"]) for way in entry["ways"]),
        contact=ContactInput(person=contact, answer_days=_ANSWER_DAYS),
        level=Level.PUBLIC,
        asset=asset,
    )


def asset_of(
    entry: Entry, person_of: Callable[[str], ContributorInput], region: str, today: date
) -> AssetChange:
    """`person_of` gives the contributor behind a key, without a share."""
    contributors = []
    for key, share in entry["contributors"]:
        known = person_of(key)
        contributors.append(ContributorInput(**(vars(known) | {"share_bp": share})))
    return AssetChange(
        secrecy=entry["secrecy"],
        trl=entry["trl"],
        stage=entry["stage"],
        origin=entry["origin"],
        region=region,
        registration=entry.get("registration", ""),
        ipc=tuple(entry["ipc"]),
        industries=(entry["industry"],),
        emerging=(entry["emerging"],),
        funding=(FundingInput(entry["funding"], public_money=_is_public(entry["funding"])),),
        contributors=tuple(contributors),
        patents=tuple(patent_of(patent, today) for patent in entry["patents"]),
        evidence=tuple(
            EvidenceInput(language, entry["trl"], words, date.fromisoformat(day), Level(level))
            for language in languages(entry)
            for day, words, level in entry[language]["evidence"]
        ),
        rights=tuple(_right(right) for right in entry.get("rights", ())),
    )


def member_of(entry: Entry, number: int, asset: AssetChange, today: date) -> AssetChange:
    """One patent of a package: what the package says, with its own number only."""
    whole = vars(asset) | {"registration": None, "evidence": None, "funding": None}
    return AssetChange(**(whole | {"patents": (patent_of(entry["patents"][number], today),)}))


def patent_of(patent: Entry, today: date) -> PatentInput:
    """Annuities of a patent in force count as paid until the next anniversary of its filing."""
    filed, status = patent["filed"], LegalStatus(patent["status"])
    office = patent.get("office", "CN")
    domestic = office == "CN"
    kind = PatentKind.UTILITY_MODEL if domestic and patent["no"][4] == "2" else PatentKind.INVENTION
    paid = next_anniversary(filed, today) if status is LegalStatus.IN_FORCE else None
    return PatentInput(
        office=office,
        application_number=patent["no"] if domestic else None,
        publication_number=patent.get("publication") if domestic else patent["no"],
        grant_number=patent.get("grant") if domestic else None,
        kind=kind,
        kind_code=patent.get("kind_code") or patent["no"][-2:],
        filed_on=filed,
        granted_on=patent.get("granted"),
        expires_on=anniversary(filed, _TERM_YEARS[kind]),
        legal_status=status,
        status_checked_on=today - timedelta(days=20),
        annuity_paid_until=paid,
        annuity_due_on=paid,
    )


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def next_anniversary(day: date, today: date) -> date:
    """The first anniversary after today."""
    this_year = anniversary(day, today.year - day.year)
    return this_year if this_year > today else anniversary(day, today.year - day.year + 1)


def way_of(way: Entry, language: str) -> WayInput:
    term = way.get("term", "")
    months = MONTHS.get(term)
    royalty = way.get("royalty")
    return WayInput(
        way=Way(way["way"]),
        price=_money(way.get("price"), way.get("currency", "CNY")),
        valuation=way["way"] == Way.EQUITY_CONTRIBUTION,
        royalty_bp=round(royalty * 100) if royalty else None,
        royalty_base=way.get("base"),
        tax_basis=TaxBasis.EXCLUDED,
        field=way.get("field"),
        territory=way.get("territory"),
        term_months=months,
        notes={language: term} if term and months is None else {},
    )


def need_of(entry: Entry, contact: str, region: str, today: date) -> NeedInput:
    first, *others = languages(entry)
    low, high = entry.get("budget", (None, None))
    currency = entry.get("currency", "CNY")
    return NeedInput(
        language=first,
        **_need_words(entry[first]),
        budget_low=_money(low, currency),
        budget_high=_money(high, currency),
        fields=tuple(code[:3] for code in entry["ipc"]),
        industries=tuple(entry["industries"]),
        region=region or None,
        deadline=today + timedelta(days=entry["open_days"]),
        confidential=entry.get("confidential", False),
        anonymous=entry.get("anonymous", False),
        contact_person=contact,
        translation=NeedTranslation(others[0], **_need_words(entry[others[0]])) if others else None,
    )


def _need_words(words: Entry) -> dict[str, Any]:
    return {**words, "keywords": tuple(words["keywords"])}


def _comparisons(entry: Entry, language: str) -> list[ComparisonInput]:
    return [
        ComparisonInput(language, metric, ours, tuple(theirs), unit, verdict)
        for metric, unit, ours, *theirs, verdict in entry[language]["compare"]
    ]


def _right(right: Entry) -> RightInput:
    return RightInput(
        starts=right["starts"],
        way=Way(right["way"]),
        holder_name=right["holder"],
        field=right.get("field"),
        ends=right.get("ends"),
    )


def _money(major: int | None, currency: str) -> Money | None:
    return Money(major * 100, currency) if major is not None else None


def _is_public(funding: str) -> bool:
    return not any(word in funding for word in ("企业", "自筹", "Contract", "funds", "levy"))


def minor(major: int | None) -> int | None:
    """Fen or cents of a sum in whole units."""
    return major * 100 if major is not None else None
