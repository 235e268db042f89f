"""Why a listing goes back, comes off or is taken down: codes with their sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.i18n import N_

RETURN_REASONS: Final[Mapping[str, str]] = {
    "title_open": N_("Proof of title is missing or unclear"),
    "co_owner_consent": N_("A co-owner has not agreed"),
    "pledge": N_("The pledgee's consent is missing"),
    "unclear_value": N_("The value line does not say what is better than today"),
    "too_much_disclosed": N_("The text discloses what should stay confidential"),
    "price": N_("Ways or prices need to be settled first"),
    "contributors": N_("Contributors or their shares are not agreed"),
    "duplicate": N_("It is listed already"),
    "other": N_("Another reason, given in the note"),
}

WITHDRAW_REASONS: Final[Mapping[str, str]] = {
    "sold": N_("It was transferred or exclusively licensed"),
    "not_now": N_("The owner does not want to offer it now"),
    "right_ended": N_("The right has ended"),
    "wrong": N_("The listing contains a mistake"),
    "other": N_("Another reason, given in the note"),
}

MODERATION_REASONS: Final[Mapping[str, str]] = {
    "ip_notice": N_("A notice of infringement was received"),
    "misleading": N_("The description is misleading"),
    "unlawful": N_("The content is not lawful"),
    "spam": N_("It is not an offer of technology"),
    "other": N_("Another reason, given in the note"),
}
