"""The course of a deal as plain values: what the file holds, and `core.verify` checks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import organisation_names, people_names
from contracts.certificate.queries import certificates_of
from contracts.models import Contract, ContractVersion, SealRequest, SignedCopy
from contracts.registration.models import (
    ContractRegistration,
    RegistrationStep,
    RegistrationVersion,
)
from contracts.signing.models import ContractDocument
from contracts.signing.queries import signatures_of
from core.ids import ref
from core.models import Audit, Stream
from datarooms.models import NdaAcceptance, Room, RoomFile, RoomView
from deals.deciding.models import DecisionRule, DecisionStep
from deals.models import (
    Deal,
    DealAsset,
    DealStep,
    ExportPaper,
    Inquiry,
    Objection,
    Offer,
    Posting,
    PublicNotice,
)
from deals.notices import published
from deals.outside import reason_of
from deals.preemption.models import Preemption
from deals.queries.names import listing_titles
from deals.queries.notice_pictures import pictures_of
from deals.rounds.models import Quote, Registration, Round, RoundKey
from listings.models import (
    Asset,
    Contributor,
    CoOwner,
    ExportStatement,
    ListingStep,
    PatentFacts,
    TitleFinding,
    Valuation,
)

FORMAT: Final = "qiaoyi-diligence-1"
Values = dict[str, Any]


def course(session: Session, deal: str, language: str) -> Values:
    """Everything recorded of the deal that bears on how its price was found.

    Instants are ISO 8601 in UTC, money is in minor units, people and organisations are ids whose
    names stand under `people` and `organisations`. Files of the room are named by hash, not given.
    """
    row = session.get_one(Deal, deal)
    assets = sorted(session.scalars(select(DealAsset.asset).where(DealAsset.deal == deal)))
    round_ = _one(session, Round, Round.posting == row.posting) if row.posting else None
    made: Values = {
        "format": FORMAT,
        "deal": _deal(session, row, language),
        "steps": [_step(one) for one in _all(session, DealStep, DealStep.deal == deal, DealStep.n)],
        "offers": [_record(one) for one in _all(session, Offer, Offer.deal == deal, Offer.version)],
        "notices": [_notice(session, one) for one in _notices(session, row)],
        "decision": _decision(session, row),
        "preemption": [
            _record(one) for one in _all(session, Preemption, Preemption.deal == deal, Preemption.n)
        ],
        "contracts": [_contract(session, one) for one in _contracts(session, deal)],
        "inquiry": _inquiry(session.get(Inquiry, row.inquiry) if row.inquiry else None),
        "posted": _posted(session, row),
        "round": round_values(session, round_) if round_ else None,
        "result": _result(session, row.listing, assets),
        "export": _export(session, deal, assets),
        "room": _room(session, row.stream),
        "chains": _chains(session, [row.stream, *_streams(session, row, assets, round_)]),
    }
    made["people"] = people_names(session, _people(made), language)
    made["organisations"] = organisation_names(session, _organisations(row, made), language)
    made["not_recorded"] = [name for name in _PARTS if not made[name]]
    return made


_PARTS: Final = ("notices", "round", "inquiry", "decision", "preemption", "contracts")


def _posted(session: Session, row: Deal) -> Values | None:
    """The published terms, with the valuation on file and the reason for a price far below it."""
    posting = session.get(Posting, row.posting) if row.posting else None
    return _record(posting) if posting is not None else None


def _deal(session: Session, row: Deal, language: str) -> Values:
    said = _record(row)
    title = listing_titles(session, [row.listing], language).get(row.listing, "")
    return said | {"stream": row.stream, "title": title, "why_this_mode": reason_of(session, row)}


def _export(session: Session, deal: str, assets: list[str]) -> Values:
    """What the owner stated about leaving the country, and what the authority issued."""
    said, papers = ExportStatement, ExportPaper
    return {
        "stated": [_record(o) for o in _all(session, said, said.asset.in_(assets), said.asset)],
        "papers": [_record(o) for o in _all(session, papers, papers.deal == deal, papers.kind)],
    }


def _step(row: DealStep) -> Values:
    """`at` is written as the chain writes it, so that the two can be compared."""
    return _record(row) | {"at": str(row.at)}


def _notices(session: Session, row: Deal) -> list[PublicNotice]:
    about = PublicNotice.about == row.stream
    return _all(session, PublicNotice, about, PublicNotice.begins_at)


def _notice(session: Session, row: PublicNotice) -> Values:
    objections = _all(session, Objection, Objection.notice == row.id, Objection.at)
    kept = {name: _plain(getattr(row, name)) for name in _NOTICE}
    return kept | {
        "published": published(row),
        "postings": [_record(one) for one in pictures_of(session, row.id)],
        "objections": [_without(_record(one), "source", "contact") for one in objections],
    }


_NOTICE: Final = (
    "id", "kind", "state", "result", "result_at", "begins_at", "ends_at", "days", "rules", "digest",
    "asks_proof", "first_day", "last_day", "shown_until",
)  # fmt: skip


def _decision(session: Session, row: Deal) -> list[Values]:
    """Every turn of every step of the institution, with the rule that asked for it."""
    steps = _all(session, DecisionStep, DecisionStep.deal == row.id, DecisionStep.version)
    asked = {step.rule for step in steps}
    rules = {rule.id: rule for rule in _all(session, DecisionRule, DecisionRule.id.in_(asked),
                                            DecisionRule.id)}  # fmt: skip
    order = sorted(steps, key=lambda step: (step.version, step.position, step.n, step.turn))
    return [_record(step) | {"set_as": _record(rules[step.rule])} for step in order]


def _inquiry(row: Inquiry | None) -> Values | None:
    """What was asked for and when; who asked is the deal's buyer, and how to reach them is not
    evidence."""
    if row is None:
        return None
    names = ("id", "asked_at", "way", "purpose", "timetable", "budget_minor", "currency", "state",
             "due_on", "first_answer_at", "answer_days")  # fmt: skip
    return {name: _plain(getattr(row, name)) for name in names}


def _contracts(session: Session, deal: str) -> list[Contract]:
    return _all(session, Contract, Contract.deal == deal, Contract.opened_at)


def _contract(session: Session, row: Contract) -> Values:
    """The contract with every saved version, the reasons given against warnings, who confirmed
    which signed copy, and who signed electronically."""
    versions, of = ContractVersion, ContractVersion.contract == row.id
    copies = _all(session, SignedCopy, SignedCopy.contract == row.id, SignedCopy.at)
    return _record(row) | {
        "versions": [_record(one) for one in _all(session, versions, of, versions.version)],
        "copies": [_record(one) for one in copies],
        "seals": [
            _record(one)
            for one in _all(session, SealRequest, SealRequest.contract == row.id, SealRequest.n)
        ],
        "documents": [
            _record(one)
            for one in _all(
                session,
                ContractDocument,
                ContractDocument.contract == row.id,
                ContractDocument.at,
            )
        ],
        "signatures": [_record(one) for one in signatures_of(session, row.id)],
        "certificates": [_record(one) for one in certificates_of(session, row.id)],
        "registration": _registration(session, row.id),
    }


def _registration(session: Session, contract: str) -> Values | None:
    """The record of the registry: every saved state of the form, every step and its reason."""
    row = _one(session, ContractRegistration, ContractRegistration.contract == contract)
    if row is None:
        return None
    versions, steps = RegistrationVersion, RegistrationStep
    saved = _all(session, versions, versions.registration == row.id, versions.version)
    taken = _all(session, steps, steps.registration == row.id, steps.n)
    return _record(row) | {
        "versions": [_record(one) for one in saved],
        "steps": [_record(one) for one in taken],
    }


def round_values(session: Session, row: Round) -> Values:
    """What an open listing was: once both keys are given, quotes and keys stand here as published,
    so that the opening can be repeated."""
    taken = _all(session, Registration, Registration.round == row.id, Registration.organisation)
    keys = _all(session, RoundKey, RoundKey.round == row.id, RoundKey.slot)
    opened = row.ended_at is not None and all(one.private_key for one in keys)
    hidden = () if opened else ("private_key", "box", "minor", "nonce")
    quotes = _all(session, Quote, Quote.round == row.id, Quote.n)
    return _record(row) | {
        "registrations": [_record(one) for one in taken],
        "keys": [_without(_record(one), *hidden) for one in keys],
        "quotes": [_without(_record(one), *hidden) for one in quotes],
    }


def _result(session: Session, listing: str, assets: list[str]) -> Values:
    of = {
        "assets": (Asset, Asset.id, Asset.id),
        "patents": (PatentFacts, PatentFacts.asset, PatentFacts.n),
        "contributors": (Contributor, Contributor.asset, Contributor.n),
        "co_owners": (CoOwner, CoOwner.asset, CoOwner.name),
        "valuations": (Valuation, Valuation.asset, Valuation.n),
    }
    found: Values = {
        name: [_record(one) for one in _all(session, model, column.in_(assets), order)]
        for name, (model, column, order) in of.items()
    }
    checked = _all(session, TitleFinding, TitleFinding.listing == listing, TitleFinding.item)
    steps = _all(session, ListingStep, ListingStep.listing == listing, ListingStep.n)
    found["title_check"] = [_record(one) for one in checked]
    found["steps"] = [_record(one) for one in steps]
    return found


def _room(session: Session, stream: str) -> Values:
    """Who promised to keep what secret, and who was given which file when."""
    room = _one(session, Room, Room.ref == stream)
    if room is None:
        return {"promises": [], "files": [], "views": []}
    files = _all(session, RoomFile, RoomFile.room == room.id, RoomFile.added_at)
    given = RoomView.file.in_([file.id for file in files])
    promises = _all(session, NdaAcceptance, NdaAcceptance.room == room.id, NdaAcceptance.at)
    return {
        "promises": [_record(one) for one in promises],
        "files": [_record(one) for one in files],
        "views": [_record(one) for one in _all(session, RoomView, given, RoomView.n)],
    }


def _streams(session: Session, row: Deal, assets: Iterable[str], round_: Round | None) -> list[str]:
    room = _one(session, Room, Room.ref == row.stream)
    named = (("listing", row.listing), ("inquiry", row.inquiry), ("posting", row.posting))
    found = [ref(kind, id) for kind, id in named if id]
    found += [ref("asset", id) for id in assets]
    found += [one.stream for one in (room, round_) if one is not None]
    found += [one.stream for one in _contracts(session, row.id)]
    registered = ContractRegistration
    found += [
        one.stream for one in _all(session, registered, registered.deal == row.id, registered.id)
    ]
    return found


def _chains(session: Session, streams: list[str]) -> dict[str, list[Values]]:
    """Entries up to the head that the stream's own row names, read in the same snapshot."""
    known = session.scalars(select(Stream.key).where(Stream.key.in_(streams)))
    chains: dict[str, list[Values]] = {key: [] for key in sorted(known)}
    rows = session.execute(
        select(Audit.stream, Audit.seq, Audit.prev, Audit.hash, Audit.body)
        .where(Audit.stream.in_(chains))
        .order_by(Audit.stream, Audit.seq)
    )
    for stream, seq, prev, hash_, body in rows:
        chains[stream].append({"seq": seq, "prev": prev, "hash": hash_, "body": body})
    return chains


_ACTORS: Final = frozenset(
    {"by", "answered_by", "opened_by", "seller_person", "buyer_person", "person", "announced_by",
     "decided_by", "added_by", "approved_by", "frozen_by", "checked_by", "party",
     "made_by", "ended_by", "served_by", "posted_by", "withdrawn_by"}
)  # fmt: skip


def _people(made: Values) -> set[str]:
    return set(_said(made, _ACTORS))


def _organisations(row: Deal, made: Values) -> set[str]:
    parties = {one for one in (row.seller_org, row.buyer_org) if one}
    return parties | set(_said(made["round"], frozenset({"organisation"})))


def _said(value: Any, names: frozenset[str]) -> Iterable[str]:
    """Every id that stands under one of the names, however deep."""
    if isinstance(value, list):
        for one in value:
            yield from _said(one, names)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in names and isinstance(one, str):
                yield one
            else:
                yield from _said(one, names)


def _one(session: Session, model: Any, where: Any) -> Any:
    return session.scalars(select(model).where(where)).one_or_none()


def _all(session: Session, model: Any, where: Any, order: Any) -> list[Any]:
    return list(session.scalars(select(model).where(where).order_by(order)))


def _record(row: Any) -> Values:
    """A row's columns as plain values."""
    return {column.name: _plain(getattr(row, column.name)) for column in row.__table__.columns}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _without(values: Values, *names: str) -> Values:
    return {name: value for name, value in values.items() if name not in names}
