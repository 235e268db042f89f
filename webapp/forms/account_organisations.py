"""Forms of organisations: registering one, inviting, admitting and removing members."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.registration import OrganisationDraft
from accounts.rules import ROLES_OF_KIND
from core.i18n import N_
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.language import page_language, plain
from webapp.presenters.accounts import (
    COUNTRY_NAMES,
    DOCUMENT_NAMES,
    KIND_NAMES,
    MARK_NAMES,
    SOURCE_NAMES,
    role_name,
)

_LANGUAGES = [SelectChoice("zh", N_("Chinese")), SelectChoice("en", N_("English"))]


class OrganisationForm(MarketForm):
    kind = RadioField(
        N_("What it is"),
        [Filled()],
        choices=[
            SelectChoice(kind, name) for kind, name in KIND_NAMES.items() if kind != "operator"
        ],
    )
    name_zh = StringField(N_("Name in Chinese"), [AtMost(200)])
    name_en = StringField(
        N_("Name in English"), [AtMost(200)], description=N_("One of the two names is enough.")
    )
    country = SelectField(
        N_("Country"),
        [Filled()],
        choices=[SelectChoice(code, name) for code, name in COUNTRY_NAMES],
        default="CN",
    )
    number = StringField(
        N_("Registration number"),
        [Filled(), AtMost(40)],
        description=N_(
            "In China the unified social credit code, 18 characters; elsewhere the number in the "
            "register at home. No Chinese number is needed."
        ),
    )
    register = StringField(
        N_("Register at home"),
        [AtMost(120)],
        description=N_("Only outside China, for example: Companies House."),
    )
    region = StringField(
        N_("Region code"), [AtMost(6)], description=N_("Six digits, in China, for example 330100.")
    )
    contact_name = StringField(N_("Public contact"), [AtMost(120)])
    contact_phone = StringField(N_("Public telephone"), [AtMost(40)])
    contact_mail = StringField(N_("Public mail address"), [AtMost(254)])
    website = StringField(N_("Website"), [AtMost(200)])
    distinct = BooleanField(N_("It is none of these: register it"))

    def draft(self) -> OrganisationDraft:
        """What was written, for the use case to judge."""
        names = {"zh": self.name_zh.data or "", "en": self.name_en.data or ""}
        return OrganisationDraft(
            kind=self.kind.data or "",
            names=names,
            number=self.number.data or "",
            original=page_language(),
            country=self.country.data or "",
            register=self.register.data or "",
            region=self.region.data or "",
            website=self.website.data or "",
            contact_name=self.contact_name.data or "",
            contact_mail=self.contact_mail.data or "",
            contact_phone=self.contact_phone.data or "",
            distinct=bool(self.distinct.data),
        )


class AskForm(MarketForm):
    note = TextAreaField(
        N_("What you do there"),
        [AtMost(500)],
        description=N_("Its administrator reads this and decides."),
    )


class RolesForm(MarketForm):
    """Roles as boxes; which ones depends on the kind of organisation."""

    roles = SelectMultipleField(
        N_("Roles"),
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def of(self, kind: str) -> RolesForm:
        self.roles.choices = [
            SelectChoice(role, plain(role_name(role))) for role in sorted(ROLES_OF_KIND[kind])
        ]
        return self


class InviteForm(RolesForm):
    contact = StringField(N_("Mail address or mobile number"), [Filled(), AtMost(254)])
    language = RadioField(N_("Language of the letter"), [Filled()], choices=_LANGUAGES)


class HeirForm(MarketForm):
    """Which colleague takes over; the choices are the members, set by `among`."""

    heir = SelectField(N_("Colleague who takes over"), choices=[], validate_choice=False)

    def among(self, colleagues: Mapping[str, str], nobody: str) -> HeirForm:
        found = [SelectChoice(person, name) for person, name in colleagues.items()]
        self.heir.choices = [SelectChoice("", plain(nobody)), *found]
        return self


class LeaveForm(HeirForm):
    last_day = DateField(
        N_("Last day"),
        [Optional()],
        description=N_("Empty: the membership ends at once. Else at the end of that day."),
    )


class DocumentForm(MarketForm):
    kind = RadioField(
        N_("What the document is"),
        [Filled()],
        choices=[SelectChoice(kind, name) for kind, name in DOCUMENT_NAMES.items()],
    )
    file = FileField(N_("File"), description=N_("PDF, PNG or JPEG, at most 10 MB."))


_SOURCES = [SelectChoice("", N_("Not verified"))]
_SOURCES += [SelectChoice(source, name) for source, name in SOURCE_NAMES.items()]


def _mark(what: str) -> SelectField:
    return SelectField(MARK_NAMES[what], choices=_SOURCES, validate_choice=False)


class VetForm(MarketForm):
    """What was verified, and by what; the fields are named as `accounts.marking` names problems."""

    by_name = _mark("name")
    by_number = _mark("number")
    by_authority = _mark("authority")
    reason = TextAreaField(
        N_("Reason"),
        [AtMost(1000)],
        description=N_("Needed to refuse or suspend; its administrator reads it."),
    )

    def marks(self) -> dict[str, str]:
        """What -> by what, of those that were sent."""
        asked = {"name": self.by_name, "number": self.by_number, "authority": self.by_authority}
        return {what: field.data or "" for what, field in asked.items() if field.raw_data}


class ModerateForm(MarketForm):
    """Its choices are the reasons of the listings' own table, set by the view."""

    reason = RadioField(N_("Reason"), [Filled()], choices=[], validate_choice=False)
    note = TextAreaField(
        N_("Note to the owner"), [AtMost(1000)], description=N_("Say what must change.")
    )
