"""What complaints and appeals hold of people and organisations."""

from __future__ import annotations

from typing import Final

from core.holdings import Holding, Keeps
from governance.models import (
    Announcement,
    Appeal,
    Complaint,
    ComplaintStep,
    DutyOwner,
    Filing,
    OrganisationMerge,
)

HOLDINGS: Final = (
    Holding(Complaint.owner_org, Keeps.TENANT, Complaint, Complaint.id),
    Holding(
        Complaint.sender_person, Keeps.SAID, Complaint, Complaint.id,
        clears=(
            Complaint.sender_name, Complaint.sender_mail, Complaint.claim, Complaint.text,
            Complaint.suit,
        ),
    ),
    Holding(ComplaintStep.by, Keeps.ACT, Complaint, ComplaintStep.complaint),
    Holding(
        Appeal.sender_person, Keeps.SAID, Appeal, Appeal.id, clears=(Appeal.text,),
        secret=(Appeal.decided_by, Appeal.answered_by),
    ),
    Holding(Appeal.owner_org, Keeps.TENANT, Appeal, Appeal.id),
    Holding(Appeal.decided_by, Keeps.ACT, Appeal, Appeal.id),
    Holding(Announcement.made_by, Keeps.ACT, Announcement, Announcement.id),
    Holding(Announcement.withdrawn_by, Keeps.ACT, Announcement, Announcement.id),
    Holding(Appeal.answered_by, Keeps.ACT, Appeal, Appeal.id),
    Holding(DutyOwner.owner, Keeps.ACT, DutyOwner, DutyOwner.id),
    Holding(DutyOwner.assigned_by, Keeps.ACT, DutyOwner, DutyOwner.id),
    Holding(OrganisationMerge.absorbed, Keeps.TENANT, OrganisationMerge, OrganisationMerge.id),
    Holding(OrganisationMerge.survivor, Keeps.TENANT, OrganisationMerge, OrganisationMerge.id),
    Holding(OrganisationMerge.proposed_by, Keeps.ACT, OrganisationMerge, OrganisationMerge.id),
    Holding(OrganisationMerge.decided_by, Keeps.ACT, OrganisationMerge, OrganisationMerge.id),
    Holding(Filing.made_by, Keeps.ACT, Filing, Filing.id),
    Holding(Filing.handed_by, Keeps.ACT, Filing, Filing.id),
)  # fmt: skip
