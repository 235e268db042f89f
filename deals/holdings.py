"""What inquiries, deals and notices hold of people and organisations."""

from __future__ import annotations

from typing import Final

from accounts.models import Organisation
from core.holdings import Holding, Keeps
from core.i18n import N_
from deals.deciding.models import DecisionRule, DecisionStep
from deals.deciding.states import StepKind, StepState
from deals.idle.models import IdleUse
from deals.models import (
    Deal,
    DealStep,
    ExportPaper,
    Inquiry,
    InquiryEvent,
    NoticePosting,
    Objection,
    Offer,
    Posting,
    PublicNotice,
)
from deals.preemption.models import Preemption
from deals.rounds.models import Quote, Registration, Round, RoundKey
from listings.models import Asset

HOLDINGS: Final = (
    Holding(Inquiry.owner_org, Keeps.TENANT, Inquiry, Inquiry.id),
    Holding(Inquiry.sender_org, Keeps.TENANT, Inquiry, Inquiry.id),
    Holding(
        Inquiry.contact_person, Keeps.DUTY, Inquiry, Inquiry.id, Inquiry.owner_org,
        title=N_("Answers an inquiry"),
    ),
    Holding(
        Inquiry.sender_person, Keeps.DUTY, Inquiry, Inquiry.id, Inquiry.sender_org,
        title=N_("Sent an inquiry"),
        clears=(
            Inquiry.sender_name, Inquiry.sender_phone, Inquiry.sender_mail, Inquiry.question,
            Inquiry.purpose,
        ),
    ),
    Holding(InquiryEvent.by, Keeps.ACT, Inquiry, InquiryEvent.inquiry),
    Holding(NoticePosting.by, Keeps.ACT, None, NoticePosting.about),
    Holding(Deal.seller_org, Keeps.TENANT, Deal, Deal.id),
    Holding(Deal.buyer_org, Keeps.TENANT, Deal, Deal.id),
    Holding(Deal.opened_by, Keeps.ACT, Deal, Deal.id),
    Holding(
        Deal.seller_person, Keeps.DUTY, Deal, Deal.id, Deal.seller_org,
        title=N_("Speaks for the seller in a deal"),
    ),
    Holding(
        Deal.buyer_person, Keeps.DUTY, Deal, Deal.id, Deal.buyer_org,
        title=N_("Speaks for the buyer in a deal"), clears=(Deal.buyer_name,),
    ),
    Holding(Posting.owner_org, Keeps.TENANT, Posting, Posting.id),
    Holding(Posting.posted_by, Keeps.ACT, Posting, Posting.id),
    Holding(Posting.ended_by, Keeps.ACT, Posting, Posting.id),
    Holding(Round.owner_org, Keeps.TENANT, Round, Round.id),
    Holding(Round.announced_by, Keeps.ACT, Round, Round.id),
    Holding(Registration.organisation, Keeps.TENANT, Round, Registration.round),
    Holding(
        Registration.person, Keeps.DUTY, Round, Registration.round, Registration.organisation,
        title=N_("Speaks for a party of an open listing"),
    ),
    Holding(Registration.decided_by, Keeps.ACT, Round, Registration.round),
    Holding(RoundKey.person, Keeps.ACT, Round, RoundKey.round),
    Holding(Quote.by, Keeps.ACT, Round, Quote.round, secret=(Quote.box,)),
    Holding(DecisionRule.organisation, Keeps.TENANT, Organisation, DecisionRule.organisation),
    Holding(
        DecisionRule.person, Keeps.DUTY, Organisation, DecisionRule.organisation,
        DecisionRule.organisation, title=N_("Decides a step of an institution's approval"),
        still=lambda: DecisionRule.ended_at.is_(None),
    ),
    Holding(DecisionRule.made_by, Keeps.ACT, Organisation, DecisionRule.organisation),
    Holding(DecisionRule.ended_by, Keeps.ACT, Organisation, DecisionRule.organisation),
    Holding(DecisionStep.organisation, Keeps.TENANT, Deal, DecisionStep.deal),
    Holding(
        DecisionStep.person, Keeps.DUTY, Deal, DecisionStep.deal, DecisionStep.organisation,
        title=N_("Decides about a deal for the institution"),
        still=lambda: (DecisionStep.kind == StepKind.PERSON)
        & (DecisionStep.state == StepState.WAITING),
    ),
    Holding(
        DecisionStep.party, Keeps.SAID, Deal, DecisionStep.deal, clears=(DecisionStep.name,)
    ),
    Holding(DecisionStep.decided_by, Keeps.ACT, Deal, DecisionStep.deal),
    Holding(Preemption.party, Keeps.SAID, Deal, Preemption.deal, clears=(Preemption.name,)),
    Holding(Preemption.organisation, Keeps.TENANT, Deal, Preemption.deal),
    Holding(Preemption.served_by, Keeps.ACT, Deal, Preemption.deal),
    Holding(Preemption.answered_by, Keeps.ACT, Deal, Preemption.deal),
    Holding(IdleUse.person, Keeps.SAID, Asset, IdleUse.asset),
    Holding(IdleUse.answered_by, Keeps.ACT, Asset, IdleUse.asset),
    Holding(DealStep.by, Keeps.ACT, Deal, DealStep.deal),
    Holding(ExportPaper.by, Keeps.ACT, Deal, ExportPaper.deal),
    Holding(Offer.by, Keeps.ACT, Deal, Offer.deal),
    Holding(Offer.answered_by, Keeps.ACT, Deal, Offer.deal),
    Holding(PublicNotice.organisation, Keeps.TENANT, None, PublicNotice.about),
    Holding(
        Objection.person, Keeps.SAID, None, Objection.about,
        clears=(Objection.name, Objection.contact),
    ),
    Holding(Objection.entered_by, Keeps.ACT, None, Objection.about),
    Holding(Objection.answered_by, Keeps.ACT, None, Objection.about),
)  # fmt: skip
