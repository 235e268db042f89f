"""What saving a search refuses."""

from __future__ import annotations

from typing import ClassVar

from core.errors import Refused
from core.i18n import N_


class NothingAsked(Refused):
    code: ClassVar[str] = "search_asks_nothing"
    text: ClassVar[str] = N_(
        "Type some words or choose a filter first: a search for everything is not saved."
    )


class TooManySearches(Refused):
    """Parameters: most."""

    code: ClassVar[str] = "too_many_searches"
    text: ClassVar[str] = N_(
        "You have %(most)s saved searches, which is the most. Remove one, then save this."
    )
