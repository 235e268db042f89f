"""Technology that leaves the country with a deal: what must be stated and issued, and when.

技术进出口管理条例 (2020): prohibited technology is not exported (arts. 30, 31); for restricted
technology the letter of intent comes before real negotiation and the licence before the contract
(arts. 32 to 36); free technology is registered once the contract is signed (arts. 37 to 39). That
the class is stated before talks begin is the market's own rule (`export.foreign_buyer_check`).
A buyer without an organisation may sit anywhere: until a side states the country, nothing is agreed
about technology that is not free, and nothing signed about what nobody has called free.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from core.errors import Problem
from core.i18n import N_
from core.law import Profile
from deals.models import Deal, DealAsset, ExportPaper
from listings.exporting import stated_for
from listings.kinds import ExportClass

HOME: Final = "CN"
"""The country whose law on exports the profiles state."""
CHECK: Final = "export.foreign_buyer_check"
PROHIBITED: Final = "export.prohibited_blocked"
RESTRICTED: Final = "export.restricted_needs_licence"
FREE: Final = "export.free_needs_registration"
RULES: Final = {
    None: CHECK,
    ExportClass.PROHIBITED: PROHIBITED,
    ExportClass.RESTRICTED: RESTRICTED,
    ExportClass.FREE: FREE,
}
"""The rule that governs a class; None for one that nobody has stated."""
GUARDS: Final = frozenset({"export_allows_talks", "export_allows_signing", "buyer_is_eligible"})
"""The guards of the declared modes that look at the border."""
LONGEST_NUMBER: Final = 60
_COUNTRY: Final = re.compile("[A-Z]{2}")


class Paper(StrEnum):
    INTENT = "intent"
    """The letter of intent for export (art. 33)."""
    LICENCE = "licence"
    """The export licence (art. 36)."""
    REGISTRATION = "registration"
    """The certificate of registration of the export contract (art. 39)."""


PAPER_NAMES: Final = {
    "intent": N_("Letter of intent for export"),
    "licence": N_("Export licence"),
    "registration": N_("Certificate of registration of the export contract"),
}
ANSWERS: Final = {
    Paper.INTENT: "export.intent_decision_days",
    Paper.LICENCE: "export.licence_decision_days",
}
"""The rule that says within how many days of an application the authority decides."""


@dataclass(frozen=True)
class Border:
    """What is known of a deal whose buyer is abroad, or may be. `stated`: the strictest class of
    what passes, None while a part of it is unstated."""

    stated: ExportClass | None = None
    papers: frozenset[str] = frozenset()
    asked: bool = True
    """The profile wants the class stated before talks begin."""
    known: bool = True
    """The buyer is abroad; otherwise nobody has stated where they sit."""

    @property
    def against_talks(self) -> str:
        """The code of the refusal of an offer or acceptance, or ""."""
        if not self.known:
            return "export_country_unstated" if self.stated in _CONTROLLED else ""
        if self.stated is None:
            return "export_unstated" if self.asked else ""
        if self.stated is ExportClass.PROHIBITED:
            return "export_prohibited"
        missing = self.stated is ExportClass.RESTRICTED and Paper.INTENT not in self.papers
        return "export_intent_missing" if missing else ""

    @property
    def against_signing(self) -> str:
        """The code of the refusal of a contract, or ""."""
        if self.against_talks:
            return self.against_talks
        if not self.known:
            return "export_country_unstated" if self.stated is None and self.asked else ""
        missing = self.stated is ExportClass.RESTRICTED and Paper.LICENCE not in self.papers
        return "export_licence_missing" if missing else ""

    @property
    def against_opening(self) -> str:
        """As talks, but restricted technology can be talked about once its letter is there, and
        an unknown buyer is asked in the room."""
        free = self.stated is ExportClass.RESTRICTED or not self.known
        return "" if free else self.against_talks

    @property
    def against_taking(self) -> str:
        """Terms that are taken at once leave no time for a letter of intent."""
        return "export_restricted" if self.stated is ExportClass.RESTRICTED else self.against_talks

    @property
    def rule(self) -> str:
        """The rule that a step passed; "" where nothing is known that it could have asked."""
        return RULES[self.stated] if self.known or self.stated is ExportClass.FREE else ""

    def recordable(self, *, ended: bool, signed: bool) -> tuple[Paper, ...]:
        """The papers that the owner's side may put on record as the deal stands."""
        if self.known and self.stated is ExportClass.RESTRICTED and not ended:
            return Paper.INTENT, Paper.LICENCE
        if self.known and self.stated is ExportClass.FREE and signed:
            return (Paper.REGISTRATION,)
        return ()


_CONTROLLED: Final = frozenset({ExportClass.RESTRICTED, ExportClass.PROHIBITED})


def border_of(session: Session, profile: Profile | None, row: Deal) -> Border | None:
    """None where nothing crosses the border. Without a profile, as a page reads it, an unstated
    class is taken to be asked for."""
    leaves = _leaves(session, row.seller_org, row.buyer_org, row.buyer_country)
    if leaves is False:
        return None
    assets = session.scalars(select(DealAsset.asset).where(DealAsset.deal == row.id)).all()
    papers = session.scalars(select(ExportPaper.kind).where(ExportPaper.deal == row.id))
    asked = profile is None or is_asked(profile)
    return Border(stated_for(session, assets), frozenset(papers), asked, known=leaves is True)


def border_before(
    session: Session,
    seller: str,
    buyer: str | None,
    assets: list[str],
    *,
    asked: bool = True,
    stated: str | None = None,
) -> Border | None:
    """As `border_of`, before there is a deal; `stated`: the country that a buyer without an
    organisation gave with the inquiry."""
    leaves = _leaves(session, seller, buyer, stated)
    if leaves is False:
        return None
    return Border(stated_for(session, assets), asked=asked, known=leaves is True)


def is_asked(profile: Profile) -> bool:
    return CHECK in profile and profile.value(CHECK).value is True


def paper_problems(kind: str, number: str, issued_on: date | None, today: date
                   ) -> dict[str, list[Problem]]:  # fmt: skip
    """What must be corrected before a paper is kept, by field."""
    found: dict[str, list[Problem]] = {}
    if kind not in frozenset(Paper):
        found["kind"] = [Problem("paper_kind", N_("Choose which paper it is."))]
    if not number.strip():
        found["number"] = [Problem("empty", N_("Write the number that is printed on it."))]
    elif len(number) > LONGEST_NUMBER:
        limit = {"limit": LONGEST_NUMBER}
        found["number"] = [Problem("too_long", N_("Use at most %(limit)s characters."), limit)]
    if issued_on is None:
        found["issued_on"] = [Problem("empty", N_("Enter the day on which it was issued."))]
    elif issued_on > today:
        words = N_("That day lies in the future. Enter the day on the paper.")
        found["issued_on"] = [Problem("future", words)]
    return found


def country_problems(country: str) -> list[Problem]:
    """What is wrong with the country that a side states."""
    if _COUNTRY.fullmatch(country):
        return []
    return [Problem("country", N_("Choose a country."))]


def _leaves(
    session: Session, seller: str, buyer: str | None, stated: str | None = None
) -> bool | None:
    """`stated`: the country of a buyer who is no organisation's. None where it is not known."""
    if session.get_one(Organisation, seller).country != HOME:
        return False
    country = stated if buyer is None else session.get_one(Organisation, buyer).country
    return None if country is None else country != HOME
