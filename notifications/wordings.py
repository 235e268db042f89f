"""What letters and messages say: the market's own wording on its day, else what is shipped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from core.i18n import translator
from core.law import LawBook
from notifications.topics import CODE, EVERYWHERE, INVITATION, TOPICS, Topic

INVITED: Final = "organisation.invited"
LETTERS: Final[Mapping[str, Topic]] = {
    **{f"code.{purpose}": topic for purpose, topic in CODE.items()},
    INVITED: INVITATION,
    **EVERYWHERE,
    **TOPICS,
}
"""Everything that can be worded anew, by name."""


def shipped() -> dict[str, tuple[str, str]]:
    """By name: subject and body, as English msgids."""
    return {name: (topic.subject, topic.body) for name, topic in LETTERS.items()}


@dataclass(frozen=True)
class Wordings:
    """The words of one day."""

    book: LawBook | None = None
    on: date = date.min

    def say(self, name: str, language: str, params: Mapping[str, Any]) -> tuple[str, str] | None:
        """(subject, body), filled; None for a letter that nobody knows any more."""
        topic = LETTERS.get(name)
        if topic is None:
            return None
        own = self.book.wording(name, self.on) if self.book is not None else None
        said = own.said(language) if own is not None else None
        if said is None:
            say = translator(language).gettext
            return say(topic.subject, **params), say(topic.body, **params)
        filled = defaultdict(str, params)
        return said[0] % filled, said[1] % filled


SHIPPED: Final = Wordings()
