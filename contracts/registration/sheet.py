"""The registry's papers of one contract: the form and, always in Chinese, what the contract says.

The form is filled in Chinese; another language stands beside it for readers of this market only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from contracts.matter import Draft, Matter
from contracts.registration.form import Form, needs_summary
from contracts.registration.showing import Lines, sections
from contracts.wording import ITEM_NAMES
from core import typesetting
from core.i18n import N_, format_date, translator
from deals.wording import TERM_NAMES, term_value

TEMPLATE: Final = Path(__file__).parents[1] / "texts" / "registration.typ"
_NOT_OF_A_CONTRACT: Final = frozenset({"valid_until"})


@dataclass(frozen=True)
class Papers:
    """What is printed, and of which contract."""

    number: str
    digest: str
    matter: Matter
    draft: Draft
    form: Form
    register_number: str = ""


def pdf(papers: Papers, language: str) -> bytes:
    """The form, then the contract's summary in the same language. Raises FontMissing."""
    return typesetting.pdf(TEMPLATE, told(papers, language))


def told(papers: Papers, language: str) -> dict[str, Any]:
    """Everything that the template prints."""
    say = translator(language).gettext
    return {
        "language": language,
        "title": say(N_("Form for the registration of a technology contract")),
        "number": [(say(N_("Contract no.")), papers.number),
                   (say(N_("Number in the register")), papers.register_number)],
        "form": _listed(sections(papers.form, language)),
        "signs": [say(N_("Handled by")), say(N_("Seal of the party")), say(N_("Day"))],
        "sheet": say(N_("What the contract says")),
        "note": say(N_("Taken from the signed contract; its text counts.")),
        "summary": _listed(_summary(papers, language)),
        "digest": papers.digest,
        "page_said": say(N_("Page no.")),
    }  # fmt: skip


def _listed(found: Iterable[tuple[str, Lines]]) -> list[dict[str, Any]]:
    return [{"heading": heading, "lines": lines} for heading, lines in found]


def _summary(papers: Papers, language: str) -> Iterator[tuple[str, Lines]]:
    """Terms with the market's words in `language`; the parties' text, or its Chinese summary
    where they wrote in another language."""
    say, terms = translator(language).gettext, papers.matter.terms
    yield (
        say(N_("Agreed terms")),
        [
            (say(label), term_value(name, getattr(terms, name), terms.currency, language))
            for name, label in TERM_NAMES.items()
            if name not in _NOT_OF_A_CONTRACT and getattr(terms, name) not in (None, "", ())
        ],
    )
    if papers.matter.patents:
        yield say(N_("Patents")), [
            (one.title, " ".join(filter(None, (
                one.application_number, one.grant_number,
                format_date(one.filed_on, language, weekday=False) if one.filed_on else "",
            ))))
            for one in papers.matter.patents
        ]  # fmt: skip
    if needs_summary(papers.draft):
        yield say(N_("Summary in Chinese")), [("", papers.form.summary)]
    else:
        yield (
            say(N_("What the parties write")),
            [(say(ITEM_NAMES[name]), text) for name, text in papers.draft.items if text],
        )
