"""Starts and stops the heartbeat of a locked listing."""

from __future__ import annotations

from core.law import Profile
from core.unit_of_work import At
from listings.heartbeat import Beat, next_beat
from listings.models import Listing

FADE, EXPIRE = "fade", "expire"


def start_beat(at: At[Listing], profile: Profile) -> Beat:
    """As if confirmed now: the mark goes, and both timers are set anew."""
    beat = next_beat(profile, at.now, at.uow.ports.zone)
    at.row.confirmed_at, at.row.faded_at = at.now, None
    at.row.fades_at, at.row.expires_at = beat.fades_at, beat.expires_at
    at.timer(FADE, beat.fades_at)
    at.timer(EXPIRE, beat.expires_at)
    return beat


def stop_beat(at: At[Listing]) -> None:
    """For a listing that is no longer offered."""
    if at.row.fades_at is not None or at.row.expires_at is not None:
        at.row.fades_at = at.row.expires_at = None
    at.timer(FADE, None)
    at.timer(EXPIRE, None)
