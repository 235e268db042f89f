"""What data rooms keep for a time only."""

from __future__ import annotations

from typing import Final

from core.i18n import N_
from core.retention import Retained
from datarooms.models import Room, RoomView

RETAINED: Final = (
    Retained(
        "room_views", N_("Who was given which file of a data room"),
        "privacy.keep.views_days", RoomView, lambda before: RoomView.at < before,
        Room, RoomView.room,
    ),
)  # fmt: skip
