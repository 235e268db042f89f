"""A contract as editable Word, filled into a template: the market's own or an organisation's.

Nothing in a template is trusted: `templates/checking.py` has read it before it was kept, and it is
filled in a sandbox that knows plain values only.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment

from contracts.matter import ITEMS, Draft, Matter
from contracts.sheet import Section, Sheet
from core.i18n import N_, translator
from deals.wording import TERM_NAMES, term_value

SINGLE: Final = Path(__file__).parent / "texts" / "contract.docx"
DOUBLE: Final = Path(__file__).parent / "texts" / "contract-both.docx"
TERMS: Final = tuple(name for name in TERM_NAMES if name != "valid_until")
WORDS: Final = {
    "number": N_("Contract no."),
    "signature": N_("Signature of the person authorised"),
    "signed_on": N_("Signed on"),
    "signed_at": N_("Signed at"),
    "seal": N_("Seal of the party"),
    "working_copy": N_("Working copy: what is signed is the text that the market keeps."),
}
PLAIN_NAMES: Final = frozenset(
    {"number", "digest", "version", "title", "title2", "seller", "buyer", *ITEMS, *TERMS}
)
"""What a template may put in by name."""
LISTS: Final[Mapping[str, frozenset[str]]] = {
    "sections": frozenset({"heading", "heading2", "rows"}),
    "terms": frozenset({"name", "text", "name2", "text2", "shared"}),
    "patents": frozenset({"name", "text", "name2", "text2", "shared"}),
}
"""Lists that a template may walk through, and what each entry has; `rows` are like `terms`."""


_UNHOLDABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def shipped(languages: tuple[str, ...]) -> bytes:
    """The market's own template for one language or for two side by side."""
    return (SINGLE if len(languages) == 1 else DOUBLE).read_bytes()


def word(template: bytes, told: Mapping[str, Any]) -> bytes:
    """The filled template as the octets of a .docx."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(_clean(told), jinja_env=ImmutableSandboxedEnvironment(), autoescape=True)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def told(sheet: Sheet, matter: Matter, draft: Draft, version: int) -> dict[str, Any]:
    """Everything that a template may say; what there is not is the empty text.

    In an edition of two languages the plain names speak the first, and names that end in 2 the
    second.
    """
    language = sheet.languages[0]
    terms = {name: getattr(matter.terms, name) for name in TERMS}
    values = {
        name: term_value(name, value, matter.terms.currency, language) if value else ""
        for name, value in terms.items()
    }
    sections = [_section(one) for one in sheet.sections]
    return {
        "number": sheet.number,
        "digest": sheet.digest,
        "version": version,
        "title": sheet.titles[0],
        "title2": sheet.titles[-1] if len(sheet.titles) > 1 else "",
        "seller": matter.seller,
        "buyer": matter.buyer,
        **dict(draft.items),
        **values,
        "sections": sections,
        "terms": sections[2 if matter.patents else 1]["rows"],
        "patents": sections[1]["rows"] if matter.patents else [],
        "words": {name: _in_all(msgid, sheet.languages) for name, msgid in WORDS.items()},
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.headings[0],
        "heading2": section.headings[-1] if len(section.headings) > 1 else "",
        "rows": [_row([(line.name, line.text) for line in row]) for row in section.rows],
    }


def _row(cells: list[tuple[str, str]]) -> dict[str, Any]:
    name, text = cells[0]
    name2, text2 = cells[-1] if len(cells) > 1 else ("", "")
    return {"name": name, "text": text, "name2": name2, "text2": text2,
            "shared": len(cells) == 1 or (not name and text == text2)}  # fmt: skip


def _in_all(msgid: str, languages: tuple[str, ...]) -> str:
    said: list[Callable[[str], str]] = [translator(language).gettext for language in languages]
    return " / ".join(say(msgid) for say in said)


def _clean(value: Any) -> Any:
    """Without what XML cannot hold, and what docxtpl takes for its own signs."""
    if isinstance(value, str):
        return _UNHOLDABLE.sub("", value)
    if isinstance(value, Mapping):
        return {name: _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value
