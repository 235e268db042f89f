"""Step 5 of the full form: who made it, who answers, files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from wtforms import FileField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import ValidationError

from core.i18n import N_
from listings.inputs import AssetChange, ContactInput, ContributorInput, ListingChange
from webapp.forms.base import AtMost
from webapp.forms.listing_step import LEVELS, StepForm
from webapp.forms.listing_typed import lines, options, percent
from webapp.language import plain


class PeopleForm(StepForm):
    """Step 5: contributors with their shares, the named contact, files."""

    contributors = TextAreaField(
        N_("Contributors and shares"),
        description=N_(
            "One a line, in their order: "
            "name | share in per cent | what they did | name in Latin letters."
        ),
    )
    contact_name = StringField(N_("Who answers questions"), [AtMost(120)])
    contact_phone = StringField(N_("Telephone"), [AtMost(40)])
    contact_mail = StringField(N_("Mail"), [AtMost(254)])
    answer_days = IntegerField(
        N_("Answers within how many working days"),
        description=N_("Shown as a promise, and counted on your organisation's page."),
    )
    file = FileField(N_("Add a file"))
    file_level = RadioField(N_("Who may open the file"), choices=options(LEVELS), default="member")

    def validate_contributors(self, field: Any) -> None:
        for line in lines(field.data):
            parts = [part.strip() for part in line.split("|")]
            if len(parts) > 1 and parts[1] and percent(parts[1]) is None:
                words = N_("“%(line)s”: the share is not a number between 0 and 100.")
                raise ValidationError(plain(words, line=line[:40]))

    def shown(self) -> dict[str, Any]:
        page = self.page
        people = self.asset.contributors or ()
        return {
            "contributors": "\n".join(_typed_person(person) for person in people),
            "contact_name": page.contact_name or "",
            "contact_phone": page.contact_phone or "",
            "contact_mail": page.contact_mail or "",
            "answer_days": page.answer_days,
            "file_level": "member",
        }

    def change(self) -> ListingChange:
        """Whoever is named by an account stays so until another name is typed."""
        contact = self.stored.contact or ContactInput()
        same = self.same("contact_name")
        people = self.asset.contributors or ()
        return ListingChange(
            contact=ContactInput(
                person=contact.person if same else None,
                name=contact.name if same else self.contact_name.data or None,
                phone=self.contact_phone.data or None,
                mail=self.contact_mail.data or None,
                answer_days=self.answer_days.data or 3,
            ),
            asset=AssetChange(
                contributors=self.kept("contributors", people, lambda s: _people(people, lines(s)))
            ),
        )


def _typed_person(person: ContributorInput) -> str:
    share = f"{person.share_bp / 100:g}" if person.share_bp is not None else ""
    parts = (person.name, share, person.role or "", person.latin_name or "")
    return " | ".join(parts).rstrip(" |")


def _people(before: Iterable[ContributorInput], typed: Iterable[str]) -> Iterable[ContributorInput]:
    """A name keeps the account and the affiliation that it had."""
    known = {person.name: person for person in before}
    for line in typed:
        name, share, role, latin = (*(part.strip() for part in line.split("|")), "", "", "")[:4]
        yield replace(
            known.get(name) or ContributorInput(name),
            latin_name=latin or None,
            role=role or None,
            share_bp=percent(share) if share else None,
        )
