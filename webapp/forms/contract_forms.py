"""Forms of contracts: the written items, reasons for warnings, signed copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wtforms import (
    BooleanField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional as Blank
from wtforms.widgets import CheckboxInput, ListWidget

from contracts.lint import WARN, Finding
from contracts.matter import ITEMS, Draft
from contracts.rules import Copy
from contracts.signing.consent import VERSION
from contracts.signing.rules import Intent
from contracts.wording import CLAUSE_NAMES, ITEM_NAMES, KIND_NAMES
from core.i18n import N_
from webapp.forms.base import AtMost, MarketForm
from webapp.language import plain
from webapp.uploads import Upload

AUTHORITY_NAMES: Final = {
    "legal_representative": N_("Legal representative"),
    "authorised": N_("Authorised in writing by the legal representative"),
}


def _choices(names: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in names.items()]


class DraftForm(MarketForm):
    """The items of Civil Code art. 845 that the deal does not already answer."""

    kind = SelectField(
        ITEM_NAMES["kind"],
        choices=_choices(KIND_NAMES),
        description=N_("Proposed from what passes. The law knows these five."),
    )
    project = StringField(ITEM_NAMES["project"], [Blank()])
    scope = TextAreaField(
        ITEM_NAMES["scope"],
        [Blank()],
        description=N_("What the technology is, what passes, and what it must be able to do."),
    )
    plan = TextAreaField(
        ITEM_NAMES["plan"],
        [Blank()],
        description=N_("What is handed over or done, by when, where, and with what help."),
    )
    confidentiality = TextAreaField(
        ITEM_NAMES["confidentiality"],
        [Blank()],
        description=N_("What is secret, who may know it, and for how long."),
    )
    ownership = TextAreaField(
        ITEM_NAMES["ownership"],
        [Blank()],
        description=N_("Who owns later improvements, and how what they earn is shared."),
    )
    acceptance = TextAreaField(
        ITEM_NAMES["acceptance"],
        [Blank()],
        description=N_("By what measure, by whom and how it is accepted."),
    )
    definitions = TextAreaField(
        ITEM_NAMES["definitions"],
        [Blank()],
        description=N_("Words on which money or rights depend, such as net sales."),
    )
    restrictions = SelectMultipleField(
        ITEM_NAMES["restrictions"],
        choices=_choices(CLAUSE_NAMES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=N_("Mark what the text contains. The market says what the law makes of it."),
    )

    def fill(self, draft: Draft) -> None:
        for name in ("kind", *ITEMS):
            self[name].data = getattr(draft, name)
        self.restrictions.data = list(draft.restrictions)

    def draft(self) -> Draft:
        items = {name: (self[name].data or "").strip() for name in ITEMS}
        return Draft(self.kind.data or "", **items, restrictions=tuple(self.restrictions.data))


def freeze_form(found: Sequence[Finding]) -> MarketForm:
    """A form with one field for each warning: `reason0`, `reason1`, in their order."""
    label = N_("Why the parties go on in spite of it")
    warnings = [one for one in found if one.enforce == WARN]
    fields: dict[str, Any] = {
        f"reason{n}": StringField(label, [Blank()]) for n in range(len(warnings))
    }
    form: MarketForm = type("FreezeForm", (MarketForm,), fields)()
    return form


def reasons_of(form: MarketForm, found: Sequence[Finding]) -> dict[str, str]:
    """By the keys of the warnings."""
    warnings = [one for one in found if one.enforce == WARN]
    return {one.key: form[f"reason{n}"].data or "" for n, one in enumerate(warnings)}


EDITION_NAMES: Final = {
    "zh": N_("Chinese"),
    "en": N_("English"),
    "both": N_("Both languages side by side"),
}


class TemplateForm(MarketForm):
    """A Word template of an organisation."""

    owner_org = SelectField(N_("Organisation"), choices=[])
    name = StringField(
        N_("Name"), description=N_("As your people will look for it beside a contract.")
    )
    edition = SelectField(
        N_("Language"),
        choices=_choices(EDITION_NAMES),
        description=N_("In which names of terms and amounts are filled in."),
    )
    file = FileField(
        N_("Word document"),
        description=N_("A .docx without macros, at most 1 MB, with {{ number }} in it."),
    )


class SignForm(MarketForm):
    """The scan of the signed paper, and what it shows."""

    scan = FileField(
        N_("Scan of the signed and sealed paper"),
        description=N_("One PDF with all pages, seals and the seal across the page edges."),
    )
    pages = IntegerField(N_("Number of pages"), [Blank()])
    seal_name = StringField(
        N_("Name on the seal"),
        [Blank()],
        description=N_("Exactly as it stands there. Registries refuse a seal of another name."),
    )
    signatory = StringField(N_("Who signed"), [Blank()])
    authority = RadioField(N_("By what authority"), choices=_choices(AUTHORITY_NAMES))
    originals = StringField(N_("Who keeps your originals, and where"), [Blank()])

    def copy(self, upload: Upload) -> Copy:
        return Copy(
            sha256=upload.sha256,
            name=upload.name,
            size=upload.size,
            pages=self.pages.data or 0,
            seal_name=self.seal_name.data or "",
            signatory=(self.signatory.data or "").strip(),
            authority=self.authority.data or "",
            originals=(self.originals.data or "").strip(),
        )


OUTCOME_NAMES: Final = {
    "confirm": N_("Everything is in order"),
    "return": N_("Something is wrong: it goes back"),
}
MUST_SEE: Final = ("pages_complete", "seal_right", "authority_seen")


class CheckForm(MarketForm):
    """What the other side looks at in a copy."""

    outcome = RadioField(N_("What you found"), choices=_choices(OUTCOME_NAMES))
    pages_complete = BooleanField(N_("All pages are there, with the number of this contract"))
    seal_right = BooleanField(N_("Seal and cross-page seal show the party's name"))
    authority_seen = BooleanField(N_("The signatory's authority is shown"))
    note = TextAreaField(N_("What is wrong with it"), [Blank()])

    def looked(self) -> bool:
        """Whether all was ticked that a confirmation says; else each box says so."""
        lacking = [name for name in MUST_SEE if not self[name].data]
        for name in lacking:
            said = plain(N_("Look at this before you confirm."))
            self[name].errors = [*self[name].errors, said]
        return not lacking


class SignatureForm(MarketForm):
    """A person signs for their side electronically."""

    name = StringField(N_("Your name"), [Blank()], description=N_("As your account has it."))
    authority = RadioField(N_("By what authority"), choices=_choices(AUTHORITY_NAMES))
    code = StringField(
        N_("Code of the second step"),
        [Blank(), AtMost(40)],
        description=N_("From your authenticator app. Not needed within five minutes of a passkey."),
    )
    consent = BooleanField(N_("I agree to these words, and sign"))

    def intent(self) -> Intent:
        return Intent(
            name=self.name.data or "",
            authority=self.authority.data or "",
            consent=VERSION if self.consent.data else "",
        )
