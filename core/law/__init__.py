"""Law as data: dated, cited profiles by jurisdiction, and the counting of days."""

from core.law.book import LawBook, UnknownJurisdiction
from core.law.days import Calendar, LegalDate
from core.law.profile import Profile
from core.law.reading import LawError
from core.law.values import LawValue, UnknownRule

__all__ = [
    "Calendar",
    "LawBook",
    "LawError",
    "LawValue",
    "LegalDate",
    "Profile",
    "UnknownJurisdiction",
    "UnknownRule",
]
