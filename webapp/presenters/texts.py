"""Words for the market's own texts."""

from __future__ import annotations

from typing import Final

from accounts.consents.rules import TextKind
from core.i18n import N_

KINDS: Final[dict[str, str]] = {
    TextKind.TERMS: N_("Terms of use"),
    TextKind.PRIVACY: N_("Privacy"),
}
