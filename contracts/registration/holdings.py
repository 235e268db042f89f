"""What registrations hold of people."""

from __future__ import annotations

from typing import Final

from contracts.registration.models import (
    ContractRegistration,
    RegistrationStep,
    RegistrationVersion,
)
from core.holdings import Holding, Keeps

HOLDINGS: Final = (
    Holding(
        RegistrationVersion.by, Keeps.ACT, ContractRegistration, RegistrationVersion.registration
    ),
    Holding(RegistrationStep.by, Keeps.ACT, ContractRegistration, RegistrationStep.registration),
)
