"""Who is told of a fact. The truth is read again here, at the moment of telling."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.contacts import read_contact
from accounts.models import JoinRequest, Organisation, Sanction
from accounts.queries import answerable, organisation_names, people_in
from accounts.states import OrganisationKind, Role
from billing import facts as money
from billing.models import Obligation
from billing.permissions import PAYEES, PAYERS
from billing.states import CUSTODY
from contracts.facts import (
    CONTRACT_HANDED_IN,
    CONTRACT_READY,
    CONTRACT_RETURNED,
    CONTRACT_SIGNED_BY_SIDE,
)
from contracts.models import Contract, SignedCopy
from contracts.registration import facts as registrations
from contracts.registration.models import ContractRegistration, RegistrationStep
from contracts.signing.working import live_signatures
from core.facts import Fact
from core.ids import ref, show, split_ref
from deals.deciding.drawing_up import steps_on
from deals.deciding.rules import asked_now
from deals.idle.queries import listing_of
from deals.models import Deal, DealStep, Inquiry, Objection, PublicNotice
from deals.preemption.drawing_up import answering, preemptions_on
from deals.rounds.models import Registration, Round, RoundKey
from governance.facts import APPEAL_SENT
from governance.models import Appeal, Complaint
from governance.subjects import subject_titles
from listings.models import Asset, Contributor, Listing, ListingText, Need
from matching.models import SavedSearch
from matching.proposals.facts import PROPOSAL_SENT
from matching.proposals.models import Proposal

SENT_COMPLAINT: Final = "sent_complaint"
"""What a letter to whoever complained refers to: its link is their key, and nobody else's."""


@dataclass(frozen=True)
class Letter:
    """To an address without an account: the sender of an inquiry."""

    address: str
    language: str
    topic: str = ""
    """Where the letter says something else than the fact does to people with an account."""
    ref: str = ""


@dataclass(frozen=True)
class Told:
    """People by id, letters to strangers, and what the sentences are filled with."""

    people: list[str] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    organisation: str | None = None
    listing: str | None = None
    subject: str | None = None
    """What a complaint is about: a stream that is or was public."""
    title: str = ""
    """Words that were public already."""
    ref: str = ""
    """Whose page is named, where it is not that of the fact itself."""


Audience = Callable[[Session, str, datetime, str], Told]


def audience(session: Session, fact: Fact, now: datetime) -> Told:
    """Everybody who is told, each once. Nobody where the row is gone."""
    kind, id = split_ref(fact.ref)
    find = _AUDIENCES.get(kind)
    told = find(session, id, now, fact.topic) if find else Told()
    people = [person for person in dict.fromkeys(told.people) if person]
    return replace(told, people=people)


def _person(session: Session, id: str, now: datetime, topic: str) -> Told:
    return Told(_operators(session, now) if topic == "person.recovery_asked" else [id])


def _organisation(session: Session, id: str, now: datetime, topic: str) -> Told:
    row = session.get(Organisation, id)
    if row is None:
        return Told()
    if topic in {"organisation.registered", "organisation.sign_on_asked"}:
        return Told(_operators(session, now), organisation=id)
    if topic == "organisation.join_answered":
        answered = session.scalars(
            select(JoinRequest.person)
            .where(JoinRequest.organisation == id, JoinRequest.answered_at.is_not(None))
            .order_by(JoinRequest.answered_at.desc())
            .limit(1)
        )
        return Told(list(answered), organisation=id)
    return Told(answerable(session, id, now), organisation=id)


def _operators(session: Session, now: datetime) -> list[str]:
    house = select(Organisation.id).where(Organisation.kind == OrganisationKind.OPERATOR.value)
    return [
        person
        for operator in session.scalars(house)
        for person in people_in(session, operator, now, [Role.OPERATOR])
    ]


def _complaint(session: Session, id: str, now: datetime, topic: str) -> Told:
    """The sender always by mail, since the link is the only key; the owner once it was forwarded;
    operators of what is theirs to decide."""
    row = session.get(Complaint, id)
    if row is None:
        return Told()
    said = "complaint.received" if topic == "complaint.sent" else topic
    its_key = ref(SENT_COMPLAINT, id)
    letters = [Letter(row.sender_mail, row.language, said, its_key)] if row.sender_mail else []
    if topic == "complaint.sent":
        return Told(_operators(session, now), letters, subject=row.about)
    owner = row.forwarded_at is not None and topic != "complaint.countered"
    office = [Role.TTO_OFFICER, Role.FIRM_ADMIN]
    people = people_in(session, row.owner_org, now, office) if owner else []
    return Told(people, letters, subject=row.about)


def _sanction(session: Session, id: str, now: datetime, _topic: str) -> Told:
    row = session.get(Sanction, id)
    if row is None:
        return Told()
    if row.person:
        return Told([row.person])
    return Told(answerable(session, row.organisation or "", now))


def _told_operators(session: Session, _id: str, now: datetime, _topic: str) -> Told:
    return Told(_operators(session, now))


def _appeal(session: Session, id: str, now: datetime, topic: str) -> Told:
    """Operators of what is theirs to decide, but not the first one; then whom it concerns."""
    row = session.get(Appeal, id)
    if row is None:
        return Told()
    if topic == APPEAL_SENT:
        return Told([one for one in _operators(session, now) if one != row.decided_by])
    others = answerable(session, row.owner_org, now) if row.owner_org else []
    return Told([row.sender_person, *others])


def _listing(session: Session, id: str, now: datetime, topic: str) -> Told:
    row = session.get(Listing, id)
    if row is None:
        return Told()
    officers = people_in(session, row.owner_org, now, [Role.TTO_OFFICER])
    if topic == "listing.submitted":
        return Told([person for person in officers if person != row.author], listing=id)
    if topic == "listing.reminded":
        return Told([row.author or "", *_unconfirmed(session, row.asset)], listing=id)
    responsible = [row.author or "", row.contact_person or ""]
    if topic in {"listing.expired", "listing.moderated"} or not any(responsible):
        responsible += officers
    return Told(responsible, listing=id)


def _unconfirmed(session: Session, asset: str) -> list[str]:
    """Contributors with an account whose share is said and not confirmed."""
    people = session.scalars(
        select(Contributor.person).where(
            Contributor.asset == asset,
            Contributor.person.is_not(None),
            Contributor.share_bp.is_not(None),
            Contributor.confirmed_at.is_(None),
        )
    )
    return [person for person in people if person]


def _asset(session: Session, id: str, now: datetime, topic: str) -> Told:
    """Makers with an account; the office too, unless it is its own answer."""
    row, listing = session.get(Asset, id), listing_of(session, id)
    if row is None or listing is None:
        return Told()
    made = select(Contributor.person).where(Contributor.asset == id).order_by(Contributor.n)
    people = [person for person in session.scalars(made) if person]
    if topic not in {"asset.use_agreed", "asset.use_refused"}:
        people += people_in(session, row.owner_org, now, [Role.TTO_OFFICER, Role.FIRM_ADMIN])
    return Told(people, listing=listing.id)


def _inquiry(session: Session, id: str, now: datetime, topic: str) -> Told:
    row = session.get(Inquiry, id)
    if row is None:
        return Told()
    if topic in {"inquiry.answered", "inquiry.refused"}:
        if row.sender_person:
            return Told([row.sender_person], listing=row.listing)
        letters = [Letter(row.sender_mail, row.language)] if row.sender_mail else []
        return Told([], letters, listing=row.listing)
    officers = people_in(session, row.owner_org, now, [Role.TTO_OFFICER])
    if topic == "inquiry.sent":
        people = [row.contact_person] if row.contact_person else officers
        return Told(people, _to_stranger(row, "inquiry.received"), listing=row.listing)
    return Told([row.contact_person or "", *officers], listing=row.listing)


def _to_stranger(row: Inquiry, topic: str) -> list[Letter]:
    """To a sender without an account, who left a mail address; it holds the link to claim by."""
    if row.sender_person or not row.sender_mail:
        return []
    return [Letter(row.sender_mail, row.language, topic, ref("inquiry", row.id))]


def _deal(session: Session, id: str, now: datetime, topic: str) -> Told:
    row = session.get(Deal, id)
    if row is None:
        return Told()
    officers = people_in(session, row.seller_org, now, [Role.TTO_OFFICER])
    if topic in _OF_THE_DECISION:
        return Told(_decides(session, row, officers, topic, now), listing=row.listing)
    if topic == "deal.posting_due":
        return Told(officers, listing=row.listing)
    people = [row.seller_person, row.buyer_person]
    if row.seller_person is None:
        people += officers
    if row.buyer_person is None and row.buyer_org:
        people += people_in(session, row.buyer_org, now, [Role.FIRM_ADMIN])
    last = select(DealStep.by).where(DealStep.deal == id).order_by(DealStep.n.desc()).limit(1)
    mover = session.scalar(last)  # who moved the deal knows it
    asked = session.get(Inquiry, row.inquiry) if row.inquiry else None
    opened = topic == "deal.opened" and asked is not None
    letters = _to_stranger(asked, "inquiry.dealt") if opened and asked else []
    return Told([who for who in people if who and who != mover], letters, listing=row.listing)


def _objection(session: Session, id: str, _now: datetime, _topic: str) -> Told:
    """The objector: in the market where they have an account, by mail where they left an address,
    as the answer's `told` has it."""
    row = session.get(Objection, id)
    notice = session.get(PublicNotice, row.notice) if row is not None else None
    if row is None or notice is None:
        return Told()
    known = read_contact(row.contact) if "mail" in row.told else None
    return Told(
        [row.person] if row.person and "message" in row.told else [],
        [Letter(known.value, notice.language)] if known is not None else [],
        listing=notice.listing,
        ref=ref("notice", notice.id),
    )


_OF_THE_DECISION: Final = frozenset(
    {"deal.step_asked", "deal.step_refused", "deal.preemption_asked"}
)
"""What the institution keeps to itself, and to whom it concerns by name."""


def _decides(
    session: Session, deal: Deal, officers: list[str], topic: str, now: datetime
) -> list[str]:
    """Whose turn it is or who comes first, by name; else the office, which tells them."""
    if topic == "deal.step_refused":
        return officers
    if topic == "deal.preemption_asked":
        claims = preemptions_on(session, deal.id, deal.agreed)
        holders = [who for claim in claims for who in answering(session, claim, now)]
        untold = any(claim.served_at is None for claim in claims)
        return list(dict.fromkeys([*holders, *(officers if untold else [])]))
    asked = asked_now(steps_on(session, deal.id, deal.agreed))
    named = [step.person or step.party for step in asked]
    return [who for who in named if who] + (officers if None in named else [])


_FOR_THE_SIDE: Final = frozenset(
    {registrations.REMINDED, registrations.UNANSWERED, registrations.RETURNED}
)
"""Told to the side that registers alone: it is theirs to do."""


def _contract(session: Session, id: str, now: datetime, topic: str) -> Told:
    """Both sides but who froze the text; of a copy the side that looks at it, or gets it back."""
    row = session.get(Contract, id)
    if row is None:
        return Told()
    deal, sides = session.get_one(Deal, row.deal), {"seller", "buyer"}
    if topic in {CONTRACT_HANDED_IN, CONTRACT_RETURNED}:
        last = select(SignedCopy.side).where(SignedCopy.contract == id)
        order = SignedCopy.checked_at if topic == CONTRACT_RETURNED else SignedCopy.at
        shown = session.scalar(last.where(order.is_not(None)).order_by(order.desc()).limit(1))
        sides = {shown or ""} if topic == CONTRACT_RETURNED else sides - {shown}
    if topic == CONTRACT_SIGNED_BY_SIDE:
        sides -= set(live_signatures(session, id))
    people = _people_of(session, deal, sides, now)
    mover = row.frozen_by if topic == CONTRACT_READY else None
    return Told([who for who in people if who != mover], listing=deal.listing)


def _contract_registration(session: Session, id: str, now: datetime, topic: str) -> Told:
    row = session.get(ContractRegistration, id)
    if row is None:
        return Told()
    deal = session.get_one(Deal, row.deal)
    sides = {row.side} if topic in _FOR_THE_SIDE else {"seller", "buyer"}
    people = _people_of(session, deal, sides, now)
    by_time = topic in {registrations.REMINDED, registrations.UNANSWERED}
    mover = None if by_time else _last_step(session, id)  # who took the step knows it
    return Told([who for who in people if who != mover], listing=deal.listing)


def _last_step(session: Session, registration: str) -> str | None:
    step = RegistrationStep
    taken = select(step.by).where(step.registration == registration)
    return session.scalar(taken.order_by(step.n.desc()).limit(1))


def _people_of(session: Session, deal: Deal, sides: AbstractSet[str], now: datetime) -> list[str]:
    """The seller's office; the buyer in person, and whoever speaks for the buyer's firm."""
    people: list[str] = []
    if "seller" in sides:
        people += people_in(session, deal.seller_org, now, [Role.TTO_OFFICER, Role.FIRM_ADMIN])
    if "buyer" in sides:
        people += [deal.buyer_person or ""]
        people += people_in(session, deal.buyer_org, now, PAYERS) if deal.buyer_org else []
    return people


def _round(session: Session, id: str, now: datetime, topic: str) -> Told:
    """The office of what is its own to do, keepers of keys, and parties of every turn; who was
    just decided about is told alone, so that nobody learns of other registrations."""
    row = session.get(Round, id)
    if row is None:
        return Told()
    office = people_in(session, row.owner_org, now, [Role.TTO_OFFICER, Role.FIRM_ADMIN])
    if topic == "round.registered":
        return Told(office, listing=row.listing)
    if topic in {"round.qualified", "round.rejected"}:
        return Told(_last_decided(session, id), listing=row.listing)
    if topic == "round.keys":
        return Told([*office, *_operators(session, now)], listing=row.listing)
    if topic == "round.opening":
        keepers = session.scalars(select(RoundKey.person).where(RoundKey.round == id))
        return Told(list(keepers), listing=row.listing)
    return Told([*office, *_parties(session, id)], listing=row.listing)


def _last_decided(session: Session, round_id: str) -> list[str]:
    decided = (
        select(Registration.person)
        .where(Registration.round == round_id, Registration.decided_by.is_not(None))
        .order_by(Registration.decided_at.desc())
        .limit(1)
    )
    return [person for person in session.scalars(decided) if person]


def _parties(session: Session, round_id: str) -> list[str]:
    registered = select(Registration.person).where(
        Registration.round == round_id, Registration.state.in_(("applied", "active"))
    )
    return [person for person in session.scalars(registered) if person]


def _saved_search(session: Session, id: str, _now: datetime, _topic: str) -> Told:
    row = session.get(SavedSearch, id)
    return Told([row.person]) if row else Told()


def _proposal(session: Session, id: str, now: datetime, topic: str) -> Told:
    """Who looks after the need and can answer, or the firm's office; the answer goes to who
    proposed. Whose need it is is in neither."""
    row = session.get(Proposal, id)
    need = session.get(Need, row.need) if row is not None else None
    if row is None or need is None:
        return Told()
    title = row.need_title  # as it was published: it may leave by mail
    if topic != PROPOSAL_SENT:
        office = people_in(session, row.proposer_org, now, [Role.TTO_OFFICER, Role.FIRM_ADMIN])
        return Told([row.person] if row.person else office, title=title)
    office = people_in(session, row.owner_org, now, [Role.FIRM_ADMIN, Role.TTO_OFFICER])
    answers = need.contact_person in {need.author, *office}
    cares = need.contact_person if answers else need.author
    return Told([cares] if cares else office, title=title)


_FOR_PAYER: Final = frozenset(
    {money.RAISED, money.REFUSED, money.CONFIRMED, money.HELD, money.RELEASED, money.APPLIED,
     money.RETURNED, money.FORFEIT_PROPOSED, money.FORFEIT_DROPPED, money.INVOICE_ISSUED,
     money.INVOICE_DELIVERED, money.INVOICE_DECLINED}
)  # fmt: skip
_FOR_PAYEE: Final = frozenset({money.INVOICE_ASKED})
_FOR_RECEIVERS: Final = frozenset(
    {money.CLAIMED, money.SEEN, money.PAYOUT_DUE, money.PAYOUT_ORDERED, money.RETURN_LATE}
)
"""Who holds the account: operators in custody, else the payee. Everything else is for both."""


def _obligation(session: Session, id: str, now: datetime, topic: str) -> Told:
    row = session.get(Obligation, id)
    if row is None:
        return Told()
    people: list[str] = []
    if topic not in _FOR_RECEIVERS | _FOR_PAYEE:
        people += [row.payer_person or ""]
        people += people_in(session, row.payer_org, now, PAYERS) if row.payer_org else []
    if topic not in _FOR_PAYER:
        custody = topic in _FOR_RECEIVERS and row.receiving in CUSTODY
        people += _operators(session, now) if custody else []
        people += [] if custody else people_in(session, row.payee_org, now, PAYEES)
    return Told(people)


_AUDIENCES: Final[dict[str, Audience]] = {
    "person": _person,
    "organisation": _organisation,
    "listing": _listing,
    "asset": _asset,
    "inquiry": _inquiry,
    "deal": _deal,
    "objection": _objection,
    "contract": _contract,
    "contract_registration": _contract_registration,
    "round": _round,
    "saved_search": _saved_search,
    "proposal": _proposal,
    "complaint": _complaint,
    "sanction": _sanction,
    "appeal": _appeal,
    "stop": _told_operators,
    "obligation": _obligation,
    "amendment": _told_operators,
}


def fill(session: Session, told: Told, language: str, *, leaves: bool) -> dict[str, str]:
    """The names that a topic's sentences need, in the reader's language.

    `leaves`: it goes out by mail, where the title of what was never published has no place.
    """
    params: dict[str, str] = {"title": told.title} if told.title else {}
    if told.organisation:
        names = organisation_names(session, [told.organisation], language)
        params["organisation"] = names.get(told.organisation, "")
    if told.subject:
        params["title"] = subject_titles(session, [told.subject], language).get(told.subject, "")
    if told.listing:
        row = session.get(Listing, told.listing)
        public = row is not None and row.published_at is not None
        hidden = leaves and not public
        shown = show("listing", told.listing)
        params["title"] = shown if hidden else _title(session, told.listing, language)
    return params


def _title(session: Session, listing: str, language: str) -> str:
    rows = session.execute(
        select(ListingText.language, ListingText.original, ListingText.title).where(
            ListingText.listing == listing
        )
    ).all()
    best = sorted(rows, key=lambda row: (row.language == language, row.original))
    return best[-1].title if best else ""
