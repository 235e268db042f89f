"""What accounts keep for a time only."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, or_

from accounts.factors.models import PasskeyChallenge, SignInStep
from accounts.models import (
    Attempt,
    Challenge,
    Invitation,
    KeptForm,
    LoginSession,
    Organisation,
    Person,
    PersonExport,
    RequestCount,
)
from accounts.sign_on.models import SignOn
from core.i18n import N_
from core.retention import Retained

SIGN_IN: Final = "privacy.keep.sign_in_days"


def _sessions(before: datetime) -> ColumnElement[bool]:
    return or_(LoginSession.expires_at < before, LoginSession.revoked_at < before)


RETAINED: Final = (
    Retained(
        "request_counts", N_("Counts of requests by token or connection"),
        "privacy.keep.counters_days", RequestCount, lambda before: RequestCount.minute < before,
    ),
    Retained(
        "attempts", N_("Attempts to sign in or to have a code sent"),
        SIGN_IN, Attempt, lambda before: Attempt.at < before,
    ),
    Retained(
        "challenges", N_("Codes and links that were asked for"),
        SIGN_IN, Challenge, lambda before: Challenge.expires_at < before,
        Person, Challenge.person,
    ),
    Retained(
        "sign_in_steps", N_("Steps between password and second factor"),
        SIGN_IN, SignInStep, lambda before: SignInStep.expires_at < before,
        Person, SignInStep.person,
    ),
    Retained(
        "passkey_challenges", N_("Challenges that passkeys were asked to sign"),
        SIGN_IN, PasskeyChallenge, lambda before: PasskeyChallenge.expires_at < before,
    ),
    Retained(
        "sign_ons", N_("Journeys to an institution's sign-on and back"),
        SIGN_IN, SignOn, lambda before: SignOn.expires_at < before,
    ),
    Retained(
        "kept_forms", N_("Forms that wait while their sender shows who they are"),
        SIGN_IN, KeptForm, lambda before: KeptForm.expires_at < before,
    ),
    Retained(
        "sessions", N_("Sessions that are over"),
        "privacy.keep.sessions_days", LoginSession, _sessions,
    ),
    Retained(
        "exports", N_("Notes of copies of personal data whose files are gone"),
        "privacy.keep.exports_days", PersonExport,
        lambda before: PersonExport.sha256.is_(None) & (PersonExport.expires_at < before),
        Person, PersonExport.person,
    ),
    Retained(
        "invitations", N_("Invitations that were used or lapsed, with their addresses"),
        "privacy.keep.invitations_days", Invitation, lambda before: Invitation.expires_at < before,
        Organisation, Invitation.organisation,
    ),
)  # fmt: skip
