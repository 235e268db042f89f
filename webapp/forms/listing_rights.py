"""Step 3 of the full form: how ready it is, what shows it, its patents and who paid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import SelectField, TextAreaField
from wtforms.validators import Optional as Blank

from core import reference
from core.i18n import N_
from listings.inputs import AssetChange, EvidenceInput, FundingInput, ListingChange
from webapp.forms.listing_step import StepForm
from webapp.forms.listing_typed import (
    check_evidence,
    lines,
    number_of,
    options,
    read_evidence,
    read_funding,
    read_patents,
    show_evidence,
    trl_choices,
)
from webapp.language import page_language
from webapp.numbers import whole


class RightsForm(StepForm):
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
        description=N_(
            "Classified results are not accepted on this market, and only open ones are published."
        ),
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

    def shown(self) -> dict[str, Any]:
        asset = self.asset
        paid = asset.funding or ()
        return {
            "trl": str(asset.trl or ""),
            "evidence": "\n".join(_typed_piece(piece) for piece in self._pieces()),
            "stage": asset.stage or "",
            "origin": asset.origin or "",
            "secrecy": asset.secrecy,
            "patents": "\n".join(number_of(one) for one in asset.patents or ()),
            "funding": "\n".join(_typed_funding(one) for one in paid),
        }

    def _pieces(self) -> tuple[EvidenceInput, ...]:
        language = self.page.text.language
        return tuple(one for one in self.asset.evidence or () if one.language == language)

    def change(self) -> ListingChange:
        asset = self.asset
        patents, funding = asset.patents or (), asset.funding or ()
        return ListingChange(
            asset=AssetChange(
                trl=whole(self.trl.data),
                stage=self.stage.data or "",
                origin=self.origin.data or "",
                secrecy=self.secrecy.data,
                evidence=None if self.same("evidence") else self._evidence(),
                patents=self.kept("patents", patents, lambda s: read_patents(patents, lines(s))),
                funding=self.kept("funding", funding, lambda s: _funding(funding, lines(s))),
            )
        )

    def _evidence(self) -> tuple[EvidenceInput, ...]:
        """A piece shows the level that it showed before; a new one the level of today. As long as
        there are as many lines, one that was reworded is still the piece that stood there."""
        typed, before = lines(self.evidence.data), self._pieces()
        known = {_typed_piece(piece): piece for piece in before}
        stood = before if len(before) == len(typed) else (None,) * len(typed)
        pieces = []
        for line, there in zip(typed, stood, strict=True):
            level = there.trl if there else whole(self.trl.data) or 1
            new = read_evidence(self.page.text.language, level, line)
            pieces.append(known.get(line, new))
        return tuple(pieces)


def _typed_piece(piece: EvidenceInput) -> str:
    return show_evidence(piece.shown_on, piece.text, piece.level)


def _typed_funding(paid: FundingInput) -> str:
    return f"{paid.programme} | {paid.number}" if paid.number else paid.programme


def _funding(before: Iterable[FundingInput], typed: Iterable[str]) -> Iterable[FundingInput]:
    """Whether it is public money is not typed, so a line that stays keeps it."""
    known = {_typed_funding(paid): paid for paid in before}
    for line in typed:
        yield known.get(line) or read_funding(line)
