"""The words of claims to come first."""

from __future__ import annotations

from typing import Final

from core.i18n import N_
from deals.preemption.states import ClaimState, HolderKind

KIND_NAMES: Final = {
    HolderKind.CONTRIBUTOR: N_("Contributor"),
    HolderKind.CO_OWNER: N_("Co-owner"),
    HolderKind.COMMISSIONER: N_("Commissioned the development"),
}
STATE_NAMES: Final = {
    ClaimState.ASKED: N_("Not told yet"),
    ClaimState.SERVED: N_("Told, time runs"),
    ClaimState.EXERCISED: N_("Takes the terms"),
    ClaimState.WAIVED: N_("Waived"),
    ClaimState.LAPSED: N_("Let the time pass"),
}
