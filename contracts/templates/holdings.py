"""What templates hold of people and organisations."""

from __future__ import annotations

from typing import Final

from contracts.templates.models import ContractTemplate
from core.holdings import Holding, Keeps

HOLDINGS: Final = (
    Holding(ContractTemplate.owner_org, Keeps.TENANT, ContractTemplate, ContractTemplate.id),
    Holding(ContractTemplate.added_by, Keeps.ACT, ContractTemplate, ContractTemplate.id),
    Holding(ContractTemplate.retired_by, Keeps.ACT, ContractTemplate, ContractTemplate.id),
)
