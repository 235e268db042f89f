"""The wording of one letter in both languages; becomes the TOML of an amendment."""

from __future__ import annotations

from typing import Final

from wtforms import BooleanField, DateField, FileField, StringField, TextAreaField
from wtforms.validators import Optional

from core.i18n import N_
from core.law.wordings import LANGUAGES, LONGEST, PARTS
from governance.amending import Proposed
from webapp.forms.amendments import literal, uploaded
from webapp.forms.base import AtMost, MarketForm

_SUBJECT: Final = LONGEST["subject"]
_BODY: Final = LONGEST["body"]


class WordingForm(MarketForm):
    zh_subject = StringField(N_("Subject in Chinese"), [AtMost(_SUBJECT)])
    zh_body = TextAreaField(N_("Text in Chinese"), [AtMost(_BODY)])
    en_subject = StringField(N_("Subject in English"), [AtMost(_SUBJECT)])
    en_body = TextAreaField(N_("Text in English"), [AtMost(_BODY)])
    file = FileField(
        N_("Or a TOML file with both languages"),
        description=N_("Takes the place of the fields above."),
    )
    shipped = BooleanField(N_("Go back to the wording that the market ships"))
    takes_effect = DateField(N_("Takes effect on"), [Optional()])
    reason = TextAreaField(
        N_("Reason"), [AtMost(2000)], description=N_("Everybody reads it beside the change.")
    )
    reason_en = TextAreaField(N_("Reason in English"), [AtMost(2000)])

    def fill(self, said: dict[str, tuple[str, str]]) -> WordingForm:
        """Shows what holds, by language."""
        for language in LANGUAGES:
            for part, text in zip(PARTS, said[language], strict=True):
                self[f"{language}_{part}"].data = text
        return self

    def proposed(self, name: str) -> Proposed:
        """What was written or uploaded, for the use case to judge."""
        text = uploaded(self.file) or self._toml(name)
        typed = self.takes_effect.data, self.reason.data or "", self.reason_en.data or ""
        return Proposed("wording", name, text, *typed)

    def _toml(self, name: str) -> str:
        lines = [f"name = {literal(name)}"]
        if self.shipped.data:
            return "\n".join([*lines, "shipped = true"]) + "\n"
        for language in LANGUAGES:
            lines += ["", f"[{language}]"]
            for part in PARTS:
                said = (self[f"{language}_{part}"].data or "").replace("\r\n", "\n")
                lines.append(f"{part} = {literal(said)}")
        return "\n".join(lines) + "\n"
