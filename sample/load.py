"""Fills an empty market with the sample, through the use cases and on a clock of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from accounts.models import Organisation, Person
from bootstrap import Runtime
from core.models import Base, Idempotency, Stream
from deals.models import Deal, Inquiry
from listings.models import Listing, Need
from sample import content
from sample.cast import PASSWORD, Cast
from sample.offers import Offers
from sample.shelf import Shelf
from sample.story import begin
from sample.talks import Talks
from sample.upkeep import Upkeep

Say = Callable[[str], None]
ROLES: Final = (
    "researcher",
    "tto_officer",
    "firm_member",
    "firm_admin",
    "broker",
    "provider_admin",
    "expert",
    "operator",
    "auditor",
)
"""In the order in which their sign-ins are printed."""
_FOUNDED: Final = 520
"""Days before loading on which everybody signed up: before the oldest listing."""
_LAST: Final = "fall-radar-nursing:send"
"""The last step of the story; where it was taken, all were."""


class NotHere(Exception):  # noqa: N818  it is shown as it stands
    """The sample's passwords are public: it is loaded on loopback, outside production, only."""


@dataclass(frozen=True)
class Summary:
    """What the market holds after loading."""

    organisations: int
    people: int
    listings: dict[str, int]
    """By state."""
    needs: int
    inquiries: int
    deals: int


def load(runtime: Runtime, progress: Say = lambda _line: None) -> Summary:
    """Loads what is missing and answers what there is; a second call changes nothing.

    Raises NotHere where demo accounts may not exist.
    """
    if not runtime.settings.demo:
        raise NotHere
    if not _told(runtime):
        _tell(runtime, progress)
    return _summary(runtime)


def unfinished(runtime: Runtime) -> bool:
    """Whether the market is empty, or a load of the sample was cut off."""
    with runtime.database.read() as session:
        if not session.scalar(select(func.count()).select_from(Stream)):
            return True
        keys = select(Idempotency.key).where(Idempotency.key.startswith("sample:"))
        begun = session.scalar(keys.limit(1)) is not None
    return begun and not _told(runtime)


def sign_ins() -> list[str]:
    """One line per role: role, mail address, password."""
    demo = sorted(content.read().demo(), key=lambda one: ROLES.index(one["demo"]))
    widths = [max(len(one[name]) for one in demo) for name in ("demo", "mail")]
    return [f"{one['demo']:<{widths[0]}}  {one['mail']:<{widths[1]}}  {PASSWORD}" for one in demo]


def _tell(runtime: Runtime, progress: Say) -> None:
    story, now = begin(runtime)
    try:
        cast = Cast(content.read(), story)
        shelf = Shelf(cast, story, runtime.files)
        progress("People and organisations sign up and are vetted.")
        story.plan(_FOUNDED, cast.assemble)
        shelf.plan()
        Talks(cast, story, shelf).plan()
        Offers(cast, story, shelf).plan()
        Upkeep(cast, story).plan()
        story.plan(_FOUNDED - 1, lambda: progress("Results come to market; talks begin."))
        story.tell(now)
    finally:
        story.executor.database.dispose()


def _told(runtime: Runtime) -> bool:
    with runtime.database.read() as session:
        last = select(Idempotency.key).where(Idempotency.key == f"sample:{_LAST}")
        return session.scalar(last.limit(1)) is not None


def _summary(runtime: Runtime) -> Summary:
    with runtime.database.read() as session:

        def count(model: type[Base]) -> int:
            return session.scalar(select(func.count()).select_from(model)) or 0

        return Summary(
            organisations=count(Organisation),
            people=count(Person),
            listings=dict(Counter(session.scalars(select(Listing.state)))),
            needs=count(Need),
            inquiries=count(Inquiry),
            deals=count(Deal),
        )
