"""Technology that leaves the country with a deal: what must be stated and issued, and when.

技术进出口管理条例 (2020): prohibited technology is not exported (arts. 30, 31); for restricted
technology the letter of intent comes before real negotiation and the licence before the contract
(arts. 32 to 36); free technology is registered once the contract is signed (arts. 37 to 39). That
the class is stated before talks begin is the market's own rule (`export.foreign_buyer_check`).
"""

from __future__ import annotations

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


class Paper(StrEnum):
    INTENT = "intent"
    """The letter of intent for export (art. 33)."""
    LICENCE = "licence"
    """The export licence (art. 36)."""


PAPER_NAMES: Final = {
    "intent": N_("Letter of intent for export"),
    "licence": N_("Export licence"),
}


@dataclass(frozen=True)
class Border:
    """What is known of a deal whose buyer is abroad. `stated`: the strictest class of what
    passes, None while a part of it is unstated."""

    stated: ExportClass | None = None
    papers: frozenset[str] = frozenset()
    asked: bool = True
    """The profile wants the class stated before talks begin."""

    @property
    def against_talks(self) -> str:
        """The code of the refusal of an offer or acceptance, or ""."""
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
        missing = self.stated is ExportClass.RESTRICTED and Paper.LICENCE not in self.papers
        return "export_licence_missing" if missing else ""

    @property
    def against_opening(self) -> str:
        """As talks, but restricted technology can be talked about once its letter is there."""
        return "" if self.stated is ExportClass.RESTRICTED else self.against_talks

    @property
    def against_taking(self) -> str:
        """Terms that are taken at once leave no time for a letter of intent."""
        return "export_restricted" if self.stated is ExportClass.RESTRICTED else self.against_talks


def border_of(session: Session, profile: Profile | None, row: Deal) -> Border | None:
    """None where nothing crosses the border, or the buyer is nobody's organisation yet. Without a
    profile, as a page reads it, an unstated class is taken to be asked for."""
    if not _leaves(session, row.seller_org, row.buyer_org):
        return None
    assets = session.scalars(select(DealAsset.asset).where(DealAsset.deal == row.id)).all()
    papers = session.scalars(select(ExportPaper.kind).where(ExportPaper.deal == row.id))
    return Border(
        stated_for(session, assets), frozenset(papers), profile is None or is_asked(profile)
    )


def border_before(
    session: Session, seller: str, buyer: str | None, assets: list[str], *, asked: bool = True
) -> Border | None:
    """As `border_of`, before there is a deal."""
    if not _leaves(session, seller, buyer):
        return None
    return Border(stated_for(session, assets), asked=asked)


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


def _leaves(session: Session, seller: str, buyer: str | None) -> bool:
    if buyer is None:
        return False
    sells = session.get_one(Organisation, seller).country
    return sells == HOME and session.get_one(Organisation, buyer).country != HOME
