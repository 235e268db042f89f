"""Forms of an organisation's public page."""

from __future__ import annotations

from typing import Any, Final

from wtforms import FileField, StringField, TextAreaField

from accounts.models import Organisation, OrganisationProfile
from accounts.profiles import INTRO_LENGTH, ProfileDraft
from core import reference
from core.i18n import N_
from webapp.forms.base import AtMost, MarketForm
from webapp.forms.listing_typed import MultiCheckboxField, options
from webapp.language import page_language

_WRITTEN: Final = ("intro_zh", "intro_en", "fields", "website", "ror", "contact_name",
                   "contact_phone", "contact_mail")  # fmt: skip


class ProfileForm(MarketForm):
    intro_zh = TextAreaField(N_("Introduction in Chinese"), [AtMost(INTRO_LENGTH)])
    intro_en = TextAreaField(
        N_("Introduction in English"),
        [AtMost(INTRO_LENGTH)],
        description=N_("Where one language is missing, the other is shown."),
    )
    fields = MultiCheckboxField(N_("Fields"))
    website = StringField(N_("Website"), [AtMost(200)])
    ror = StringField(
        N_("ROR ID"),
        [AtMost(60)],
        description=N_("Of research organisations, such as https://ror.org/05dxps055."),
    )
    contact_name = StringField(N_("Public contact"), [AtMost(120)])
    contact_phone = StringField(N_("Public telephone"), [AtMost(40)])
    contact_mail = StringField(N_("Public mail address"), [AtMost(254)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["fields"].choices = options(reference.choices("ipc_sections", page_language()))

    @classmethod
    def of(cls, row: Organisation, profile: OrganisationProfile) -> ProfileForm:
        """As it stands."""
        written = {f"intro_{language}": text for language, text in profile.intros.items()}
        names = ("website", "contact_name", "contact_phone", "contact_mail")
        same = {name: getattr(row, name) for name in names}
        return cls(
            formdata=None, data=written | same | {"fields": profile.fields, "ror": profile.ror}
        )

    def others(self, stands: ProfileForm) -> list[tuple[str, str]]:
        """Label and words of what `stands` says otherwise, for a writer who was overtaken."""
        found = ((str(self[name].label.text), self.words(name), stands.words(name))
                 for name in _WRITTEN)  # fmt: skip
        return [(label, there or "—") for label, typed, there in found if typed != there]

    def words(self, name: str) -> str:
        """A field as one reads it."""
        if name != "fields":
            return "\n".join(str(self[name].data or "").strip().splitlines())
        chosen = set(self["fields"].data or ())
        names = [one.label for one in self["fields"].choices if one.value in chosen]
        return ", ".join(map(str, names))

    def draft(self) -> ProfileDraft:
        """What was written, for the use case to judge."""
        return ProfileDraft(
            intros={"zh": self.intro_zh.data or "", "en": self.intro_en.data or ""},
            fields=tuple(self["fields"].data or ()),
            website=self.website.data or "",
            ror=self.ror.data or "",
            contact_name=self.contact_name.data or "",
            contact_mail=self.contact_mail.data or "",
            contact_phone=self.contact_phone.data or "",
        )


class LogoForm(MarketForm):
    logo = FileField(N_("Logo"), description=N_("PNG, JPEG or WebP, at most 1 MB."))
