"""What is refused about unused results, each with what the reader can do about it."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class NoUsePeriod(Refused):
    code = "no_use_period"
    text = N_(
        "The rules for this place set no period after which makers may act on an unused result. "
        "Ask your transfer office for an agreement."
    )


class UseDayUnknown(Refused):
    code = "use_day_unknown"
    text = N_(
        "The record holds no day of grant or registration, so no period can be counted. Ask your "
        "transfer office to complete it."
    )


class UsePeriodRuns(Refused):
    """Parameters: day, the last of the period."""

    code = "use_period_runs"
    text = N_("The unit still has until %(day)s to use the result. Nothing was declared.")


class UnitActs(Refused):
    code = "unit_acts"
    text = N_(
        "The unit acts already: talks run about the result, or a right in it was granted. Nothing "
        "was declared."
    )


class UseDeclared(Refused):
    code = "use_declared"
    text = N_("A maker of this result has declared that already, and it still stands.")


class UseMovedOn(Refused):
    code = "use_moved_on"
    text = N_("This was answered or has ended meanwhile. Load the page to see how it stands.")
