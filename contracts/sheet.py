"""A frozen contract as sections of text, in one language or in both side by side. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from contracts.matter import Draft, Matter, Patent
from contracts.wording import ITEM_NAMES, KIND_NAMES, PATENT_ITEM_NAMES
from core.i18n import N_, format_date, translator
from deals.wording import TERM_NAMES, term_value

BOTH: Final = ("zh", "en")
EDITIONS: Final = {"zh": ("zh",), "en": ("en",), "both": BOTH}
"""The languages of each edition, by its code."""
_NOT_OF_A_CONTRACT: Final = frozenset({"valid_until"})


@dataclass(frozen=True)
class Line:
    """A row of a section in one language; `name` may be empty."""

    name: str
    text: str


@dataclass(frozen=True)
class Section:
    """A heading and rows: each with one cell for every language of the sheet."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """Everything that is printed. What the parties wrote stands as they wrote it, in every
    column: the market translates its own words, never theirs."""

    number: str
    digest: str
    languages: tuple[str, ...]
    titles: tuple[str, ...]
    sections: tuple[Section, ...]
    parties: tuple[str, str]


def sheet(
    number: str, digest: str, matter: Matter, draft: Draft, languages: Sequence[str]
) -> Sheet:
    """`languages`: `zh`, `en`, or both for two columns."""
    says = [translator(language).gettext for language in languages]
    return Sheet(
        number=number,
        digest=digest,
        languages=tuple(languages),
        titles=tuple(say(KIND_NAMES[draft.kind]) for say in says),
        sections=tuple(_sections(matter, draft, languages, says)),
        parties=(matter.seller, matter.buyer),
    )


def _sections(
    matter: Matter, draft: Draft, languages: Sequence[str], says: Sequence[Callable[[str], str]]
) -> Iterator[Section]:
    def section(heading: str, rows: Sequence[Sequence[Line]]) -> Section:
        return Section(
            tuple(say(heading) for say in says), tuple(zip(*rows, strict=True)) if rows else ()
        )

    yield section(N_("Parties"), [_parties(matter, say) for say in says])
    if matter.patents:
        yield section(N_("Patents"), [_patents(matter, language) for language in languages])
    yield section(N_("Agreed terms"), [_terms(matter, language) for language in languages])
    for name, text in draft.items:
        yield section(ITEM_NAMES[name], [[Line("", text)] for _ in says])


def _parties(matter: Matter, say: Callable[[str], str]) -> list[Line]:
    return [Line(say(N_("Seller")), matter.seller), Line(say(N_("Buyer")), matter.buyer)]


def _terms(matter: Matter, language: str) -> list[Line]:
    say, terms = translator(language).gettext, matter.terms
    return [
        Line(say(label), term_value(name, getattr(terms, name), terms.currency, language))
        for name, label in TERM_NAMES.items()
        if name not in _NOT_OF_A_CONTRACT and getattr(terms, name) not in (None, "", ())
    ]


def _patents(matter: Matter, language: str) -> list[Line]:
    return [line for patent in matter.patents for line in _patent(patent, language)]


def _patent(patent: Patent, language: str) -> Iterator[Line]:
    """What Civil Code art. 845 wants named, as far as it is known."""
    say = translator(language).gettext
    values: dict[str, Any] = {
        "title": patent.title,
        "owner": patent.owner,
        "filed_on": format_date(patent.filed_on, language) if patent.filed_on else "",
        "application_number": patent.application_number,
        "grant_number": patent.grant_number,
        "term": format_date(patent.expires_on, language) if patent.expires_on else "",
    }
    for name, value in values.items():
        if value:
            yield Line(say(PATENT_ITEM_NAMES[name]), value)
