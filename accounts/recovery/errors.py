"""Refusals of recovery."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class RecoveryAsked(Refused):
    code = "recovery_asked"
    text = N_("A recovery of this account is under way already.")


class RecoveryMovedOn(Refused):
    code = "recovery_moved_on"
    text = N_("This recovery has moved on meanwhile. Load the page to see its state.")


class OtherOperator(Refused):
    code = "recovery_other_operator"
    text = N_("It is about you, or you have vouched for it: another operator does this.")
    status = 403


class NothingLost(Refused):
    code = "recovery_nothing_lost"
    text = N_("No second factor is set up, so there is none to take away.")
