"""A deal's contract as its pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import people_names
from billing.models import Obligation
from billing.states import Kind
from contracts.drawing_up import matter_of
from contracts.lint import Finding, findings
from contracts.matter import DRAFT_FIELDS, Draft, Matter, Piece, difference
from contracts.models import Contract, ContractCharge, ContractVersion, SealRequest, SignedCopy
from contracts.signing.models import ContractDocument, ContractSignature
from contracts.signing.queries import document_of, signatures_of
from contracts.signing.states import LIVE, SignatureState
from contracts.states import ContractAct, ContractState, CopyState, acts_from
from core.actor import Actor
from core.law import Profile
from deals.engine.declaration import Side
from deals.models import Deal
from deals.permissions import Do, deal_facts, may, side_of
from deals.progress import awaits_contract

Charges = tuple[tuple[ContractCharge, Obligation | None], ...]
_BY_A_SIDE = frozenset(ContractAct) - {ContractAct.TAKE_SIGNATURE, ContractAct.SIGN}


@dataclass(frozen=True)
class ContractPage:
    """A contract from one side. `side`: for whom the reader may act; None for overseers."""

    row: Contract
    deal: Deal
    side: Side | None
    matter: Matter
    draft: Draft
    versions: tuple[ContractVersion, ...]
    copies: tuple[SignedCopy, ...]
    acts: frozenset[ContractAct]
    people: dict[str, str]
    charges: Charges = ()
    """What the price became, part by part, once it was signed."""
    seals: tuple[SealRequest, ...] = ()
    """What the owner's office asked to have sealed; the buyer does not learn of it."""
    signatures: tuple[ContractSignature, ...] = ()
    document: ContractDocument | None = None
    """The PDF that is signed electronically, once somebody began to."""

    def findings(self, profile: Profile, today: date) -> tuple[Finding, ...]:
        """What stands against the text as it reads now."""
        return findings(self.matter, self.draft, profile, today)

    def copy_of(self, side: str) -> SignedCopy | None:
        """The copy of a side that counts; else the one that was returned last."""
        of_side = [one for one in self.copies if one.side == side]
        live = [one for one in of_side if one.state in {CopyState.HANDED_IN, CopyState.CONFIRMED}]
        returned = [one for one in of_side if one.state == CopyState.RETURNED]
        return next(iter(live or returned[::-1]), None)

    def signature_of(self, side: str) -> ContractSignature | None:
        """The electronic signature of a side that is given or under way; else the one that was
        declined last."""
        of_side = [one for one in self.signatures if one.side == side]
        live = [one for one in of_side if one.state in LIVE]
        declined = [one for one in of_side if one.state == SignatureState.DECLINED]
        return next(iter(live or declined[::-1]), None)

    @property
    def given(self) -> tuple[ContractSignature, ...]:
        """Electronic signatures that count."""
        return tuple(one for one in self.signatures if one.state == SignatureState.SIGNED)

    def has_signed(self, side: str) -> bool:
        """Whether a side's signature counts, on either path."""
        copy = self.copy_of(side)
        paper = copy is not None and copy.state == CopyState.CONFIRMED
        return paper or any(one.side == side for one in self.given)

    @property
    def may_begin_another(self) -> bool:
        """This one was given up, and the deal still waits for a contract."""
        given_up = self.row.state == ContractState.ABANDONED
        return given_up and self.side is not None and awaits_contract(self.deal)

    @property
    def may_call(self) -> bool:
        """Whether the reader may say that an instalment's event has come."""
        return self.side is Side.SELLER and self.row.state == ContractState.SIGNED

    @property
    def may_ask_seal(self) -> bool:
        """Whether the reader's office may have the frozen text sealed."""
        return self.side is Side.SELLER and self.row.state == ContractState.READY

    @property
    def shows_paper(self) -> bool:
        """Whether there is a frozen text to print and sign."""
        return self.row.state in {ContractState.READY, ContractState.SIGNED}


@dataclass(frozen=True)
class Change:
    """One field that a version changed, as pieces of text."""

    field: str
    pieces: tuple[Piece, ...]


def contract_page(session: Session, actor: Actor, deal: str, language: str) -> ContractPage | None:
    """The contract in force or in work, else the one abandoned last; None where there is none or
    the reader may not know. A frozen contract shows what was frozen, whatever changed since."""
    of_deal = session.get(Deal, deal)
    if of_deal is None or not may(actor, Do.READ, deal_facts(of_deal)):
        return None
    row = session.scalars(
        select(Contract)
        .where(Contract.deal == deal)
        .order_by(Contract.state == ContractState.ABANDONED, Contract.opened_at.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    versions = _versions(session, row.id)
    copies = _copies(session, row.id)
    signatures = signatures_of(session, row.id)
    side = side_of(actor, deal_facts(of_deal))
    seals = () if side is Side.BUYER else _seals(session, row.id)
    known = {one.by for one in versions} | {one.by for one in copies}
    known |= {one.by for one in signatures}
    known |= {one.checked_by for one in copies} | {one.by for one in seals}
    return ContractPage(
        row=row,
        deal=of_deal,
        side=side,
        matter=Matter.load(row.matter) if row.matter else matter_of(session, of_deal, language),
        draft=Draft.load(versions[-1].content),
        versions=versions,
        copies=copies,
        acts=acts_from(row.state) & _BY_A_SIDE if side else frozenset(),
        people=people_names(session, {id for id in known if id}, actor.language),
        charges=_charges(session, row.id) if row.state == ContractState.SIGNED else (),
        seals=seals,
        signatures=signatures,
        document=document_of(session, row),
    )


def fees_owed(session: Session, contract: str) -> list[Obligation]:
    """What the market charged for it, by side. Permission is the caller's."""
    charged = Obligation.about == f"contract:{contract}", Obligation.kind == Kind.FEE
    return list(session.scalars(select(Obligation).where(*charged).order_by(Obligation.id)))


def has_contract(session: Session, deal: str) -> bool:
    """Whether one was ever begun. Permission is the caller's."""
    found = select(Contract.id).where(Contract.deal == deal).limit(1)
    return session.scalar(found) is not None


def has_signed(session: Session, deal: str) -> bool:
    """Whether both sides have signed one. Permission is the caller's."""
    signed = Contract.deal == deal, Contract.state == ContractState.SIGNED
    return session.scalar(select(Contract.id).where(*signed).limit(1)) is not None


def changes(versions: Sequence[ContractVersion]) -> list[tuple[ContractVersion, list[Change]]]:
    """Each version after the first with what it changed, newest first."""
    found = []
    for one, other in pairwise(versions):
        before, after = Draft.load(one.content), Draft.load(other.content)
        fields = [
            Change(name, _pieces(getattr(before, name), getattr(after, name)))
            for name in DRAFT_FIELDS
            if getattr(before, name) != getattr(after, name)
        ]
        found.append((other, fields))
    return found[::-1]


def _pieces(before: str | tuple[str, ...], after: str | tuple[str, ...]) -> tuple[Piece, ...]:
    """Of texts, stretches; of codes, each code whole."""
    if isinstance(before, str) and isinstance(after, str):
        return tuple(difference(before, after))
    gone = [Piece("gone", one) for one in before if one not in after]
    return (*gone, *(Piece("kept" if one in before else "new", one) for one in after))


def _versions(session: Session, contract: str) -> tuple[ContractVersion, ...]:
    rows = select(ContractVersion).where(ContractVersion.contract == contract)
    return tuple(session.scalars(rows.order_by(ContractVersion.version)))


def _charges(session: Session, contract: str) -> Charges:
    c = ContractCharge
    rows = session.execute(
        select(c, Obligation)
        .outerjoin(Obligation, Obligation.id == c.obligation)
        .where(c.contract == contract)
        .order_by(c.n)
    )
    return tuple((charge, owed) for charge, owed in rows)


def _seals(session: Session, contract: str) -> tuple[SealRequest, ...]:
    rows = select(SealRequest).where(SealRequest.contract == contract)
    return tuple(session.scalars(rows.order_by(SealRequest.n)))


def _copies(session: Session, contract: str) -> tuple[SignedCopy, ...]:
    rows = select(SignedCopy).where(SignedCopy.contract == contract)
    return tuple(session.scalars(rows.order_by(SignedCopy.at)))
