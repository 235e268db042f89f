"""What a webhook can be called about: public changes, and what concerns one's own organisation.

A call carries the topic and an identifier. Whoever wants more asks for it with rights of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.i18n import N_

PING: Final = "webhook.ping"

PUBLIC: Final[Mapping[str, str]] = {
    "listing.published": N_("A result was published"),
    "listing.changed": N_("A published result was edited"),
    "listing.withdrawn": N_("A result was withdrawn"),
    "listing.expired": N_("A result expired"),
    "need.published": N_("A need was published or edited"),
    "need.withdrawn": N_("A need was withdrawn"),
    "need.expired": N_("A need expired"),
}
"""Everybody may follow these."""

OWN: Final[Mapping[str, str]] = {
    "inquiry.sent": N_("An inquiry to us arrived"),
    "inquiry.escalated": N_("An inquiry to us is overdue"),
    "inquiry.answered": N_("Our inquiry was answered"),
    "inquiry.refused": N_("Our inquiry was declined"),
    "deal.opened": N_("A deal of ours was opened"),
    "deal.offered": N_("An offer was made in a deal of ours"),
    "deal.accepted": N_("An offer was accepted in a deal of ours"),
    "deal.noticed": N_("The public notice of a deal of ours is published"),
    "deal.first_day_shown": N_("The notice of a deal of ours was shown in the owner's unit"),
    "deal.last_day_shown": N_("The last day of the notice of a deal of ours was shown"),
    "deal.confirmed": N_("A deal of ours was confirmed"),
    "deal.lapsed": N_("A deal of ours has lapsed"),
    "deal.walked_away": N_("The talks of a deal of ours have ended"),
}
"""Only the organisation that they concern may follow these."""

SENDERS: Final = frozenset({"inquiry.answered", "inquiry.refused"})
"""Of these the organisation that asked is told, of the other inquiries the one that is asked."""

NAMES: Final[Mapping[str, str]] = {**PUBLIC, **OWN, PING: N_("A test call")}
WATCHED: Final = frozenset({*PUBLIC, *OWN})
