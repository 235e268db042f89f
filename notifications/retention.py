"""What notifications keep for a time only."""

from __future__ import annotations

from typing import Final

from core.i18n import N_
from core.retention import Retained
from notifications.models import Dispatch, Message

ENDED: Final = ("sent", "failed", "gathered")

RETAINED: Final = (
    Retained(
        "letters", N_("Letters that were sent or failed, with their addresses"),
        "privacy.keep.letters_days", Dispatch,
        lambda before: Dispatch.state.in_(ENDED) & (Dispatch.made_at < before),
    ),
    Retained(
        "messages", N_("Messages in the market that were read"),
        "privacy.keep.messages_days", Message, lambda before: Message.read_at < before,
    ),
)  # fmt: skip
