"""What stands above every page: stops that hold and announcements whose time it is.

Read anew at most every two seconds by each process, so that every process shows a change within
five. When the database does not answer, the last answer stands: a banner is no reason for a fault.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from flask import Flask, current_app
from sqlalchemy import select

from accounts.consents.queries import in_force
from accounts.support.models import SupportGrant
from accounts.support.queries import open_views
from core.actor import Actor
from core.features import FeatureChoice, choices
from core.i18n import N_
from core.ids import show
from core.stops import Stop, What
from core.times import legal_date
from governance.announcements import may_read, standing
from governance.models import Announcement
from webapp.presenters.showing import local_url
from webapp.runtime import the_market

EVERY: Final = 2.0
"""Seconds."""
_KEY: Final = "qiaoyi.standing"
_BANNERS: Final = 2
log = structlog.get_logger()

STOPPED: Final = {
    What.DEALS: N_("New deals and acceptances are stopped for now."),
    What.LISTINGS: N_("Publication of results and needs is stopped for now."),
    What.OUTGOING: N_("Mail, text messages and webhooks are held back for now; they follow later."),
    What.PAYOUTS: N_("Payouts of money are stopped for now."),
}
"""Of every stop that holds."""


@dataclass(frozen=True)
class Standing:
    """What one process knows, and when it looked (on its own clock that never goes back)."""

    looked: float
    now: datetime | None = None
    stops: tuple[Stop, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    features: dict[str, FeatureChoice] | None = None
    views: tuple[SupportGrant, ...] = ()
    """Support views that are open."""
    texts: dict[str, str] | None = None
    """Kind -> id of the versions that hold; none where the market's first texts do."""


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        stops_now=stops_now,
        announced_now=announced_now,
        announcement_url=announcement_url,
        looked_at=looked_at,
    )


def now_standing() -> Standing:
    """At most two seconds old. Six queries, the day's among them, when it is read anew."""
    known = current_app.extensions.get(_KEY)
    if isinstance(known, Standing) and time.monotonic() - known.looked < EVERY:
        return known
    try:
        found = _read()
    except Exception:
        log.exception("standing not read")
        return known if isinstance(known, Standing) else Standing(time.monotonic())
    current_app.extensions[_KEY] = found
    return found


def forget() -> None:
    """This process has changed something: look again."""
    current_app.extensions.pop(_KEY, None)


def stops_now() -> list[tuple[str, Stop]]:
    """Stops that hold, each with its sentence (an English msgid)."""
    return [(STOPPED[What(stop.what)], stop) for stop in now_standing().stops]


def announced_now(actor: Actor) -> list[Announcement]:
    """At most two for this reader, the newest first."""
    rows = [row for row in now_standing().announcements if may_read(actor, row)]
    return rows[:_BANNERS]


def announcement_url(row: Announcement) -> str:
    """Its page, in the reader's language."""
    return local_url(f"/announcements/{show('announcement', row.id)}")


def feature_choice(feature: str) -> FeatureChoice | None:
    """What holds for a feature."""
    return (now_standing().features or {}).get(feature)


def looked_at(actor: Actor) -> list[SupportGrant]:
    """Support views of the reader's own pages that are open."""
    known = now_standing()
    mine = [one for one in known.views if actor.person and one.person == actor.person]
    return [one for one in mine if one.until is not None and not actor.looking]


def texts_in_force() -> dict[str, str]:
    """The operator's own versions of terms and privacy text that hold now: kind -> id."""
    return now_standing().texts or {}


def _read() -> Standing:
    database, looked = the_market().database, time.monotonic()
    with database.read() as session:
        now = database.now(session)
        holding = select(Stop).where(Stop.released_at.is_(None)).order_by(Stop.pulled_at)
        stops = tuple(session.scalars(holding))
        said = tuple(standing(session, now))
        chosen = choices(session)
        today = legal_date(now, the_market().settings.zone)
        texts = {kind: row.id for kind, row in in_force(session, today).items()}
        views = tuple(open_views(session, now))
        session.expunge_all()
    return Standing(looked, now, stops, said, chosen, views, texts)
