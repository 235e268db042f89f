"""The heartbeat: an owner who does not confirm sees the listing fade, and then go (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.law import Profile
from core.law.values import LawValue
from core.times import end_of_day, legal_date

CONFIRM = "listing.heartbeat.days"
EXPIRE = "listing.heartbeat.fade_days"


@dataclass(frozen=True)
class Beat:
    """When a listing confirmed now fades, when it goes, and the rules that say so."""

    fades_at: datetime
    expires_at: datetime
    rules: tuple[LawValue, ...]


def next_beat(profile: Profile, now: datetime, zone: ZoneInfo) -> Beat:
    """Counted in whole days of the market's calendar; each ends at the end of its last day."""
    today = legal_date(now, zone)
    fades = profile.deadline(CONFIRM, today).day
    expires = profile.deadline(EXPIRE, fades).day
    rules = (profile.value(CONFIRM), profile.value(EXPIRE))
    return Beat(end_of_day(fades, zone), end_of_day(expires, zone), rules)
