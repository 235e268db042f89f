"""Forms of results and needs: a first draft for a phone, and the full form in five short steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from wtforms import (
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional as Blank
from wtforms.validators import ValidationError

from core import reference
from core.i18n import N_
from listings.inputs import (
    AssetChange,
    ContactInput,
    ContributorInput,
    ListingChange,
    TextInput,
)
from listings.queries import ListingPage
from webapp.forms.base import AtMost, Filled, MarketForm
from webapp.forms.listing_typed import (
    check_evidence,
    kept_texts,
    lines,
    options,
    percent,
    read_comparison,
    read_evidence,
    read_funding,
    read_patents,
    show_evidence,
    split,
    trl_choices,
    typed_verdict,
)
from webapp.language import page_language, plain
from webapp.numbers import whole
from webapp.presenters.labels import KINDS

LANGUAGES: Final = [("zh", N_("Chinese")), ("en", N_("English"))]
LEVELS: Final = [
    ("public", N_("Everyone")),
    ("member", N_("People who are signed in")),
    ("nda", N_("Those who accepted the confidentiality agreement")),
]
STEPS: Final = (
    N_("Title and summary"),
    N_("What it can do"),
    N_("Readiness and rights"),
    N_("Ways and price"),
    N_("People and contact"),
)


class FirstDraftForm(MarketForm):
    """At most five typed fields: what can be filled in on a phone beside the machine."""

    owner = SelectField(N_("In the name of"))
    kind = SelectField(N_("Kind"), choices=options(list(KINDS.items())[:4]))
    title = StringField(N_("Title"), [Filled(), AtMost(120)])
    value_line = TextAreaField(
        N_("In one sentence: what is better than today?"),
        [Filled(), AtMost(300)],
        description=N_("Name what it replaces, and one figure."),
    )
    trl = SelectField(N_("Readiness"), [Blank()])
    contributors = StringField(
        N_("Contributors"),
        [AtMost(300)],
        description=N_("Names in their order, with commas between. Shares can follow later."),
    )
    contact_phone = StringField(N_("Telephone for questions"), [AtMost(40)])

    def __init__(self, owners: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner.choices = options(owners)
        self.trl.choices = trl_choices()

    def text(self) -> TextInput:
        return TextInput(
            page_language(), (self.title.data or "").strip(), (self.value_line.data or "").strip()
        )

    def change(self, person: str | None) -> ListingChange:
        names = [name for name in split(self.contributors.data) if name]
        return ListingChange(
            contact=ContactInput(person=person, phone=self.contact_phone.data or None),
            asset=AssetChange(
                trl=whole(self.trl.data),
                contributors=tuple(ContributorInput(name) for name in names) or None,
            ),
        )


class WhatForm(MarketForm):
    """Step 1: title, sentence, abstract, fields."""

    language = RadioField(N_("Language of this text"), choices=options(LANGUAGES))
    title = StringField(N_("Title"), [Filled(), AtMost(120)])
    value_line = TextAreaField(
        N_("In one sentence: what is better than today?"),
        [AtMost(300)],
        description=N_("Name what it replaces, and one figure."),
    )
    abstract = TextAreaField(N_("Abstract"), [AtMost(6000)])
    keywords = StringField(
        N_("Keywords"), [AtMost(130)], description=N_("At most three, with commas between.")
    )
    ipc = StringField(
        N_("IPC codes"),
        [AtMost(300)],
        description=N_("Such as H05K 7/20, with commas between; the main one first."),
    )
    industry = SelectField(N_("Industry"), [Blank()])
    registration = StringField(
        N_("Result registration number"),
        [AtMost(12)],
        description=N_("12 characters. A registration certificate is not proof of ownership."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = reference.choices("industries", page_language())
        self.industry.choices = options(names, empty=True)

    def show(self, page: ListingPage) -> None:
        text = page.text
        self.process(
            data={
                "language": text.language,
                "title": text.title,
                "value_line": text.value_line,
                "abstract": text.abstract,
                "keywords": "，".join(text.keywords),
                "ipc": ", ".join(page.ipc),
                "industry": next(iter(page.industries), ""),
                "registration": page.registration or "",
            }
        )

    def change(self, page: ListingPage) -> ListingChange:
        text = page.text if page.text.language == self.language.data else None
        kept = kept_texts(text) if text else {}
        return ListingChange(
            texts=(
                TextInput(
                    self.language.data,
                    (self.title.data or "").strip(),
                    (self.value_line.data or "").strip(),
                    (self.abstract.data or "").strip(),
                    tuple(split(self.keywords.data)),
                    **kept,
                ),
            ),
            asset=AssetChange(
                ipc=tuple(code.replace(" ", "").upper() for code in split(self.ipc.data)),
                industries=(self.industry.data,) if self.industry.data else (),
                registration=(self.registration.data or "").strip(),
            ),
        )


class CanForm(MarketForm):
    """Step 2: comparison with today, what the buyer receives and brings."""

    alternatives = StringField(
        N_("What is used today"),
        [AtMost(300)],
        description=N_("The products or processes you compare with, with commas between."),
    )
    comparisons = TextAreaField(
        N_("Comparison"),
        description=N_(
            "One measure a line: measure | unit | yours | theirs | … | better, equal, between or "
            "worse. Say openly where it is worse."
        ),
    )
    comparison_note = StringField(N_("Where the figures come from"), [AtMost(400)])
    receives = TextAreaField(N_("What the buyer receives"), description=N_("One item a line."))
    brings = TextAreaField(N_("What the buyer must bring"), description=N_("One item a line."))
    next_step = TextAreaField(N_("What the next readiness level still needs"), [AtMost(600)])

    def validate_comparisons(self, field: Any) -> None:
        for line in lines(field.data):
            if line.count("|") < 2:
                words = N_("“%(line)s” needs at least measure | unit | yours.")
                raise ValidationError(plain(words, line=line[:40]))

    def show(self, page: ListingPage) -> None:
        language = page.text.language
        rows = [
            " | ".join(
                (row.metric, row.unit, row.ours, *row.theirs, typed_verdict(language, row.verdict))
            )
            for row in page.comparisons
        ]
        self.process(
            data={
                "alternatives": "，".join(page.text.alternatives),
                "comparisons": "\n".join(row.removesuffix(" | ") for row in rows),
                "comparison_note": page.text.comparison_note,
                "receives": "\n".join(page.text.receives),
                "brings": "\n".join(page.text.brings),
                "next_step": page.text.next_step,
            }
        )

    def change(self, page: ListingPage) -> ListingChange:
        language = page.text.language
        mine = [read_comparison(language, line) for line in lines(self.comparisons.data)]
        return ListingChange(
            texts=(
                TextInput(
                    language,
                    page.text.title,
                    page.text.value_line,
                    page.text.abstract,
                    page.text.keywords,
                    receives=tuple(lines(self.receives.data)),
                    brings=tuple(lines(self.brings.data)),
                    alternatives=tuple(split(self.alternatives.data)),
                    comparison_note=(self.comparison_note.data or "").strip(),
                    next_step=(self.next_step.data or "").strip(),
                ),
            ),
            comparisons=tuple(mine),
        )


class RightsForm(MarketForm):
    """Step 3: readiness with its evidence, stage, origin, secrecy, patents."""

    trl = SelectField(N_("Readiness"), [Blank()])
    evidence = TextAreaField(
        N_("What shows it"),
        [check_evidence],
        description=N_(
            "One piece a line, with its date first where it has one: 2026-08-14 … "
            "Who may read it stands after a |: public, after sign-in, after NDA. Nothing: public."
        ),
    )
    stage = SelectField(N_("Stage"), [Blank()])
    origin = SelectField(N_("Origin"), [Blank()])
    secrecy = SelectField(
        N_("Secrecy"),
        description=N_("Classified results are not accepted on this market."),
    )
    patents = TextAreaField(
        N_("Patents and applications"),
        description=N_("One number a line, in any usual form: ZL202310482617.0, US 8,926,509 B2."),
    )
    funding = TextAreaField(
        N_("Funding"), description=N_("One programme a line; its number after a |.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trl.choices = trl_choices()
        for field, name in ((self.stage, "stages"), (self.origin, "origins")):
            field.choices = options(reference.choices(name, page_language()), empty=True)
        self.secrecy.choices = options(reference.choices("secrecy_levels", page_language())[:2])

    def show(self, page: ListingPage) -> None:
        evidence = [
            show_evidence(piece.shown_on, piece.text or "", piece.level) for piece in page.evidence
        ]
        numbers = [
            patent.grant_number or patent.publication_number or patent.application_number or ""
            for patent in page.patents
        ]
        self.process(
            data={
                "trl": str(page.trl or ""),
                "evidence": "\n".join(evidence),
                "stage": page.stage or "",
                "origin": page.origin or "",
                "secrecy": page.secrecy,
                "patents": "\n".join(numbers),
                "funding": "\n".join(f"{name} | {n}" if n else name for name, n in page.funding),
            }
        )

    def change(self, page: ListingPage) -> ListingChange:
        trl = whole(self.trl.data)
        pieces = tuple(
            read_evidence(page.text.language, trl or 1, line) for line in lines(self.evidence.data)
        )
        return ListingChange(
            asset=AssetChange(
                trl=trl,
                stage=self.stage.data or "",
                origin=self.origin.data or "",
                secrecy=self.secrecy.data,
                evidence=pieces,
                patents=tuple(read_patents(page, lines(self.patents.data))),
                funding=tuple(read_funding(line) for line in lines(self.funding.data)),
            )
        )


class PeopleForm(MarketForm):
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

    def show(self, page: ListingPage) -> None:
        people = [
            " | ".join(
                [
                    person.name,
                    f"{person.share_bp / 100:g}" if person.share_bp is not None else "",
                    person.role or "",
                    person.latin_name or "",
                ]
            ).rstrip(" |")
            for person in page.contributors
        ]
        self.process(
            data={
                "contributors": "\n".join(people),
                "contact_name": page.contact_name or "",
                "contact_phone": page.contact_phone or "",
                "contact_mail": page.contact_mail or "",
                "answer_days": page.answer_days,
                "file_level": "member",
            }
        )

    def change(self, page: ListingPage, accounts: dict[str, str]) -> ListingChange:
        """`accounts` maps a contributor's name to the account it had before."""
        affiliations = {person.name: person.affiliation for person in page.contributors}
        people = []
        for line in lines(self.contributors.data):
            name, share, role, latin = (*(part.strip() for part in line.split("|")), "", "", "")[:4]
            people.append(
                ContributorInput(
                    name,
                    latin_name=latin or None,
                    affiliation=affiliations.get(name),
                    role=role or None,
                    person=accounts.get(name),
                    share_bp=percent(share) if share else None,
                )
            )
        same = self.contact_name.data == page.contact_name
        return ListingChange(
            contact=ContactInput(
                person=page.contact_person if same else None,
                name=self.contact_name.data or None,
                phone=self.contact_phone.data or None,
                mail=self.contact_mail.data or None,
                answer_days=self.answer_days.data or 3,
            ),
            asset=AssetChange(contributors=tuple(people)),
        )


class ReasonForm(MarketForm):
    """A reason from a list, and a note."""

    reason = SelectField(N_("Reason"))
    note = TextAreaField(N_("Note"), [AtMost(1000)])
