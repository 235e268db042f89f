"""What matching holds of people."""

from __future__ import annotations

from typing import Final

from core.holdings import Holding, Keeps
from core.i18n import N_
from matching.models import SavedSearch
from matching.proposals.models import Proposal

HOLDINGS: Final = (
    Holding(SavedSearch.person, Keeps.OWN, SavedSearch, SavedSearch.id),
    Holding(Proposal.owner_org, Keeps.TENANT, Proposal, Proposal.id),
    Holding(Proposal.proposer_org, Keeps.TENANT, Proposal, Proposal.id),
    Holding(
        Proposal.person, Keeps.DUTY, Proposal, Proposal.id, Proposal.proposer_org,
        title=N_("Proposed a result for a need"),
        clears=(Proposal.text, Proposal.contact_name, Proposal.contact),
    ),
    Holding(Proposal.ended_by, Keeps.ACT, Proposal, Proposal.id, clears=(Proposal.reply,)),
)  # fmt: skip
