"""What the owner says of one patent or application, before it is kept. Pure."""

from __future__ import annotations

from datetime import date

from core.errors import Problem
from core.i18n import N_
from listings.inputs import PatentInput
from listings.kinds import LegalStatus


def patent_problems(patent: PatentInput, today: date) -> dict[str, list[Problem]]:
    """By field. `today` is the market's legal date."""
    found: dict[str, list[Problem]] = {}
    if not (patent.application_number or patent.publication_number or patent.grant_number):
        words = N_("Give at least one number of the patent.")
        found["application_number"] = [Problem("missing", words)]
    checked = patent.status_checked_on
    if patent.legal_status != LegalStatus.UNKNOWN and checked is None:
        words = N_("Say on which day the legal status was looked up.")
        found["status_checked_on"] = [Problem("missing", words)]
    if checked is not None and checked > today:
        words = N_("The day of the look-up cannot lie ahead.")
        found["status_checked_on"] = [Problem("future", words)]
    filed = patent.filed_on
    for name in ("published_on", "granted_on", "expires_on"):
        day = getattr(patent, name)
        if filed is not None and day is not None and day < filed:
            words = N_("This day cannot lie before the filing.")
            found[name] = [Problem("order", words)]
    return found
